// hints.txt has the shape of points.txt: a number and a name in each row.

#include "judge/next_step.h"
#include "judge/points.h"
#include <stdio.h>

const struct line *next_line(const struct rubric *rubric,
                             const struct exercise *exercise)
{
    for (enum line_kind kind = LINE_GATE; kind <= LINE_SPEED; kind++)
        for (unsigned i = 0; i < rubric->count; i++) {
            const struct line *line = &rubric->lines[i];
            if (line->exercise == exercise && line->kind == kind &&
                line->status == LINE_FAILED)
                return line;
        }
    return NULL;
}

int next_hint(const struct line *line)
{
    char path[PATH_SIZE + 16];
    double number = 0;
    snprintf(path, sizeof path, "%s/hints.txt", line->exercise->tests);
    return *line->diagnosis && !points_find(path, line->diagnosis, &number)
               ? (int)number
               : 0;
}
