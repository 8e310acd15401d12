#!/bin/sh
# Wrong submissions whose verdict is known, a bounded sample: `make mutants` judges them all.

if [ -n "${CI:-}" ]; then
    set -- tests/mutants/7.*/*.c
else
    set -- $(ls tests/mutants/7.*/*.c | awk 'NR % 6 == 1')
fi
build/plain/tests/mutants/matrix "$PWD" build/plain/tests/judge/judge build/mutants "$@"
