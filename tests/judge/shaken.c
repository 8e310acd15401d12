#include "judge/shaken.h"
#include <stdio.h>
#include <string.h>
#include "judge/runner_process.h"

// Stands behind the sentence, before a picture that may follow it.
static void seed_tell(struct line *line, unsigned seed)
{
    char rest[MESSAGE_SIZE];
    size_t used = strcspn(line->message, "\n");
    strcpy(rest, line->message + used);
    snprintf(line->message + used, sizeof line->message - used,
             " (Seen with delays: make check SEED=%u repeats it.)%s", seed, rest);
}

int shaken_run(struct line *line, enum executor_kind executor,
               int (*run)(struct line *line, enum executor_kind executor))
{
    unsigned seed = (unsigned)line->exercise->seed;
    runner_shake_set(seed | 1);
    int status = run(line, executor);
    runner_shake_set(0);
    if (line->status == LINE_FAILED) seed_tell(line, seed);
    return status;
}
