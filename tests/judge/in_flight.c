// Starts and ends become one list of steps, up and down, in the order of time; between two
// steps the number does not change.

#include "judge/in_flight.h"
#include <stdlib.h>

struct step {
    int64_t at_ns;
    int change; // +1: a task starts; -1: one ends
};

static int by_time(const void *a, const void *b)
{
    const struct step *left = a, *right = b;
    return (left->at_ns > right->at_ns) - (left->at_ns < right->at_ns);
}

static int64_t clamp(int64_t value, int64_t least, int64_t most)
{
    return value < least ? least : value > most ? most : value;
}

double in_flight_mean(const struct task_span spans[], size_t count, int64_t from_ns,
                      int64_t to_ns, int cap)
{
    if (to_ns <= from_ns || count == 0) return 0;
    struct step *steps = malloc(2 * count * sizeof *steps);
    if (!steps) return 0;
    for (size_t i = 0; i < count; i++) {
        int64_t start_ns = clamp(spans[i].start_ns, from_ns, to_ns);
        steps[2 * i] = (struct step){start_ns, 1};
        steps[2 * i + 1] =
            (struct step){clamp(spans[i].end_ns, start_ns, to_ns), -1};
    }
    qsort(steps, 2 * count, sizeof *steps, by_time);
    double sum = 0;
    int under_way = 0;
    int64_t last_ns = from_ns;
    for (size_t i = 0; i < 2 * count; i++) {
        int counted = under_way < cap ? under_way : cap;
        sum += (double)counted * (double)(steps[i].at_ns - last_ns);
        last_ns = steps[i].at_ns;
        under_way += steps[i].change;
    }
    free(steps);
    return sum / (double)(to_ns - from_ns);
}
