// A line a step.

#include "challenge/ladder_steps.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>

static int read_line(struct ladder *ladder, const char *line, int column)
{
    double times[3];
    if (ladder->count == LADDER_MOST) return -EINVAL;
    struct ladder_step *step = &ladder->steps[ladder->count];
    if (sscanf(line, "%lf %lf %lf %15s %159[^\n]", &times[0], &times[1], &times[2],
               step->name, step->idea) != 5)
        return -EINVAL;
    step->times = times[column];
    if (!(step->times > 0)) return -EINVAL;
    if (ladder->count && step->times < step[-1].times) return -EINVAL;
    ladder->count++;
    return 0;
}

int ladder_read(struct ladder *ladder, const char *path, int column)
{
    char line[512];
    int status = 0;
    *ladder = (struct ladder){0};
    FILE *file = fopen(path, "re");
    if (!file) return -errno;
    while (!status && fgets(line, sizeof line, file))
        if (line[0] != '#' && line[0] != '\n')
            status = read_line(ladder, line, column);
    fclose(file);
    return status ? status : ladder->count ? 0 : -EINVAL;
}

int ladder_place(const struct ladder *ladder, double times)
{
    if (!(times >= ladder->steps[0].times / 2)) return -1;
    int place = 0;
    for (int k = 1; k < ladder->count; k++)
        if (times >= sqrt(ladder->steps[k - 1].times * ladder->steps[k].times))
            place = k;
    return place;
}
