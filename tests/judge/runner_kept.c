#include "judge/runner_kept.h"
#include "judge/exercise.h"
#include <stdio.h>
#include <string.h>

static struct runner kept; // where is_kept
static bool is_kept;
static bool was_taken_again;
static char kept_program[PATH_SIZE]; // of the last one that was taken

static bool kept_is_good(const char *program)
{
    return strcmp(kept_program, program) == 0 &&
           kept.page->shake.seed == runner_shake_seed();
}

int runner_take(struct runner *runner, const struct box *box, const char *program)
{
    if (is_kept && !kept_is_good(program)) {
        runner_stop(&kept);
        is_kept = false;
    }
    if (is_kept) {
        memcpy(runner, &kept, sizeof kept);
        is_kept = false;
        was_taken_again = true;
        return 0;
    }
    snprintf(kept_program, sizeof kept_program, "%s", program);
    return runner_start(runner, box, program, NULL);
}

void runner_give(struct runner *runner, int status)
{
    if (status || !runner_mode_now()->keeps_runner) {
        runner_stop(runner);
        return;
    }
    memcpy(&kept, runner, sizeof kept);
    is_kept = true;
}

bool runner_kept_stop(void)
{
    bool answer = was_taken_again;
    if (is_kept) runner_stop(&kept);
    is_kept = was_taken_again = false;
    return answer;
}
