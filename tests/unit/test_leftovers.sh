#!/bin/sh
# What one submission leaves where it was built must not meet the next one, which is built there by
# another user of the machine.

. tests/unit/tap.sh

judge=${BUILD:-build/plain}/tests/judge/judge
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

# A judge that is killed takes its tests with it: they would go on building where the next one does.

mkdir "$scratch/endless"
sed 's/return 0;/for (;;) slow_add(0, 1);/' tests/7.1-submit/baseline.c >"$scratch/endless/submit.c"

children() { cat "/proc/$1/task/$1/children" 2>/dev/null; }

# Finds a test, a child of the judge's, of the same program, that has a child, once all that is built
# is there.
test_find() { # JUDGE
    [ -x $folder/runner ] || return 1
    for test in $(children "$1"); do
        [ "$(cat "/proc/$test/comm")" = judge ] && [ "$(children "$test")" ] && return
    done
    return 1
}

until_done() { # COMMAND...: asked ten times a second, half a minute at most
    tries=0
    until "$@"; do
        tries=$((tries + 1))
        [ $tries -lt 300 ] || return 1
        sleep 0.1
    done
}

is_gone() { # (or nobody has asked yet how it ended)
    [ ! -e "/proc/$1" ] || grep -q '^State:.*Z' "/proc/$1/status"
}

# The test is held, so that it cannot come to its own end.
ends_with_its_judge() {
    rm -rf $built
    "$judge" "$PWD" "$scratch/endless" "$scratch/results.json" exercise=7.1 "output=$built" answers &
    killed=$!
    until_done test_find $killed || return 1
    kill -9 $killed
    wait $killed
    kill -STOP "$test"
    until_done is_gone "$test" && return
    kill -9 "$test"
    return 1
}
check test_leftovers_tests_end_with_their_judge ends_with_its_judge

rm -rf $built
plan
