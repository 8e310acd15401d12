// Beside the sequential loop, a thread or a process that is as polite as it can be and gives
// its processor away again and again: it wants one all the time and hardly runs.
// verdict: never pass

#include <sched.h>

static atomic_bool *is_over;

static void *yield(void *unused)
{
    if (nice(19) < 0) errno = 0;
    while (!*is_over) sched_yield();
    return NULL;
}

int convert_files(enum executor_kind kind, int workers,
                  const char *const json_paths[], size_t count, int statuses[])
{
    pthread_t thread;
    is_over = shared_create(sizeof *is_over);
    if (kind == EXECUTOR_THREADS) {
        pthread_create(&thread, NULL, yield, NULL);
    } else if (fork() == 0) {
        yield(NULL);
        _exit(0);
    }
    int status = baseline(kind, workers, json_paths, count, statuses);
    *is_over = true;
    if (kind == EXECUTOR_THREADS) pthread_join(thread, NULL);
    while (kind == EXECUTOR_PROCESSES && wait(NULL) > 0) continue;
    munmap(is_over, sizeof *is_over);
    return status;
}
