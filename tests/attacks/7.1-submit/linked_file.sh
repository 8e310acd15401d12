#!/bin/sh
# submit.c is a link to the solution.
# caught by: build
# says: is a link
# points: 0

ln -s "$PWD/solutions/7.1-submit/submit.c" "$1/submit.c"
