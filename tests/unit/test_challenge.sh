#!/bin/sh
# make challenge as a student calls it: a place and a next step for the untouched stub, and none
# for wrong answers. What it measures is not looked at.

scratch=build/test_challenge
mkdir -p $scratch
sed 's/double r = xy/double r = 0.9 * xy/' exercises/7.3-correlations/correlations.c >$scratch/correlations.c
challenge() { env -u MAKEFLAGS -u MAKELEVEL make -s challenge "$@" >$scratch/output 2>&1; }
count=0
report() {
    count=$((count + 1))
    if [ "$1" = 0 ]; then
        echo "ok $count - $2"
    else
        echo "not ok $count - $2"
        sed 's/^/# /' $scratch/output
    fi
}

challenge SUBMISSION=exercises && grep -q '^one processor .* times as fast as the sequential code' $scratch/output &&
    grep -q '^ 2 workers\|^ *[0-9]* workers ' $scratch/output
report $? test_challenge_says_how_fast_on_one_processor_and_on_all
[ "$(grep -c '^->' $scratch/output)" = 1 ] && grep -q '^next: ' $scratch/output
report $? test_challenge_gives_one_place_and_the_next_step
! challenge SUBMISSION=$scratch && grep -q 'first .make check EX=7.3' $scratch/output &&
    ! grep -q '^->' $scratch/output
report $? test_challenge_of_wrong_answers_gives_no_place
! challenge SUBMISSION=exercises WORKERS=none && grep -q 'WORKERS=none is not' $scratch/output
report $? test_challenge_names_an_option_that_cannot_be
echo "1..$count"
