#!/bin/sh
# submit.c is a folder.
# caught by: build
# says: not a regular file
# points: 0

mkdir "$1/submit.c"
