#ifndef PICTURES_PICTURE_H
#define PICTURES_PICTURE_H

// Timelines as an SVG: in each panel a lane for the caller, a lane a worker with its tasks as
// boxes, and how many tasks wait in the queue.

#include <stdbool.h>
#include <stdio.h>
#include "pictures/lanes/timeline.h"

// A panel and the words over it (borrowed).
struct picture_panel {
    const struct panel *panel;
    const char *caption;
};

// Writes the picture: panels under each other, each from its own begin on. same_scale: a
// second is equally long in all of them.
void picture_write(FILE *stream, const char *title,
                   const struct picture_panel panels[], size_t count,
                   bool same_scale);

#endif
