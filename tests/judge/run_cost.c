#include "judge/run_cost.h"
#include "judge/process_tree.h"
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <time.h>

// A thread that hardly runs may wait beside a busy one all the time; so much counts.
enum { WAIT_PER_RUN = 4 };

// A thread that did a tenth of what the busiest did counts as one that worked.
enum { BUSY_PART = 10 };

// What a thread still runs after its report.
static const int64_t ENDING_NS = 50000;

// What a box runs while it starts and while it is torn down.
static const int64_t BOX_NS = 25000000;

// A day: no call takes so long.
static const uint64_t MOST_REPORTED_NS = UINT64_C(86400000000000);

// So many threads may wait at the same moment for each processor, and so long for none.
enum { WAITERS = 4, UNSEEN_WAIT_NS = 2000000 };

// How long, so far, somebody on this machine waited for a processor: the mean over the
// processors that were in use. -1: the kernel does not tell.
static int64_t pressure_now_ns(void)
{
    char row[256] = "";
    int64_t total_us;
    FILE *file = fopen("/proc/pressure/cpu", "re");
    if (!file) return -1;
    const char *total = fgets(row, sizeof row, file) ? strstr(row, "total=") : NULL;
    fclose(file);
    return total && sscanf(total, "total=%" SCNd64, &total_us) == 1 ? total_us * 1000
                                                                    : -1;
}

static void usage_keep(pid_t process, pid_t thread, uint64_t run_ns,
                       uint64_t wait_ns, void *context)
{
    struct threads_seen *seen = context;
    if (seen->count < THREADS_SEEN)
        seen->thread[seen->count++] =
            (struct thread_usage){process, thread, run_ns, wait_ns};
}

