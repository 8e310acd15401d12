#!/bin/sh
# Runs test programs (and *.sh, *.py), each of which prints TAP, and counts their lines:
#     run.sh PROGRAM...
# A program that ends without its plan, or with a status other than 0, is a failure of its own.
# The last line is `N passed, N failed, N skipped`; the status is 0 when none failed.

passed=0 failed=0 skipped=0
output=$(mktemp) || exit 2
trap 'rm -f "$output"' EXIT

for program in "$@"; do
    case $program in
    *.sh) set -- sh "$program" ;;
    *.py) set -- /usr/bin/python3 "$program" ;;
    # it wants its memory where it always is, and would not outlive a fork among threads
    build/tsan/*) set -- env TSAN_OPTIONS=die_after_fork=0 setarch -R "$program" ;;
    *) set -- "$program" ;;
    esac
    begin=$(date +%s)
    timeout -k 5 900 "$@" >"$output" 2>&1 </dev/null
    status=$?
    ok=$(grep -c '^ok' "$output")
    bad=$(grep -c '^not ok' "$output")
    skip=$(grep -ci '^ok.*# *skip' "$output")
    plan=$(sed -n 's/^1\.\.\([0-9]*\).*/\1/p' "$output" | tail -n 1)
    if [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; then
        bad=1
        echo "not ok - $program ended with status $status" >>"$output"
    elif [ "${plan:-none}" != $((ok + bad)) ]; then
        bad=$((bad + 1))
        echo "not ok - $program printed $ok tests, its plan says ${plan:-nothing}" >>"$output"
    fi
    if [ "$bad" -gt 0 ]; then cat "$output"; else grep -i '# *skip' "$output"; fi
    printf '%-52s %4d passed, %d failed, %d skipped  (%d s)\n' \
        "$program" $((ok - skip)) "$bad" "$skip" $(($(date +%s) - begin))
    passed=$((passed + ok - skip)) failed=$((failed + bad)) skipped=$((skipped + skip))
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
