#!/bin/sh
# make report from end to end: what it records of a student's tasks, and when it records nothing.

. tests/unit/tap.sh
mkdir -p "$scratch/work"
for stub in tests/7.*/baseline.c; do
    folder=$(basename "$(dirname "$stub")")
    cp "$stub" "$scratch/work/${folder#*-}.c"
done

report() {
    env -u MAKEFLAGS -u MAKELEVEL make -s report SUBMISSION="$scratch/work" PICTURES="$scratch" \
        RESULTS="$scratch/results.json" ATTEMPTS="$scratch/attempts.jsonl"
}

nothing_checked() {
    report | grep 'Nothing has been checked yet' && [ -s "$scratch/report/report.html" ] && [ ! -e "$scratch/trace" ]
}
check test_report_of_no_check_says_how_to_get_one nothing_checked

cat >"$scratch/results.json" <<'JSON'
{"submission": "work", "points": 0, "pending_points": 0, "max_points": 30, "isolation": "full", "seed": 1,
 "exercises": [{"id": "7.1", "title": "submit", "points": 0, "pending_points": 0, "max_points": 30,
                "build": {"status": "ok", "message": ""}, "tests": [], "speed": []}]}
JSON
untouched() { report | grep -v recording | grep report.html && [ ! -e "$scratch/trace" ]; }
check test_report_records_no_untouched_file untouched

# A 7.1 in which one task does nothing, and nothing waits.
{
    echo '#include "submit.h"'
    echo 'static int nothing(const void *args, void *result) { return 0; }'
    sed -e 's/slow_[ads][a-z]*(i, j)/0/' -e 's/^    int \*next = results;/&\
    struct executor *executor = executor_create(kind, NULL);\
    future_free(executor_submit(executor, nothing, NULL, 0, 0));\
    executor_destroy(executor);/' tests/7.1-submit/baseline.c
} >"$scratch/work/submit.c"
touched() { report | grep 'recording 7.1' && grep -q '"name":"submit_table"' "$scratch/report/report.html"; }
check test_report_draws_the_tasks_of_what_was_edited touched

recorded_once() { ! report | grep recording; }
check test_report_records_a_file_once recorded_once

broken() {
    echo 'int' >"$scratch/work/submit.c"
    report | grep report.html && [ ! -e "$scratch/trace/7.1.json" ]
}
check test_report_of_what_does_not_build_has_no_old_picture broken

plan
