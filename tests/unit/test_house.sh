#!/bin/sh
# What is asked of the house: short functions, short files, nothing written twice, includes that
# run one way. Submissions are left out, each of which is whole, and with them solutions and the
# judge's copies of the stubs. What the medians are stands in the comments.

. tests/unit/tap.sh

LONGEST_FUNCTION=60 LONGEST_FILE=400

# The given and the trusted code, without what is built or beside the project.
find Makefile .ci data exercises tests \( -path 'tests/mutants/7.*' -o -path 'tests/attacks/7.*' \
    -o -path 'tests/judge/verdicts/7.*' -o -name baseline.c -o -name '*.pyc' -o -path data/daily-stock \) -prune \
    -o -type f \( -name '*.[ch]' -o -name '*.cpp' -o -name '*.sh' -o -name '*.mk' -o -name '*.py' -o -name '*.awk' \
    -o -name '*.html' -o -name Makefile -o -name run \) -print | LC_ALL=C sort >"$scratch/files"
xargs awk -f tests/unit/house.awk <"$scratch/files" >"$scratch/found"

of_kind() { grep "^$1 " "$scratch/found"; }
nothing_above() { of_kind "$1" | awk -v most="$2" '$2 > most { print; longer = 1 } END { exit longer }'; }
is_once() { ! of_kind twice; }

# A run of lines that stands twice is found: the check sees what it is there for.
sees_copies() {
    awk 'BEGIN { for (k = 0; k < 12; k++) print "    line_of_a_copy(" k ");" }' >"$scratch/one.c"
    { echo 'int first;' && cat "$scratch/one.c"; } >"$scratch/two.c"
    awk -f tests/unit/house.awk "$scratch/one.c" "$scratch/two.c" | grep -x "twice $scratch/one.c:1 $scratch/two.c:2"
}

# Exercises stand on what is given, tests on both, and nothing given on tests: FOLDER, and what its
# files may include.
includes_only() {
    folder=$1
    shift
    # shellcheck disable=SC2046  # a list of names without blanks
    grep -HoE '^#include "[a-z0-9.-]+/' $(grep "^$folder/.*[.][ch]$" "$scratch/files") |
        awk -v allowed=" $* " '{ name = $0; sub(/.*"/, "", name); sub("/", "", name) }
            !index(allowed, " " name " ") { print; stranger = 1 } END { exit stranger }'
}
arrows() {
    includes_only exercises/futures futures && includes_only exercises/stocks stocks &&
        includes_only exercises/run run futures && includes_only exercises/pictures pictures run futures stocks &&
        includes_only tests/judge judge futures && includes_only tests/grade grade judge futures || return
    for folder in exercises/7.*; do includes_only "$folder" run futures stocks || return; done
    for folder in tests/7.*; do includes_only "$folder" "${folder#tests/}" judge futures stocks || return; done
}

check test_house_has_no_function_of_more_than_${LONGEST_FUNCTION}_lines nothing_above function $LONGEST_FUNCTION
check test_house_has_no_file_of_more_than_${LONGEST_FILE}_lines nothing_above file $LONGEST_FILE
check test_house_sees_ten_lines_that_stand_twice sees_copies
check test_house_says_nothing_twice is_once
check test_house_has_arrows_that_run_one_way arrows

# Beside them, what models of readable C have: 4-10 lines a function, four in five of at most 25;
# 110-260 lines a file, one line in ten a comment.
for kind in function file; do
    of_kind $kind | sort -k 2,2n | awk -v kind=$kind '
        { size[NR] = $2; short += $2 <= 25; long += $2 > (kind == "function" ? 40 : 260) }
        END { printf "# %d %ss: median %d lines, longest %d, ", NR, kind, size[int((NR + 1) / 2)], size[NR]
              if (kind == "function") printf "%d %% have at most 25, %d more than 40\n", 100 * short / NR, long
              else printf "%d have more than 260\n", long }'
done
of_kind comments | awk '{ print "# " $2 " % of the lines are comments" }'
plan
