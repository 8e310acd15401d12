#!/bin/sh
# Each test that is graded has a submission that fails it alone: without one, nothing would
# show that the test is needed, or that it sees anything.

if [ ! -d tests/mutants ]; then
    echo "ok 1 - controls: each graded test has a mutant of its own # SKIP they are not here"
elif table=$(sh tests/mutants/controls.sh); then
    echo "ok 1 - controls: each graded test has a mutant of its own"
else
    echo "not ok 1 - controls: each graded test has a mutant of its own"
    echo "$table" | grep NONE
fi
echo 1..1
