// Every length is in pixels, times are scaled to the width between the margins. A box is never
// thinner than a hair, so that a short task shows.

#include "pictures/lanes/picture.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "pictures/lanes/drawing.h"

static const char *class_of_span(const char *name)
{
    if (!strcmp(name, "executor_submit")) return "submit";
    return strcmp(name, "executor_create") ? "waits" : "creates";
}

static void draw_caller(struct drawing *drawing)
{
    int height = drawing->lane_height;
    begin_lane(drawing, "caller", "own", height);
    for (size_t k = 0; k < drawing->panel->span_count; k++) {
        const struct box *span = &drawing->panel->span[k];
        const char *class = class_of_span(span->name);
        double width = (span->end_us - span->begin_us) * drawing->scale;
        if (!strcmp(class, "submit")) width = fmax(width, 1);
        put_rectangle(drawing, class, x_of(drawing, span->begin_us), width,
                      drawing->y + 2, height - 4);
    }
    drawing->y += height + GAP;
}

// A box, its number where there is room for it, and what a mouse over it shows.
static void draw_task(struct drawing *drawing, const struct box *task, double y)
{
    double x = x_of(drawing, task->begin_us);
    double width = fmax((task->end_us - task->begin_us) * drawing->scale, 0.2);
    double height = drawing->lane_height - 4;
    fprintf(
        drawing->stream,
        "<rect class=\"task\" x=\"%.3f\" y=\"%.1f\" width=\"%.3f\" height=\"%.1f\">"
        "<title>",
        x, y + 2, width, height);
    put_escaped(drawing->stream, task->name);
    fprintf(drawing->stream, ": waited %.1f us, ran %.1f us</title></rect>\n",
            task->queued_us, task->end_us - task->begin_us);
    const char *number = strrchr(task->name, ' ');
    if (number && width > 8 + 7 * (double)strlen(number + 1))
        put_text(drawing, x + width / 2, y + drawing->lane_height / 2.0 + 4, 11,
                 "text-anchor=\"middle\" fill=\"white\"", number + 1);
}

static void draw_workers(struct drawing *drawing)
{
    const struct panel *panel = drawing->panel;
    int pitch = drawing->lane_height + GAP;
    double top = drawing->y;
    for (size_t k = 0; k < panel->lane_count; k++) {
        begin_lane(drawing, panel->lane[k].name, "idle", drawing->lane_height);
        drawing->y += pitch;
    }
    for (size_t k = 0; k < panel->task_count; k++)
        draw_task(drawing, &panel->task[k],
                  top + (double)panel->task[k].lane * pitch);
}

// 1, 2 or 5 times a power of ten, so that about eight fit.
static double step_of(double length)
{
    double power = pow(10, floor(log10(length / 8)));
    double part = length / 8 / power;
    return power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10);
}

static void draw_axis(struct drawing *drawing, double length_us)
{
    double unit_us = length_us >= 2e6 ? 1e6 : length_us >= 2000 ? 1000 : 1;
    const char *unit = unit_us > 1000 ? "s" : unit_us > 1 ? "ms" : "us";
    double step = step_of(length_us / unit_us);
    char text[48];
    for (double at = 0; at * unit_us <= length_us; at += step) {
        double x = x_of(drawing, at * unit_us);
        fprintf(drawing->stream, "<path class=\"axis\" d=\"M%.1f %.1f v5\"/>\n", x,
                drawing->y);
        snprintf(text, sizeof text, "%g", at);
        put_text(drawing, x, drawing->y + 18, 12, "text-anchor=\"middle\"", text);
    }
    fprintf(drawing->stream, "<path class=\"axis\" d=\"M%d %.1f h%d\"/>\n", LEFT,
            drawing->y, SPAN);
    snprintf(text, sizeof text, "time since the call began (%s)", unit);
    put_text(drawing, LEFT + SPAN / 2.0, drawing->y + 35, 12,
             "text-anchor=\"middle\"", text);
    drawing->y += AXIS;
}

