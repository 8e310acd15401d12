// The calls come first, since a task belongs to the call in which it began. Lanes stand in the
// order of the workers' numbers.

#include "pictures/lanes/timeline.h"
#include <errno.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// An event of the file, whatever its kind; texts are borrowed from it.
struct event {
    const char *name;
    const char *category;
    long long process;
    long long thread;
    double begin_us;
    double length_us;
    double queued_us;
    int worker;
    int workers;
};

// False for events that are not drawn: metadata, counters.
static bool read_event(const json_t *json, struct event *event)
{
    json_t *args = json_object_get(json, "args");
    const char *phase = json_string_value(json_object_get(json, "ph"));
    *event = (struct event){
        .name = json_string_value(json_object_get(json, "name")),
        .category = json_string_value(json_object_get(json, "cat")),
        .process = json_integer_value(json_object_get(json, "pid")),
        .thread = json_integer_value(json_object_get(json, "tid")),
        .begin_us = json_number_value(json_object_get(json, "ts")),
        .length_us = json_number_value(json_object_get(json, "dur")),
        .queued_us = json_number_value(json_object_get(args, "queued_us")),
        .worker = (int)json_integer_value(json_object_get(args, "worker")),
        .workers = (int)json_integer_value(json_object_get(args, "workers")),
    };
    return phase && !strcmp(phase, "X") && event->name && event->category;
}

static void add_panel(struct timeline *timeline, const struct event *event,
                      size_t room)
{
    if (timeline->panel_count == MOST_PANELS) return;
    struct panel *panel = &timeline->panel[timeline->panel_count];
    panel->begin_us = event->begin_us;
    panel->length_us = event->length_us;
    snprintf(panel->name, sizeof panel->name, "%s", event->name);
    panel->task = calloc(room, sizeof *panel->task);
    panel->span = calloc(room, sizeof *panel->span);
    timeline->panel_count++;
}

static struct panel *panel_of(struct timeline *timeline, const struct event *event)
{
    for (size_t k = 0; k < timeline->panel_count; k++) {
        struct panel *panel = &timeline->panel[k];
        double since = event->begin_us - panel->begin_us;
        if (since >= 0 && since <= panel->length_us) return panel;
    }
    return NULL;
}

static size_t lane_of(struct panel *panel, const struct event *event)
{
    size_t k = 0;
    while (k < panel->lane_count && (panel->lane[k].thread != event->thread ||
                                     panel->lane[k].process != event->process))
        k++;
    if (k == MOST_LANES) return MOST_LANES - 1;
    if (k == panel->lane_count) {
        panel->lane[k] = (struct lane){event->process, event->thread, ""};
        snprintf(panel->lane[k].name, sizeof panel->lane[k].name, "worker %d",
                 event->worker);
        panel->lane_count++;
    }
    return k;
}

static void add_box(struct panel *panel, const struct event *event)
{
    double begin_us = event->begin_us - panel->begin_us;
    struct box box = {.begin_us = begin_us,
                      .end_us = begin_us + event->length_us,
                      .queued_us = event->queued_us};
    snprintf(box.name, sizeof box.name, "%s", event->name);
    if (!strcmp(event->category, "caller")) {
        panel->span[panel->span_count++] = box;
        panel->worker_count += (size_t)event->workers;
    }
    if (strcmp(event->category, "task") != 0) return;
    box.lane = lane_of(panel, event);
    panel->task[panel->task_count++] = box;
}

// Workers that never ran anything have no event; they are what is interesting.
static void add_idle_lanes(struct panel *panel)
{
    for (int number = 0;
         panel->lane_count < panel->worker_count && panel->lane_count < MOST_LANES;
         number++) {
        char name[32];
        snprintf(name, sizeof name, "worker %d", number);
        size_t k = 0;
        while (k < panel->lane_count && strcmp(panel->lane[k].name, name) != 0) k++;
        if (k == panel->lane_count)
            memcpy(panel->lane[panel->lane_count++].name, name, sizeof name);
    }
}

static int compare_lanes(const void *a, const void *b)
{
    const struct lane *x = a, *y = b;
    int order = strverscmp(x->name, y->name);
    return order ? order : (x->thread > y->thread) - (x->thread < y->thread);
}

static int sort_lanes(struct panel *panel)
{
    struct lane *before = calloc(panel->lane_count + 1, sizeof *before);
    if (!before) return -ENOMEM;
    memcpy(before, panel->lane, panel->lane_count * sizeof *before);
    qsort(panel->lane, panel->lane_count, sizeof *panel->lane, compare_lanes);
    size_t place[MOST_LANES] = {0};
    for (size_t k = 0; k < panel->lane_count; k++)
        for (size_t j = 0; j < panel->lane_count; j++)
            if (!memcmp(&before[k], &panel->lane[j], sizeof before[k])) place[k] = j;
    for (size_t k = 0; k < panel->task_count; k++)
        panel->task[k].lane = place[panel->task[k].lane];
    free(before);
    return 0;
}

static int sort_events(struct timeline *timeline, const json_t *events)
{
    struct event event;
    size_t index, room = json_array_size(events) + 1;
    json_t *json;
    json_array_foreach(events, index, json)
    {
        if (read_event(json, &event) && !strcmp(event.category, "call"))
            add_panel(timeline, &event, room);
    }
    for (size_t k = 0; k < timeline->panel_count; k++)
        if (!timeline->panel[k].task || !timeline->panel[k].span) return -ENOMEM;
    json_array_foreach(events, index, json)
    {
        if (!read_event(json, &event)) continue;
        struct panel *panel = panel_of(timeline, &event);
        if (panel) add_box(panel, &event);
    }
    int status = timeline->panel_count ? 0 : -EINVAL;
    for (size_t k = 0; k < timeline->panel_count && !status; k++) {
        add_idle_lanes(&timeline->panel[k]);
        status = sort_lanes(&timeline->panel[k]);
    }
    return status;
}

int timeline_read(struct timeline *timeline, const char *path)
{
    *timeline =
        (struct timeline){.panel = calloc(MOST_PANELS, sizeof(struct panel))};
    if (!timeline->panel) return -ENOMEM;
    json_error_t error;
    errno = 0;
    json_t *root = json_load_file(path, 0, &error);
    int status = root ? sort_events(timeline, json_object_get(root, "traceEvents"))
                 : errno ? -errno
                         : -EINVAL;
    json_decref(root);
    if (status) timeline_close(timeline);
    return status;
}

void timeline_close(struct timeline *timeline)
{
    for (size_t k = 0; k < timeline->panel_count; k++) {
        free(timeline->panel[k].task);
        free(timeline->panel[k].span);
    }
    free(timeline->panel);
    *timeline = (struct timeline){0};
}
