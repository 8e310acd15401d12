#!/bin/sh
# Every fuzzer for some seconds, on its corpus and beyond: what reads files of others survives them.
# Two run side by side, so that all take about half a minute.

fuzzers=$(ls tests/fuzz/*.c)
count=0
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT

if ! sh tests/setup/has_fuzzer.sh; then
    echo "ok 1 - test_fuzz # SKIP clang, or its library for fuzzers, is not here"
    echo "1..1"
    exit
fi

env -u MAKEFLAGS -u MAKELEVEL make -s fuzz SECONDS=3 JOBS=2 >"$log" 2>&1
status=$?
for fuzzer in $fuzzers; do
    count=$((count + 1))
    name=$(basename "$fuzzer" .c)
    if grep -q "^$name .* runs, " "$log" && ! grep -q "^FOUND by $name:" "$log"; then
        echo "ok $count - test_fuzz_$name"
    else
        echo "not ok $count - test_fuzz_$name"
    fi
done
[ $status -eq 0 ] || sed 's/^/# /' "$log"
echo "1..$count"
exit $status
