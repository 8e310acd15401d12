// Runs 7.1 by hand: shows the states of a future, then computes the table with slow
// calls of a second each, prints it and the time taken.
//
// The calls count themselves in shared memory, where process workers can be counted
// too.

#include "submit.h"
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include "run/clock.h"
#include "run/options.h"
#include "run/progress.h"

enum { DEMONSTRATION_MS = 300, CALL_MS = 1000, MAX_DEFAULT_WORKERS = 64 };

// Set once before the executors are created, and so known to process workers.
static int delay_ms;
static atomic_size_t *ended_calls;

static void sleep_ms(int ms)
{
    struct timespec left = {ms / 1000, ms % 1000 * 1000000L};
    while (nanosleep(&left, &left) && errno == EINTR) continue;
}

int slow_add(int x, int y)
{
    sleep_ms(delay_ms);
    atomic_fetch_add(ended_calls, 1);
    return x + y;
}

int slow_sub(int x, int y)
{
    sleep_ms(delay_ms);
    atomic_fetch_add(ended_calls, 1);
    return x - y;
}

static int add_one_and_two(const void *args, void *result)
{
    *(int *)result = slow_add(1, 2);
    return 0;
}

static const char *state_of(struct future *future)
{
    if (future_is_done(future)) return "finished";
    return future_is_running(future) ? "running" : "pending";
}

// The only worker is busy with the first call, so the second has to wait for its
// turn.
static void watch_second(struct future *first, struct future *second)
{
    printf("future: %s\n", state_of(second));
    future_result(first, NULL, -1);
    while (!future_is_running(second) && !future_is_done(second)) sleep_ms(1);
    printf("future: %s\n", state_of(second));
    int sum = 0;
    int status = future_result(second, &sum, -1);
    printf("future: %s, slow_add(1, 2) is %d\n", state_of(second),
           status ? status : sum);
}

static int show_states(enum executor_kind kind)
{
    delay_ms = DEMONSTRATION_MS;
    struct executor *executor =
        executor_create(kind, &(struct pool_options){.workers = 1});
    if (!executor) return -errno;
    int status = 0;
    struct future *first =
        executor_submit(executor, add_one_and_two, NULL, 0, sizeof(int));
    struct future *second =
        first ? executor_submit(executor, add_one_and_two, NULL, 0, sizeof(int))
              : NULL;
    if (second)
        watch_second(first, second);
    else
        status = -errno;
    future_free(second);
    future_free(first);
    executor_destroy(executor);
    return status;
}

static size_t count_ended(const void *counter)
{
    return atomic_load((const atomic_size_t *)counter);
}

static int compute_table(const struct run_options *options, int results[],
                         size_t count)
{
    // Calls that wait need no CPU: by default there is a worker for each.
    int most = count < MAX_DEFAULT_WORKERS ? (int)count : MAX_DEFAULT_WORKERS;
    int workers = options->workers ? options->workers : most;
    delay_ms = CALL_MS;
    atomic_store(ended_calls, 0);
    struct progress progress;
    progress_start(&progress, "calls", count, count_ended, ended_calls);
    double begin = clock_seconds();
    int status = submit_table(options->kind, workers, options->n, results);
    double seconds = clock_seconds() - begin;
    progress_stop(&progress);
    if (status) return status;
    printf("table:");
    for (size_t k = 0; k < count; k++) printf(" %d", results[k]);
    printf("\n%zu calls of %d s in %.3f s (%s, workers: %d)\n", count,
           CALL_MS / 1000, seconds, options->executor_name, workers);
    return 0;
}

static int say_failure(const char *call, int status)
{
    fprintf(stderr, "%s returned %d: %s.\n", call, status, strerror(abs(status)));
    return EXIT_FAILURE;
}

int main(int argc, char *argv[])
{
    struct run_options options;
    if (!run_options_parse(&options, argc, argv)) return 2;
    ended_calls = mmap(NULL, sizeof *ended_calls, PROT_READ | PROT_WRITE,
                       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (ended_calls == MAP_FAILED) return say_failure("mmap", -errno);
    size_t count = (size_t)options.n * (size_t)(options.n - 1);
    int *results = calloc(count, sizeof *results);
    if (!results) return say_failure("calloc", -ENOMEM);
    int status = show_states(options.kind);
    const char *call = "The executor of the first three lines";
    if (!status) {
        call = "submit_table";
        status = compute_table(&options, results, count);
    }
    free(results);
    return status ? say_failure(call, status) : EXIT_SUCCESS;
}
