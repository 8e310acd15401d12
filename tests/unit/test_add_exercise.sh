#!/bin/sh
# Adds an exercise to a copy of the workbook by what tests/README.md says, and nothing else: the
# commands are read from there. Then the new one gets a function of its own.

. tests/unit/tap.sh
unset MAKEFLAGS MAKELEVEL MAKEOVERRIDES VARIANT BUILD
export QUICK=1 # the sanitizers' builds are those of every exercise

if [ ! -d solutions ]; then
    skip test_add_exercise 'needs solutions/'
    plan
    exit
fi

# What is built goes with it: all of it is as new as it is here.
mkdir "$scratch/workbook" "$scratch/workbook/build"
cp -a Makefile exercises solutions data "$scratch/workbook"
cp -a build/plain "$scratch/workbook/build"
mkdir "$scratch/workbook/tests"
for folder in tests/*; do
    case $folder in tests/mutants | tests/attacks) ;; *) cp -a "$folder" "$scratch/workbook/tests" ;; esac
done
cd "$scratch/workbook" || exit 1

# The commands of the section, in order: begin, right, wrong.
awk '/^## / { inside = /Adding an exercise/ }
     inside && /^    make / { sub(/^ */, ""); sub(/  .*/, ""); print }' tests/README.md >"$scratch/commands"
command_of() { sed -n "$1p" "$scratch/commands"; }
follow() { eval "$(command_of "$1")" >"$scratch/said" 2>&1; }
ends_with() { tail -n 2 "$scratch/said" | grep -x "$1" || { cat "$scratch/said" && false; }; }

begins() { [ "$(wc -l <"$scratch/commands")" = 3 ] && follow 1 && [ -d exercises/7.9-ranks ]; }
check test_add_exercise_begins_with_a_copy begins

# Concurrency of 7.1 needs no second processor, so that nothing of it can be pending but what
# QUICK=1 leaves out.
right() { follow 2 && grep -q '^7.9 ranks: ' "$scratch/said" && ends_with 'grade: 18 of 30, 12 pending'; }
wrong() { ! follow 3 && grep -q '^  FAILED' "$scratch/said" && ends_with 'grade: 0 of 30, 0 pending'; }
check test_add_exercise_its_solution_is_graded right
check test_add_exercise_its_stub_has_no_points wrong

refuses_twice() { ! follow 1; }
check test_add_exercise_is_not_added_twice refuses_twice

# A function of its own, which nothing but its own folders names; a mistake in it is seen.
sed -i 's/\bsubmit_table\b/rank_table/g' exercises/7.9-ranks/*.[ch] tests/7.9-ranks/*.[ch] solutions/7.9-ranks/*.c
sed -i 's/: the table is in order/: the ranks are in order/' tests/7.9-ranks/points.txt
sed -i 's/"the table is in order"/"the ranks are in order"/' tests/7.9-ranks/judge.c
mkdir "$scratch/mistaken"
sed 's/\bslow_sub(/slow_add(/' solutions/7.9-ranks/ranks.c >"$scratch/mistaken/ranks.c"
mistake() {
    make -s check EX=7.9 SUBMISSION="$scratch/mistaken" >"$scratch/said" 2>&1
    cat "$scratch/said"
    grep -q '^  FAILED .* threads: the ranks are in order' "$scratch/said" && grep -q 'rank_table(n = ' "$scratch/said"
}
check test_add_exercise_has_a_function_of_its_own right
check test_add_exercise_a_mistake_is_caught_by_its_test mistake

run_by_hand() { make -s run-7.9 N=2 WORKERS=2 SUBMISSION=solutions && make -s reset EX=7.9 && make -s progress | grep '7.9'; }
check test_add_exercise_is_known_to_students_targets run_by_hand
layout() { sh tests/unit/test_layout.sh >"$scratch/layout"; ! grep '^not ok' "$scratch/layout"; }
check test_add_exercise_leaves_the_house_in_order layout

plan
