#!/bin/sh
# submit.c is a device without end.
# caught by: build
# says: not a regular file
# points: 0

mknod "$1/submit.c" c 1 5 || mkfifo "$1/submit.c"
