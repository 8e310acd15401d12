// A trace file of anybody, drawn: the SVG has no number that is none, and no tag that came with a
// name in the trace.

#include "fuzz/shared/fuzzer.h"
#include "fuzz/shared/input_file.h"
#include "pictures/lanes/picture.h"
#include <stdlib.h>
#include <string.h>

// A tag opens where none is open, and begins with a letter or a slash.
static void svg_check(const char *svg)
{
    bool is_inside = false;
    claim(!strstr(svg, "\"nan") && !strstr(svg, "\"-nan") && !strstr(svg, "\"inf") &&
              !strstr(svg, "\"-inf"),
          "places in a picture are numbers");
    for (const char *at = svg; *at; at++) {
        claim(!is_inside || *at != '<', "no tag begins inside another");
        if (*at == '&')
            claim(!strncmp(at, "&lt;", 4) || !strncmp(at, "&amp;", 5),
                  "& stands for itself nowhere");
        if (*at == '<') is_inside = true;
        if (*at == '>') is_inside = false;
    }
}

static void picture_check(const struct timeline *timeline, bool same_scale)
{
    struct picture_panel panels[MOST_PANELS];
    char *svg = NULL;
    size_t size;
    FILE *stream = open_memstream(&svg, &size);
    if (!stream) abort();
    for (size_t k = 0; k < timeline->panel_count; k++)
        panels[k] =
            (struct picture_panel){&timeline->panel[k], timeline->panel[k].name};
    picture_write(stream, "a title", panels, timeline->panel_count, same_scale);
    fclose(stream);
    svg_check(svg);
    free(svg);
}

void fuzz(const uint8_t *bytes, size_t size)
{
    struct timeline timeline;
    if (timeline_read(&timeline, input_file(bytes, size)) == 0) {
        claim(timeline.panel_count > 0, "a timeline has panels");
        picture_check(&timeline, size % 2);
        timeline_close(&timeline);
    }
}
