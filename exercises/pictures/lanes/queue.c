// The queue's length goes up at every submit and down where a task begins; tasks that begin
// at once wait for no time.

#include <stdbool.h>
#include <stdlib.h>
#include "pictures/lanes/drawing.h"

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// The moments of submit and of begin, each in order.
static void queue_moments(const struct panel *panel, double submits[],
                          double begins[])
{
    for (size_t k = 0; k < panel->task_count; k++) {
        begins[k] = panel->task[k].begin_us;
        submits[k] = panel->task[k].begin_us - panel->task[k].queued_us;
    }
    qsort(submits, panel->task_count, sizeof *submits, compare_numbers);
    qsort(begins, panel->task_count, sizeof *begins, compare_numbers);
}

// The steps of the queue's length, drawn or (scale 0) only measured. The greatest length.
static size_t walk_queue(struct drawing *drawing, const double submits[],
                         const double begins[], double scale)
{
    size_t submitted = 0, begun = 0, most = 0, count = drawing->panel->task_count;
    double bottom = drawing->y + QUEUE;
    while (begun < count) {
        bool is_submit = submitted < count && submits[submitted] <= begins[begun];
        double x = x_of(drawing, is_submit ? submits[submitted] : begins[begun]);
        double before = bottom - (double)(submitted - begun) * scale;
        if (is_submit)
            submitted++;
        else
            begun++;
        if (submitted - begun > most) most = submitted - begun;
        if (scale > 0)
            fprintf(drawing->stream, "L%.2f %.1f L%.2f %.1f ", x, before, x,
                    bottom - (double)(submitted - begun) * scale);
    }
    return most;
}

void draw_queue(struct drawing *drawing)
{
    const struct panel *panel = drawing->panel;
    double *submits = calloc(2 * panel->task_count + 1, sizeof *submits);
    if (!submits) return;
    double *begins = submits + panel->task_count;
    queue_moments(panel, submits, begins);
    size_t most = walk_queue(drawing, submits, begins, 0);
    char label[32];
    snprintf(label, sizeof label, "queue: up to %zu", most);
    begin_lane(drawing, most ? label : "queue: empty", "own", QUEUE);
    if (most) {
        fprintf(drawing->stream, "<path class=\"queue\" d=\"M%d %.1f ", LEFT,
                drawing->y + QUEUE);
        walk_queue(drawing, submits, begins, (QUEUE - 2) / (double)most);
        fputs("Z\"/>\n", drawing->stream);
    }
    free(submits);
    drawing->y += QUEUE + GAP;
}
