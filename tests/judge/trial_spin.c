// What the machine can do just now: a loop that only computes, in the judge's own runner.

#include "judge/trial.h"
#include "judge/runner_process.h"

enum { PROCESSORS = 2 };

static const int64_t SPIN_LIMIT_NS = 20000000000;

// Several measurements in one runner: it is the judge's own code.
static int spins_run(const struct trial *trial, const int threads[], int count,
                     struct run_cost costs[])
{
    static struct runner runner;
    const struct exercise *exercise = trial->line->exercise;
    int returned = 0;
    int status = runner_start(&runner, exercise->box, exercise->baseline, NULL);
    for (int i = 0; i < count && !status && !returned; i++) {
        struct message request = {.operation = OPERATION_SPIN,
                                  .workers = threads[i]};
        // Only those that end from here on are of this measurement.
        runner.page->ended.count = 0;
        status = runner_call(&runner, &request, NULL, 0, NULL, 0, SPIN_LIMIT_NS,
                             &returned);
        costs[i] = runner.cost;
    }
    runner_stop(&runner);
    costs[count - 1] = runner.cost;
    if (!status && !returned) return 0;
    line_error(trial->line, "the judge's own spin kernel did not run");
    return -1;
}

int trial_spin(const struct trial *trial, int threads, struct run_cost *cost)
{
    return spins_run(trial, &threads, 1, cost);
}

int trial_spin_both(const struct trial *trial, struct run_cost *one,
                    struct run_cost *all)
{
    struct run_cost costs[2];
    if (spins_run(trial, (const int[]){1, PROCESSORS}, 2, costs)) return -1;
    *one = costs[0];
    *all = costs[1];
    return 0;
}
