#!/bin/sh
# Hints: each statement has three, folded; hints.txt says which one helps with what the judge
# found, and a failed check names it.

. tests/unit/tap.sh

has_three() {
    grep -o '<summary>.*</summary>' "exercises/$1/README.md" | tr -d '\n' |
        grep -x '<summary>Hint 1</summary><summary>Hint 2</summary><summary>Hint 3</summary>'
}

# Every row has one of the three, for a diagnosis that the judge makes.
rows_hold() {
    sed -n '/^[^#]/s/^\([0-9]*\)  *\(.*\)$/\1 \2/p' "tests/$1/hints.txt" | while read -r hint diagnosis; do
        case $hint in [123]) ;; *) echo "hint $hint?" ;; esac
        grep -qF "\"$diagnosis\"" tests/judge/*.[ch] "tests/$1"/judge*.c || echo "no \"$diagnosis\" is ever found"
    done >"$scratch/strangers"
    [ ! -s "$scratch/strangers" ] || { cat "$scratch/strangers" && false; }
}

for exercise in $(cd tests && echo 7.*); do
    check "test_hints_${exercise}_has_three_in_its_statement" has_three "$exercise"
    check "test_hints_${exercise}_rows_are_diagnoses_of_the_judge" rows_hold "$exercise"
done

# The untouched stub does nothing in parallel: hint 1 of 7.1.
stub_is_helped() {
    mkdir -p "$scratch/stub" && cp tests/7.1-submit/baseline.c "$scratch/stub/submit.c"
    env -u MAKEFLAGS -u MAKELEVEL make -s check EX=7.1 QUICK=1 SUBMISSION="$scratch/stub" RESULTS="$scratch/results.json"
    grep 'hint' "$scratch/output" | grep -x ' *the task is in exercises/7.1-submit/README.md; hint 1 there is about this'
}
check test_hints_a_failed_check_names_the_one_that_fits stub_is_helped

plan
