// Ours: the same tasks as the peers', with results collected and checked.

#include "subjects.h"
#include <errno.h>
#include <signal.h>
#include "bench/bench.h"
#include "futures/trace.h"

struct job {
    enum order_kind kind;
    int turns;
    uint64_t value;
};

static struct future *futures[ORDER_MOST];
static struct job jobs[ORDER_MOST];
static uint64_t results[ORDER_MOST];

static int run_job(const void *args, void *result)
{
    const struct job *job = args;
    *(uint64_t *)result = order_task(job->kind, job->value, job->turns);
    return 0;
}

void subject_open(struct subject *subject, const char *name, enum executor_kind kind,
                  int workers, bool traced)
{
    subject->name = name;
    subject->trace = traced ? trace_create(ORDER_MOST) : NULL;
    struct pool_options options = {.workers = workers, .trace = subject->trace};
    subject->executor = executor_create(kind, &options);
    if (!subject->executor || (traced && !subject->trace)) bench_die("no %s", name);
}

void subject_close(struct subject *subject)
{
    executor_destroy(subject->executor);
    trace_destroy(subject->trace);
}

static void submit_all(struct subject *subject, enum order_kind kind, int count,
                       int turns)
{
    for (int i = 0; i < count; i++) {
        struct job job = {kind, turns, (uint64_t)i};
        futures[i] = executor_submit(subject->executor, run_job, &job, sizeof job,
                                     sizeof(uint64_t));
        if (!futures[i]) bench_die("%s: a task was refused", subject->name);
    }
}

static void collect_all(struct subject *subject, enum order_kind kind, int count)
{
    uint64_t sum = 0;
    for (int i = 0; i < count; i++) {
        uint64_t value;
        if (future_result(futures[i], &value, -1) != 0)
            bench_die("%s: a task failed", subject->name);
        sum += value;
        future_free(futures[i]);
    }
    if (kind != ORDER_BURN && sum != (uint64_t)count * ((uint64_t)count - 1) / 2)
        bench_die("%s: wrong results", subject->name);
}

double subject_batch(struct subject *subject, enum order_kind kind, int count,
                     int turns)
{
    double begin = order_now_s();
    submit_all(subject, kind, count, turns);
    futures_wait(futures, (size_t)count, FUTURES_ALL_COMPLETED, -1);
    collect_all(subject, kind, count);
    return order_now_s() - begin;
}

double subject_one_by_one(struct subject *subject, enum order_kind kind, int count,
                          int turns)
{
    double begin = order_now_s();
    submit_all(subject, kind, count, turns);
    collect_all(subject, kind, count);
    return order_now_s() - begin;
}

double subject_map(struct subject *subject, enum order_kind kind, int count,
                   int turns)
{
    for (int i = 0; i < count; i++) jobs[i] = (struct job){kind, turns, (uint64_t)i};
    double begin = order_now_s();
    if (executor_map(subject->executor, run_job, jobs, sizeof *jobs, results,
                     sizeof *results, (size_t)count, NULL, NULL) != 0)
        bench_die("%s: map failed", subject->name);
    return order_now_s() - begin;
}

double subject_trips(struct subject *subject, enum order_kind kind, int count)
{
    static double seconds[ORDER_MOST];
    for (int i = 0; i < count; i++) {
        if (kind == ORDER_IDLE) usleep(IDLE_US);
        seconds[i] = subject_one_by_one(subject, kind, 1, 0);
    }
    return bench_median(seconds, (size_t)count);
}

static int tell_and_stay(const void *args, void *result)
{
    int pid = getpid();
    if (write(*(const int *)args, &pid, sizeof pid) < 0) return -EIO;
    for (;;) pause();
}

double subject_crash(struct subject *subject, int count)
{
    double seconds[100];
    int pipes[2];
    if (pipe(pipes) < 0) bench_die("no pipe");
    struct subject own; // the workers must have been forked after the pipe was made
    subject_open(&own, subject->name, EXECUTOR_PROCESSES, 2, false);
    for (int i = 0; i < count && i < 100; i++) {
        int pid = 0;
        struct future *future =
            executor_submit(own.executor, tell_and_stay, &pipes[1], sizeof(int), 0);
        if (read(pipes[0], &pid, sizeof pid) != sizeof pid) bench_die("no worker");
        double begin = order_now_s();
        kill(pid, SIGKILL);
        if (future_result(future, NULL, -1) != -ECHILD)
            bench_die("a kill was not seen");
        seconds[i] = order_now_s() - begin;
        future_free(future);
    }
    subject_close(&own);
    close(pipes[0]);
    close(pipes[1]);
    return bench_median(seconds, (size_t)count);
}

// User and system time of a process so far, in clock ticks.
static long ticks_of(int pid)
{
    char path[64], text[1024];
    long user = 0, system = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "re");
    if (!file) return 0;
    size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = '\0';
    const char *end = strrchr(text, ')');
    if (end)
        sscanf(end, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld", &user,
               &system);
    return user + system;
}

// Of this process and all that come from it.
static long ticks_below(int pid)
{
    char path[64];
    long ticks = ticks_of(pid);
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", pid, pid);
    FILE *file = fopen(path, "re");
    for (int child; file && fscanf(file, "%d", &child) == 1;)
        ticks += ticks_below(child);
    if (file) fclose(file);
    return ticks;
}

double subject_idle_cpu(int idle_s)
{
    long before = ticks_below(getpid());
    sleep((unsigned)idle_s);
    return (double)(ticks_below(getpid()) - before) / (double)sysconf(_SC_CLK_TCK);
}
