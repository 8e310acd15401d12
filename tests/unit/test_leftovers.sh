#!/bin/sh
# What one submission leaves where it was built must not meet the next one, which is built there by
# another user of the machine.

. tests/unit/tap.sh

judge=build/plain/tests/judge/judge
built=build/unit/leftovers
folder=$built/7.1-submit

built_in_spite_of() {
    "$judge" "$PWD" exercises "$scratch/results.json" exercise=7.1 "output=$built" answers
    grep -q '"status": "ok"' "$scratch/results.json"
}

rm -rf $built
mkdir -p $folder

# The assembler overwrites an empty file where it would replace any other: a compiler that was
# stopped leaves one.
: >$folder/submission.o
chmod 444 $folder/submission.o
check test_leftovers_empty_object_stops_nobody built_in_spite_of

rm -rf $folder
mkdir -p $folder/submission.o/deep $folder/runner/deep
check test_leftovers_folders_stop_nobody built_in_spite_of

rm -rf $built
plan
