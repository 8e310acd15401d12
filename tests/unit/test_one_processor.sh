#!/bin/sh
# On one processor nobody can show that two workers are faster: the reference loses no point
# there, the stub gains none, and what is left open says that two processors are needed.

build=${BUILD:-build/plain}
judge=$build/tests/judge/judge
. tests/unit/tap.sh

skip_all() {
    echo "ok 1 - test_one_processor # SKIP $1"
    echo 1..1
    exit
}
[ -d solutions ] || skip_all 'needs solutions/'
[ -x "$judge" ] || skip_all 'the judge has not been built'
taskset -c 0 true 2>/dev/null || skip_all 'no processor 0 here'

# The status of each test of the results, and what it says, a test a line.
tests_of() {
    /usr/bin/python3 -c 'import json, sys
for exercise in json.load(open(sys.argv[1]))["exercises"]:
    for test in exercise["tests"]:
        print(test["kind"], test["status"], test["points"], test["message"].replace("\n", " "))' "$1"
}

judged() {
    taskset -c 0 "$judge" "$PWD" "$1" "$scratch/results.json" "exercise=$2" output=build/one-processor
}

reference_loses_nothing() {
    judged solutions "$1" || return 1
    tests_of "$scratch/results.json" >"$scratch/tests"
    cat "$scratch/tests"
    ! grep -q '^speed passed' "$scratch/tests" &&
        grep '^\(speed\|concurrency\) pending' "$scratch/tests" | grep -q 'two processors are needed'
}
stub_gains_nothing() {
    judged exercises "$1"
    tests_of "$scratch/results.json" >"$scratch/tests"
    cat "$scratch/tests"
    [ -s "$scratch/tests" ] && ! grep -qv '^[a-z]* [a-z]* 0\(\.0\)* ' "$scratch/tests"
}

check test_one_processor_takes_no_point_of_7.2_from_the_reference reference_loses_nothing 7.2
check test_one_processor_takes_no_point_of_7.3_from_the_reference reference_loses_nothing 7.3
check test_one_processor_gives_no_point_of_7.2_to_the_stub stub_gains_nothing 7.2
plan
