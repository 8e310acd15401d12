#!/bin/sh
# make calibrate on rounds that were recorded: what it writes, and what it refuses. Nothing is
# timed here.

program=build/plain/tests/judge/verdicts/calibrate
. tests/unit/tap.sh

# Eight quiet rounds in which S takes 100 ms and P, with two workers, $1 microseconds.
rounds() {
    for round in 1 2 3 4 5 6 7 8; do
        [ "$round" = 1 ] || printf ','
        printf '{"one":[10000,10000,0,0,10000,1,1,1,0,-1.0],'
        printf '"all":[10100,20000,0,0,10000,2,2,1,0,-1.0],'
        printf '"s":[100500,100000,0,0,100000,1,1,1,0,-1.0],'
        printf '"p":[%d,%d,%d,0,50000,2,2,1,16,-1.0]}' "$1" $(($1 * 2 - 4000)) "$2"
    done
}

# $1, $2: P's time on threads, on processes; $3: how long P waited.
record() {
    printf '{"7.2 threads":[[%s]],"7.2 processes":[[%s]]}' "$(rounds "$1" "$3")" "$(rounds "$2" "$3")" \
        >"$scratch/rounds.json"
    rm -rf "$scratch/root"
    mkdir -p "$scratch/root/tests/7.2-conversion"
    echo '1.11 threads' >"$scratch/root/tests/7.2-conversion/speedup.txt"
}
written() { cat "$scratch/root/tests/7.2-conversion/speedup.txt"; }
calibrate() { "$program" "$scratch/root" exercise=7.2 rounds="$scratch/rounds.json" 2>&1; }

writes_what_was_reached() {
    record 52000 57000 0
    calibrate && written && written | grep -q '^1\.9[0-9] *threads' &&
        written | grep -q '^1\.[78][0-9] *processes' && written | grep -q '100 ms'
}
refuses_a_small_gain() {
    record 52000 69000 0
    said=$(calibrate)
    [ $? -eq 1 ] && echo "$said" && echo "$said" | grep -q 'processes.*refused: the reference gains 1.4' &&
        [ "$(written)" = '1.11 threads' ]
}
refuses_a_busy_machine() {
    record 52000 52000 30000
    said=$(calibrate)
    [ $? -eq 1 ] && echo "$said" && echo "$said" | grep -q 'refused: never were 7 rounds quiet' &&
        [ "$(written)" = '1.11 threads' ]
}
asks_first() {
    record 52000 52000 0
    said=$(echo n | "$program" "$scratch/root" exercise=7.2)
    [ $? -eq 2 ] && echo "$said" | grep -q 'no other program' && echo "$said" | grep -q 'Nothing was measured'
}

if [ ! -x "$program" ]; then
    echo "ok 1 - test_calibrate # SKIP make calibrate has not been built"
    echo 1..1
    exit
fi
check test_calibrate_writes_what_the_reference_reached writes_what_was_reached
check test_calibrate_refuses_a_reference_that_gains_too_little refuses_a_small_gain
check test_calibrate_refuses_what_was_measured_on_a_busy_machine refuses_a_busy_machine
check test_calibrate_asks_first_whether_the_machine_is_quiet asks_first
plan
