#!/bin/sh
# For each test in points.txt the mutants that fail it alone, as their own comments say and as
# the matrix finds. Ends with 1 where a test has none: nothing would show that it is needed.

status=0
for points in tests/7.*/points.txt; do
    exercise=$(basename "$(dirname "$points")")
    while read -r number test; do
        case $number in '#' | '') continue ;; esac
        found=$(grep -lxE "(//|#) fails only: (${test%%: *}: )?${test#*: }" \
            tests/mutants/"$exercise"/* | sed 's,.*/,,; s,\.[a-z]*$,,' | paste -sd ' ')
        [ -n "$found" ] || status=1
        printf '# %s %-50s %s\n' "${exercise%%-*}" "$test" "${found:-NONE}"
    done <"$points"
done
exit $status
