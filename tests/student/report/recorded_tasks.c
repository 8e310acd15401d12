// A box is drawn if it is a thousandth of the picture wide; gaps that are narrower are not.

#include "student/report/recorded_tasks.h"
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "pictures/lanes/timeline.h"

static const double NARROW = 1e-3; // of the picture's width

static int compare_times(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int compare_boxes(const void *a, const void *b)
{
    const struct box *x = a, *y = b;
    if (x->lane != y->lane) return x->lane < y->lane ? -1 : 1;
    return compare_times(&x->begin_us, &y->begin_us);
}

// How many tasks were inside at the same moment, at most.
static size_t most_at_once(const struct panel *panel)
{
    size_t count = panel->task_count, ended = 0, most = 0;
    double *begins = calloc(2 * count + 1, sizeof *begins);
    if (!begins) return 0;
    double *ends = begins + count;
    for (size_t k = 0; k < count; k++) {
        begins[k] = panel->task[k].begin_us;
        ends[k] = panel->task[k].end_us;
    }
    qsort(begins, count, sizeof *begins, compare_times);
    qsort(ends, count, sizeof *ends, compare_times);
    for (size_t k = 0; k < count; k++) {
        while (ended < k && ends[ended] <= begins[k]) ended++;
        if (k + 1 - ended > most) most = k + 1 - ended;
    }
    free(begins);
    return most;
}

static double sum_of(const struct panel *panel, bool is_queued)
{
    double sum = 0;
    for (size_t k = 0; k < panel->task_count; k++)
        sum += is_queued ? panel->task[k].queued_us
                         : panel->task[k].end_us - panel->task[k].begin_us;
    return sum;
}

static json_t *boxes_of(const struct panel *panel)
{
    json_t *boxes = json_array();
    double narrow_us = NARROW * panel->length_us;
    qsort(panel->task, panel->task_count, sizeof *panel->task, compare_boxes);
    for (size_t k = 0, next; k < panel->task_count; k = next) {
        struct box box = panel->task[k];
        for (next = k + 1; next < panel->task_count; next++) {
            const struct box *other = &panel->task[next];
            if (other->lane != box.lane || other->end_us - box.begin_us > narrow_us)
                break;
            box.end_us = other->end_us;
        }
        json_array_append_new(boxes, json_pack("[I, f, f, I]", (json_int_t)box.lane,
                                               box.begin_us, box.end_us,
                                               (json_int_t)(next - k)));
    }
    return boxes;
}

static bool is_wait(const struct box *span)
{
    return !strcmp(span->name, "future_result") ||
           !strcmp(span->name, "futures_wait") ||
           !strcmp(span->name, "completions_next") ||
           !strcmp(span->name, "executor_map");
}

static json_t *waits_of(const struct panel *panel)
{
    json_t *waits = json_array();
    double last_us = -1, narrow_us = NARROW * panel->length_us;
    for (size_t k = 0; k < panel->span_count; k++) {
        const struct box *span = &panel->span[k];
        if (!is_wait(span)) continue;
        if (last_us >= 0 && span->begin_us - last_us < narrow_us) {
            json_t *before = json_array_get(waits, json_array_size(waits) - 1);
            json_array_set_new(before, 1, json_real(span->end_us));
        } else {
            json_array_append_new(waits,
                                  json_pack("[f, f]", span->begin_us, span->end_us));
        }
        last_us = span->end_us;
    }
    return waits;
}

static json_t *panel_object(const struct panel *panel)
{
    json_t *lanes = json_array();
    for (size_t k = 0; k < panel->lane_count; k++)
        json_array_append_new(lanes, json_string(panel->lane[k].name));
    double room_us = panel->length_us * (double)panel->lane_count;
    double tasks = (double)panel->task_count;
    return json_pack("{s:s, s:f, s:I, s:I, s:f, s:f, s:o, s:o, s:o}", "name",
                     panel->name, "length_us", panel->length_us, "tasks",
                     (json_int_t)panel->task_count, "most_at_once",
                     (json_int_t)most_at_once(panel), "busy",
                     room_us > 0 ? sum_of(panel, false) / room_us : 0.0, "queued_us",
                     tasks > 0 ? sum_of(panel, true) / tasks : 0.0, "lanes", lanes,
                     "boxes", boxes_of(panel), "waits", waits_of(panel));
}

json_t *recorded_tasks_read(const char *path)
{
    struct timeline timeline;
    if (timeline_read(&timeline, path)) return NULL;
    json_t *calls = json_array();
    for (size_t k = 0; k < timeline.panel_count; k++)
        json_array_append_new(calls, panel_object(&timeline.panel[k]));
    timeline_close(&timeline);
    return calls;
}
