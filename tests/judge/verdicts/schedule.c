#include "judge/verdicts/schedule.h"
#include "judge/results.h"
#include <string.h>

int cells_list(const struct variant variants[], int count, const char *word,
               struct cell cells[CELL_LIMIT])
{
    int found = 0;
    for (int i = 0; i < count; i++)
        for (int executor = EXECUTOR_THREADS; executor <= EXECUTOR_PROCESSES;
             executor++)
            if (!word || strstr(variants[i].name, word))
                cells[found++] =
                    (struct cell){&variants[i], (enum executor_kind)executor};
    return found;
}

unsigned cell_target(const struct cell cells[], int count, const struct cell *cell,
                     unsigned target)
{
    bool is_honest = cell->variant->is_honest;
    unsigned alike = 0, others = 0;
    for (int i = 0; i < count; i++)
        if (cells[i].variant->is_honest == is_honest)
            alike++;
        else
            others++;
    double part = others == 0 ? 1 : is_honest ? 0.4 : 0.6;
    double wanted = part * target / alike;
    return (unsigned)wanted + (wanted > (unsigned)wanted);
}

static unsigned cell_done(const struct tally *tally, const char *condition,
                          const struct cell *cell)
{
    unsigned done = 0;
    for (size_t i = 0; i < tally->count; i++) {
        const struct entry *entry = &tally->entries[i];
        done += strcmp(entry->condition, condition) == 0 &&
                strcmp(entry->variant, cell->variant->name) == 0 &&
                strcmp(entry->exercise, cell->variant->exercise->id) == 0 &&
                strcmp(entry->executor, line_executor_name(cell->executor)) == 0;
    }
    return done;
}

double condition_progress(const struct tally *tally, const char *condition,
                          const struct cell cells[], int count, unsigned target)
{
    unsigned wanted = 0, done = 0;
    for (int i = 0; i < count; i++) {
        unsigned most = cell_target(cells, count, &cells[i], target);
        unsigned found = cell_done(tally, condition, &cells[i]);
        wanted += most;
        done += found < most ? found : most;
    }
    return wanted ? (double)done / wanted : 1;
}

const struct cell *cell_next(const struct tally *tally, const char *condition,
                             const struct cell cells[], int count, unsigned target,
                             unsigned turn)
{
    const struct cell *next = NULL;
    double least = 1;
    for (int i = 0; i < count; i++) {
        const struct cell *cell = &cells[(turn + (unsigned)i) % (unsigned)count];
        double part = (double)cell_done(tally, condition, cell) /
                      cell_target(cells, count, cell, target);
        if (part < least) {
            least = part;
            next = cell;
        }
    }
    return next;
}
