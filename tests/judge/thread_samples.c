#include "judge/thread_samples.h"
#include "judge/process_tree.h"

static void sample_keep(pid_t process, pid_t thread, uint64_t run_ns,
                        uint64_t wait_ns, void *context)
{
    struct thread_samples *samples = context;
    unsigned place = 0;
    while (place < samples->count && samples->thread[place].thread != thread)
        place++;
    if (place == SAMPLES_LIMIT) return;
    if (place == samples->count) samples->count++;
    samples->thread[place] = (struct thread_usage){process, thread, run_ns, wait_ns};
}

void samples_take(struct thread_samples *samples, pid_t root)
{
    tree_threads_visit(root, sample_keep, samples);
}

static uint64_t run_before_ns(const struct threads_seen *before, pid_t thread)
{
    for (unsigned i = 0; i < before->count; i++)
        if (before->thread[i].thread == thread) return before->thread[i].run_ns;
    return 0;
}

int64_t samples_longest_ns(const struct thread_samples *samples,
                           const struct threads_seen *before)
{
    int64_t longest_ns = 0;
    for (unsigned i = 0; i < samples->count; i++) {
        const struct thread_usage *usage = &samples->thread[i];
        int64_t run_ns =
            (int64_t)(usage->run_ns - run_before_ns(before, usage->thread));
        if (run_ns > longest_ns) longest_ns = run_ns;
    }
    return longest_ns;
}