// The clock of a process counts its threads that ended, and can be read from outside.
static void process_time_add(pid_t root, struct threads_seen *seen)
{
    static pid_t pids[THREADS_SEEN];
    unsigned count = tree_pids(root, pids, THREADS_SEEN);
    for (unsigned i = 0; i < count; i++) {
        clockid_t clock;
        struct timespec time;
        if (clock_getcpuclockid(pids[i], &clock) || clock_gettime(clock, &time) < 0)
            continue;
        seen->process_ns +=
            (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
    }
}

int64_t cost_reaped_ns(void)
{
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    return ((int64_t)usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000000 +
           ((int64_t)usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1000;
}

void threads_look(pid_t root, const struct cgroup *group, struct threads_seen *seen)
{
    seen->count = 0;
    seen->process_ns = 0;
    seen->group_ns = cgroup_cpu_ns(group);
    seen->pressure_ns = pressure_now_ns();
    process_time_add(root, seen);
    tree_threads_visit(root, usage_keep, seen);
}

static const struct thread_usage *usage_find(const struct threads_seen *seen,
                                             pid_t thread)
{
    for (unsigned i = 0; i < seen->count; i++)
        if (seen->thread[i].thread == thread) return &seen->thread[i];
    return NULL;
}

static void usage_add(struct threads_seen *all, const struct threads_seen *before,
                      struct thread_usage usage)
{
    if (all->count == THREADS_SEEN) return;
    const struct thread_usage *start = usage_find(before, usage.thread);
    if (start && start->run_ns <= usage.run_ns) usage.run_ns -= start->run_ns;
    if (start && start->wait_ns <= usage.wait_ns) usage.wait_ns -= start->wait_ns;
    all->thread[all->count++] = usage;
}

static uint64_t at_most(uint64_t number, uint64_t most)
{
    return number < most ? number : most;
}

// What a thread reported as it ended. The student's code can write there, too: no number is
// believed that is so large that sums would overflow.
static struct thread_usage reported_usage(const struct ended_threads *ended,
                                          uint32_t i)
{
    const struct ended_thread *thread = &ended->thread[i];
    return (struct thread_usage){thread->process, thread->thread,
                                 at_most(thread->run_ns, MOST_REPORTED_NS),
                                 at_most(thread->wait_ns, MOST_REPORTED_NS)};
}

// Every thread once: one that ends just now may be both seen and reported. False when there
// were too many to list.
static bool threads_union(struct threads_seen *all,
                          const struct threads_seen *before,
                          const struct threads_seen *after,
                          const struct ended_threads *ended)
{
    all->count = 0;
    for (unsigned i = 0; i < after->count; i++)
        usage_add(all, before, after->thread[i]);
    uint32_t reported = ended->count;
    bool is_whole = reported <= ENDED_LIMIT && after->count < THREADS_SEEN;
    if (reported > ENDED_LIMIT) reported = ENDED_LIMIT;
    for (uint32_t i = 0; i < reported; i++) {
        struct thread_usage usage = reported_usage(ended, i);
        if (!usage_find(after, usage.thread)) usage_add(all, before, usage);
    }
    return is_whole;
}

static int64_t capped_wait_ns(const struct thread_usage *usage)
{
    uint64_t most = WAIT_PER_RUN * usage->run_ns;
    return (int64_t)(usage->wait_ns < most ? usage->wait_ns : most);
}

static bool is_busy(const struct run_cost *cost, const struct thread_usage *usage)
{
    return usage->run_ns > 0 &&
           usage->run_ns >= (uint64_t)cost->longest_ns / BUSY_PART;
}

// Who worked, and how unequally long the workers waited.
static void busy_count(struct run_cost *cost, const struct threads_seen *all)
{
    int64_t least = INT64_MAX, most = 0;
    for (unsigned i = 0; i < all->count; i++) {
        const struct thread_usage *usage = &all->thread[i];
        if (!is_busy(cost, usage)) continue;
        int64_t wait_ns = capped_wait_ns(usage);
        if (wait_ns < least) least = wait_ns;
        if (wait_ns > most) most = wait_ns;
        cost->busy_threads++;
        bool is_new = true;
        for (unsigned k = 0; k < i && is_new; k++)
            is_new = all->thread[k].process != usage->process ||
                     !is_busy(cost, &all->thread[k]);
        cost->busy_processes += is_new;
    }
    cost->wait_spread_ns = most > least ? most - least : 0;
}

static bool process_lives(const struct threads_seen *seen, pid_t process)
{
    for (unsigned i = 0; i < seen->count; i++)
        if (seen->thread[i].process == process) return true;
    return false;
}

static int64_t greater(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

// A control group knows it exactly. Where there is none, the reports of processes that are gone
// count, though they come from the student's own code; what was reaped says when they are
// far too low.
static int64_t cpu_of(const struct threads_seen *before,
                      const struct threads_seen *after,
                      const struct ended_threads *ended, int64_t reaped_ns)
{
    int64_t by_clocks = (int64_t)after->process_ns - (int64_t)before->process_ns;
    bool has_group = before->group_ns >= 0 && after->group_ns >= 0;
    uint32_t count = ended->count < ENDED_LIMIT ? ended->count : ENDED_LIMIT;
    for (uint32_t i = 0; i < count && !has_group; i++)
        if (!process_lives(after, ended->thread[i].process))
            by_clocks += (int64_t)reported_usage(ended, i).run_ns;
    // The box's own start and end are among what was reaped.
    int64_t by_kernel = has_group ? after->group_ns - before->group_ns
                                  : reaped_ns - (int64_t)before->process_ns - BOX_NS;
    return greater(0, greater(by_clocks, by_kernel));
}

// Nobody can have waited longer than the whole machine did.
static int64_t believable_wait_ns(const struct threads_seen *before,
                                  const struct threads_seen *after, int64_t wait_ns)
{
    if (before->pressure_ns < 0 || after->pressure_ns < 0) return wait_ns;
    int64_t pressure_ns = after->pressure_ns - before->pressure_ns;
    int64_t most_ns = WAITERS * get_nprocs() * pressure_ns + UNSEEN_WAIT_NS;
    return wait_ns < most_ns ? wait_ns : most_ns;
}

void cost_weigh(struct run_cost *cost, const struct threads_seen *before,
                const struct threads_seen *after, const struct ended_threads *ended,
                int64_t reaped_ns)
{
    static struct threads_seen all;
    int64_t run_ns = 0, wait_ns = 0;
    bool is_whole = threads_union(&all, before, after, ended);
    *cost = (struct run_cost){.wall_ns = cost->wall_ns,
                              .in_flight = cost->in_flight,
                              .tasks = cost->tasks,
                              .cpu_ns = cpu_of(before, after, ended, reaped_ns)};
    for (unsigned i = 0; i < all.count; i++) {
        int64_t thread_ns = (int64_t)all.thread[i].run_ns;
        run_ns += thread_ns;
        wait_ns += capped_wait_ns(&all.thread[i]);
        cost->threads += thread_ns > 0;
        cost->longest_ns = greater(cost->longest_ns, thread_ns);
    }
    int64_t unseen_ns = cost->cpu_ns / 10 + (int64_t)all.count * ENDING_NS;
    bool is_covered = all.count > 0 && cost->cpu_ns - unseen_ns <= run_ns;
    bool is_known = is_whole && is_covered && run_ns <= cost->cpu_ns + unseen_ns;
    cost->wait_ns = is_known ? believable_wait_ns(before, after, wait_ns) : -1;
    busy_count(cost, &all);
}
