#ifndef PICTURES_DRAWING_H
#define PICTURES_DRAWING_H

// An SVG while it is written, from the top to the bottom: its measures, and what is put into
// it. Internal to lanes.

#include <stdio.h>
#include "pictures/lanes/timeline.h"

enum {
    WIDTH = 960,
    LEFT = 112,
    RIGHT = 24,
    SPAN = WIDTH - LEFT - RIGHT,
    TITLE = 34,
    CAPTION = 30,
    QUEUE = 34,
    GAP = 5,
    AXIS = 48,
    LEGEND = 40,
    FEW_LANES = 16,
};

struct drawing {
    FILE *stream;
    const struct panel *panel;
    double scale; // pixels a microsecond
    int lane_height;
    double y; // where the next thing goes
};

// A text as content of an element: no tag can come out of it.
void put_escaped(FILE *stream, const char *text);

// A text at a place, its size in pixels; attributes are SVG's.
void put_text(struct drawing *drawing, double x, double y, int size,
              const char *attributes, const char *text);

// A rectangle of the class, which the style gives its look.
void put_rectangle(struct drawing *drawing, const char *class, double x,
                   double width, double y, double height);

// Where a time of the panel is.
double x_of(const struct drawing *drawing, double us);

// The name beside a lane, and its ground, as long as the call.
void begin_lane(struct drawing *drawing, const char *name, const char *class,
                int height);

// The lane of the queue: how many tasks are submitted and have not begun.
void draw_queue(struct drawing *drawing);

#endif