static void draw_panel(struct drawing *drawing, const struct picture_panel *one,
                       double length_us)
{
    drawing->panel = one->panel;
    drawing->scale = SPAN / length_us;
    drawing->lane_height = one->panel->lane_count > FEW_LANES ? 16 : 24;
    put_text(drawing, LEFT, drawing->y + 18, 14, "font-weight=\"bold\"",
             one->caption);
    drawing->y += CAPTION;
    draw_caller(drawing);
    draw_workers(drawing);
    draw_queue(drawing);
    draw_axis(drawing, length_us);
}

static void draw_legend(struct drawing *drawing)
{
    static const struct {
        const char *class;
        const char *text;
        int width;
    } entries[] = {{"task", "task (its number)", 160},
                   {"idle", "worker without a task", 180},
                   {"submit", "submit", 90},
                   {"waits", "caller waits", 130},
                   {"creates", "creates the executor", 170}};
    double x = LEFT;
    for (size_t k = 0; k < sizeof entries / sizeof *entries; k++) {
        bool is_thin = !strcmp(entries[k].class, "submit");
        fprintf(
            drawing->stream,
            "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%d\" height=\"14\" "
            "data-legend=\"yes\"/>\n",
            entries[k].class, x + (is_thin ? 9 : 0), drawing->y + 6,
            is_thin ? 2 : 20);
        put_text(drawing, x + 26, drawing->y + 17, 12, "", entries[k].text);
        x += entries[k].width;
    }
}

static int panel_height(const struct panel *panel)
{
    int lane = panel->lane_count > FEW_LANES ? 16 : 24;
    return CAPTION + (lane + GAP) * (1 + (int)panel->lane_count) + QUEUE + GAP +
           AXIS;
}

static void begin_picture(struct drawing *drawing, const char *title, int height)
{
    fprintf(drawing->stream,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
            "viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" fill=\"black\">\n",
            WIDTH, height, WIDTH, height);
    fprintf(
        drawing->stream,
        "<style>.task{fill:#0b5fa5;stroke:#fff;stroke-width:.6}.idle{fill:#e4e4e4}"
        ".own{fill:#f7f7f7;stroke:#ccc}.submit{fill:#b3003c}"
        ".waits{fill:url(#hatch)}"
        ".creates{fill:#e8b14a;stroke:#7a5200;stroke-width:.6}"
        ".queue{fill:#c9b3dd;stroke:#5b3a82}.axis{stroke:#000;fill:none}</style>\n"
        "<defs><pattern id=\"hatch\" width=\"6\" height=\"6\" "
        "patternUnits=\"userSpaceOnUse\"><path d=\"M0 6 L6 0\" stroke=\"#888\"/>"
        "</pattern></defs>\n<rect width=\"%d\" height=\"%d\" fill=\"white\"/>\n",
        WIDTH, height);
    put_text(drawing, WIDTH / 2.0, 24, 16,
             "text-anchor=\"middle\" font-weight=\"bold\"", title);
    fputs("<title>", drawing->stream);
    put_escaped(drawing->stream, title);
    fputs("</title>\n", drawing->stream);
    drawing->y = TITLE;
}

void picture_write(FILE *stream, const char *title,
                   const struct picture_panel panels[], size_t count,
                   bool same_scale)
{
    struct drawing drawing = {.stream = stream};
    int height = TITLE + LEGEND;
    double longest_us = 1;
    for (size_t k = 0; k < count; k++) {
        height += panel_height(panels[k].panel);
        longest_us = fmax(longest_us, panels[k].panel->length_us);
    }
    begin_picture(&drawing, title, height);
    for (size_t k = 0; k < count; k++)
        draw_panel(&drawing, &panels[k],
                   same_scale ? longest_us : fmax(panels[k].panel->length_us, 1));
    draw_legend(&drawing);
    fputs("</svg>\n", stream);
}
