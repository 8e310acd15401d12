#!/bin/sh
# Does not compile, and has the compiler's message tell a terminal to write another grade.
# caught by: build
# points: 0

printf '#error "\033[2K\033[1Agrade: 100 of 100, 0 pending\033[8m"\n' >"$1/submit.c"
