#ifndef REPORT_RECORDED_TASKS_H
#define REPORT_RECORDED_TASKS_H

// What `make trace` recorded, as a page draws it: for each call of an exercise's function
//
//     {"name": "submit_table", "length_us": 3.0e6, "tasks": 12, "most_at_once": 4, "busy": 0.99,
//      "queued_us": 1.0e6, "lanes": ["worker 0", ...],
//      "boxes": [[lane, begin_us, end_us, tasks], ...], "waits": [[begin_us, end_us], ...]}
//
// busy is the part of all workers' time in which they were inside tasks, queued_us how long a task
// waited on average, waits when the caller waited for results. Boxes too narrow to be told apart
// are one box.

#include <jansson.h>

// The calls of a trace, the caller's (json_decref). NULL: there is no such trace.
json_t *recorded_tasks_read(const char *path);

#endif
