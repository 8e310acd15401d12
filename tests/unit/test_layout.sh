#!/bin/sh
# What the tree promises about itself: nothing lies about at the top, the three trees mirror each
# other, what `make help` names is there.

. tests/unit/tap.sh

# Prints the words of the first list that are not in the second one; true when there are none.
all_in() {
    strangers=
    for word in $1; do
        case " $2 " in
        *" $word "*) ;;
        *) strangers="$strangers $word" ;;
        esac
    done
    [ -z "$strangers" ] || { echo "not expected:$strangers" && false; }
}

# The names in a folder, in one line.
names_in() { find "$1" -mindepth 1 -maxdepth 1 -printf '%f\n' | LC_ALL=C sort | tr '\n' ' '; }

top_level() {
    all_in "$(names_in . | tr ' ' '\n' | LC_ALL=C grep -av '^\.' | tr '\n' ' ')" \
        'README.md Makefile LICENSE exercises solutions tests data build'
}
check test_layout_top_level_holds_nothing_else top_level

numbered() { names_in "$1" | tr ' ' '\n' | grep '^7\.' | tr '\n' ' '; }
exercises=$(numbered exercises)

# A name of the three trees, 7.1-submit, has submit.c as the student's file.
file_of() { echo "${1#*-}.c"; }

handed_out() {
    all_in "README.md $(file_of "$1") $(basename "$(file_of "$1")" .c).h" "$(names_in "exercises/$1")"
}
solved() {
    all_in "$(names_in "solutions/$1")" "$(file_of "$1") ladder" &&
        [ -f "solutions/$1/$(file_of "$1")" ] &&
        ! cmp -s "solutions/$1/$(file_of "$1")" "exercises/$1/$(file_of "$1")"
}
kept() { cmp "exercises/$1/$(file_of "$1")" "tests/$1/baseline.c"; }
has_points() { grep -q '^[0-9]' "tests/$1/points.txt"; }

for exercise in $exercises; do
    check "test_layout_${exercise}_has_statement_contract_and_stub" handed_out "$exercise"
    if [ -d solutions ]; then
        check "test_layout_${exercise}_has_a_solution_at_the_same_path" solved "$exercise"
    else
        skip "test_layout_${exercise}_has_a_solution_at_the_same_path" 'needs solutions/'
    fi
    if [ -d "tests/$exercise" ]; then
        check "test_layout_${exercise}_keeps_its_stub_as_baseline" kept "$exercise"
        check "test_layout_${exercise}_has_points" has_points "$exercise"
    else
        skip "test_layout_${exercise}_has_an_autograder" 'has not landed yet'
    fi
done
for tree in solutions tests; do
    [ -d "$tree" ] && check "test_layout_${tree}_has_no_other_exercise" all_in "$(numbered "$tree")" "$exercises"
done

# What make knows, without building anything.
env -u MAKEFLAGS -u MAKELEVEL make -npq >"$scratch/make" 2>/dev/null
targets=$(sed -n 's/^\([a-z][a-z0-9.-]*\):\([^=].*\)\{0,1\}$/\1/p' "$scratch/make" | sort -u | tr '\n' ' ')
public=$(sed -n '/[$]/d; s/^\.PHONY: //p' "$scratch/make" | sed 's/\bFORCE\b//')
named() { grep -oh 'make [a-z][a-z0-9.-]*' "$@" | sed 's/^make //; s/[.-]$//' | sort -u | tr '\n' ' '; }

env -u MAKEFLAGS -u MAKELEVEL make -s help ALL=1 >"$scratch/help"
list_names_targets() {
    all_in "$(named "$scratch/help")" "$targets" || { echo 'in the list at the top of the Makefile' && false; }
}
list_is_complete() {
    runs=$(echo "$exercises" | sed 's/7\([^-]*\)-[^ ]*/run-7\1 debug-7\1/g')
    all_in "$public" "$(named "$scratch/help") $runs" ||
        { echo 'without a line in the list at the top of the Makefile' && false; }
}
# The first list is a student's, and short.
help_is_short() {
    env -u MAKEFLAGS -u MAKELEVEL make -s help >"$scratch/short"
    all_in "$(grep '^make ' "$scratch/short" | cut -d ' ' -f 2 | tr '\n' ' ')" \
        'check run-7.1 watch progress reset trace plot compare challenge report help'
}
check test_make_help_is_for_students help_is_short
check test_make_help_names_targets_that_exist list_names_targets
check test_make_help_names_every_public_target list_is_complete

plan
