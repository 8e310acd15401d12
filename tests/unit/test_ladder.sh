#!/bin/sh
# Steps of the ladder of 7.3 as submissions, a bounded sample: the first and the last, without
# speed and sanitizers. `make ladder` grades all of them, whole.

if [ ! -d solutions ]; then
    echo '1..0 # SKIP needs solutions/'
    exit
fi

. tests/unit/tap.sh

passes() {
    env -u MAKEFLAGS -u MAKELEVEL make -s ladder ONLY="$1" QUICK=1 &&
        ! grep -q '"status": "failed"' "build/ladder/$1/results.json"
}

# Under sanitizers, too: those of the last step have wide vectors on the stack.
is_clean() {
    build/plain/tests/judge/judge "$PWD" "build/ladder/$1" "build/ladder/$1/results.json" exercise=7.3 untimed \
        >"$scratch/table"
    cat "$scratch/table"
    # On a busy machine the line may have to wait for whether rows are computed at the same time.
    grep -q ' threads: no memory error' "$scratch/table" && ! grep -q FAILED "$scratch/table"
}

check test_ladder_step_1_passes_the_autograder passes 1-pairs
check test_ladder_step_5_passes_the_autograder passes 5-tiles
check test_ladder_last_step_has_no_memory_error is_clean 5-tiles
plan
