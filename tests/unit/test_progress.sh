#!/bin/sh
# make progress: what is reached, and what is next, of attempts whose points are known.

. tests/unit/tap.sh
program=${BUILD:-build/plain}/tests/judge/progress/main
attempts=$scratch/attempts.jsonl

# Adds an attempt: id, points, pending points, quick, the line to mend.
attempt() {
    printf '{"time":1,"id":"%s","points":%s,"pending_points":%s,"max_points":30.0,"quick":%s,"next":"%s"}\n' \
        "$1" "$2" "$3" "$4" "$5" >>"$attempts"
}
: >"$attempts"
cp tests/7.1-submit/baseline.c "$scratch/submit.c"
cp tests/7.2-conversion/baseline.c "$scratch/conversion.c"

shows() {
    "$program" "$attempts" "7.1-submit=$scratch/submit.c" "7.2-conversion=$scratch/conversion.c" >"$scratch/shown"
    cat "$scratch/shown"
    for pattern in "$@"; do grep -q -- "$pattern" "$scratch/shown" || { echo "no: $pattern" && return 1; }; done
}

check test_progress_of_untouched_files_says_where_to_begin \
    shows '^7.1-submit .*not begun' '^7.2-conversion .*not begun' '^next: 7.1: read exercises/7.1-submit/README.md'

echo '// mine' >>"$scratch/submit.c"
attempt 7.1 5.0 0.0 true 'threads: the calls wait at the same time'
check test_progress_names_the_line_to_mend \
    shows 'best 5 of 30, in 1 check$' '^next: 7.1: mend "threads: the calls wait at the same time"'

attempt 7.1 18.0 12.0 true ''
check test_progress_after_a_quick_check_that_held_asks_for_the_whole \
    shows 'best 18 of 30, in 2 checks, 12 pending' '^next: 7.1 holds; .make check EX=7.1'

attempt 7.1 22.0 8.0 false ''
check test_progress_with_pending_speed_asks_for_a_quiet_moment shows '^next: 7.1 is right, but its speed'

attempt 7.1 30.0 0.0 false ''
attempt 7.1 4.0 0.0 true 'threads: speed'
check test_progress_keeps_the_best_and_goes_on \
    shows '\[####################\]  best 30 of 30, in 5 checks; the last one 4' '^next: 7.2: read'

echo '// mine' >>"$scratch/conversion.c"
attempt 7.2 30.0 0.0 false ''
check test_progress_says_when_all_is_done shows '^All is done'

plan
