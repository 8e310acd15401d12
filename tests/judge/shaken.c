#include "judge/shaken.h"
#include <stdio.h>
#include <string.h>
#include "judge/runner_process.h"

int shaken_run(struct line *line, enum executor_kind executor,
               int (*run)(struct line *line, enum executor_kind executor))
{
    unsigned seed = (unsigned)line->exercise->seed;
    runner_shake_set(seed | 1);
    int status = run(line, executor);
    runner_shake_set(0);
    size_t used = strlen(line->message);
    if (line->status == LINE_FAILED)
        snprintf(line->message + used, sizeof line->message - used,
                 "\nThis run was shaken: threads were held up where they meet. make "
                 "check EX=%s SEED=%u repeats it.",
                 line->exercise->id, seed);
    return status;
}
