#ifndef REPORT_EXERCISE_DATA_H
#define REPORT_EXERCISE_DATA_H

// What the workbook knows of one exercise beside its last check.

#include <jansson.h>

// Where things are; all borrowed.
struct report_places {
    const char *root;
    const char *results;  // the last check's results.json
    const char *attempts; // attempts.jsonl
    const char *traces;   // a folder of 7.x.json, as `make trace` writes it
    const char *compared; // the same of `make compare`
    const char *page;     // to be written
};

// {"id": "7.1", "folder": ..., "file": ..., "is_untouched": ..., "is_changed": since the check,
//  "hints": the statement's, "hint_of": {diagnosis: number}, "attempts": [...], "tasks": of the
//  trace or null, "is_trace_old": ..., "curves": of the comparison or null}
// result: the exercise's part of the last check, NULL where it has none. The caller's
// (json_decref); NULL: no memory.
json_t *exercise_data(const struct report_places *places, const char *folder,
                      const char *file, const json_t *result);

#endif
