#!/bin/sh
# submit.c is a pipe that nobody writes to.
# caught by: build
# says: not a regular file
# points: 0

mkfifo "$1/submit.c"
