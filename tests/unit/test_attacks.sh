#!/bin/sh
# Hostile submissions, a bounded sample: `make attacks` judges them all. CI leaves out those
# that only end when their time is over.

if [ -n "${CI:-}" ]; then
    . tests/unit/matrix_time.sh
    MATRIX_SECONDS=$(matrix_time 600) # the rest is left out on a slow machine, and said to be
    export MATRIX_SECONDS
    # shellcheck disable=SC2046  # a list of names without blanks
    set -- $(grep -L '^// takes: long' tests/attacks/7.*/*.c tests/attacks/7.*/*.sh)
else
    set -- tests/attacks/7.1-submit/decoy_threads.c tests/attacks/7.1-submit/forged_answer.c \
        tests/attacks/7.1-submit/include_passwords.c tests/attacks/7.1-submit/fifo.sh \
        tests/attacks/7.1-submit/respawn.c tests/attacks/7.2-conversion/link_elsewhere.c \
        tests/attacks/7.2-conversion/late_daemon.c
fi
built=build/plain/tests
sh tests/attacks/check.sh $built/mutants/matrix $built/judge/judge $built/judge/doctor/main \
    $built/judge/probe/main '' "$@"
