#include "judge/runner_watch.h"
#include "judge/clock.h"
#include "judge/tree_memory.h"
#include <errno.h>

static const int64_t MEMORY_NS = 20000000, FOLDER_NS = 100000000;

// 0: there is nothing to look at.
static int64_t period_ns(const struct runner_watch *watch)
{
    if (watch->is_sampled) return SAMPLE_NS;
    if (watch->memory_bytes) return MEMORY_NS;
    return watch->folder.path ? FOLDER_NS : 0;
}

int64_t runner_watch_step_ns(const struct runner_watch *watch, int64_t left_ns)
{
    int64_t longest_ns = period_ns(watch);
    return longest_ns && left_ns > longest_ns ? longest_ns : left_ns;
}

int runner_watch_look(struct runner_watch *watch, pid_t root)
{
    int64_t now_ns = clock_now_ns();
    if (now_ns < watch->next_ns) return 0;
    watch->next_ns = now_ns + period_ns(watch);
    if (watch->is_sampled) samples_take(&watch->samples, root);
    if (folder_is_overfull(&watch->folder)) return -EDQUOT;
    if (watch->memory_bytes && tree_memory_exceeds(root, watch->memory_bytes))
        return -ENOMEM;
    return 0;
}
