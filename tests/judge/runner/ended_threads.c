// Every thread and every process worker of the runner writes down, as its last act, how long
// it ran and waited: the kernel forgets a thread's run-queue wait when the thread ends. The
// page is shared with the judge and inherited by forked workers. pthread_create, thrd_create,
// _exit and _Exit are wrapped at link time (-Wl,--wrap); exit calls what atexit was told.

#include "judge/runner/page.h"
#include "judge/runner/shake.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

typedef void *thread_fn(void *);

int __real_pthread_create(pthread_t *, const pthread_attr_t *, thread_fn *, void *);
_Noreturn void __real__exit(int status);

static struct ended_threads *ended; // set once, before main

struct thread_start {
    thread_fn *function;
    void *argument;
    bool is_worker; // of one of our pools
};

// What this thread was started with, where it is a worker of one of our pools. Workers start
// one another, and a pool that has one goes on without those that it cannot have.
static _Thread_local thread_fn *worker_function;

static void ended_report(void *unused)
{
    if (!ended) return;
    char text[96];
    int fd = open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
    if (fd < 0) return;
    ssize_t size = read(fd, text, sizeof text - 1);
    close(fd);
    if (size <= 0) return;
    text[size] = '\0';
    unsigned long long wait_ns;
    struct timespec run;
    if (sscanf(text, "%*u %llu", &wait_ns) != 1) return;
    // The file's own figure may be a timer tick old, and most of a short thread's life.
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &run);
    uint64_t run_ns = (uint64_t)run.tv_sec * 1000000000 + (uint64_t)run.tv_nsec;
    uint32_t place = ended->count++;
    if (place < ENDED_LIMIT)
        ended->thread[place] =
            (struct ended_thread){getpid(), gettid(), run_ns, wait_ns};
}

static void exit_report(void)
{
    ended_report(NULL);
}

__attribute__((constructor)) static void ended_start(void)
{
    struct runner_page *page = runner_page();
    if (page) ended = &page->ended;
    atexit(exit_report);
}

static void *thread_main(void *argument)
{
    struct thread_start start = *(struct thread_start *)argument;
    free(argument);
    if (start.is_worker) worker_function = start.function;
    shake();
    void *result;
    pthread_cleanup_push(ended_report, NULL);
    result = start.function(start.argument);
    pthread_cleanup_pop(1);
    return result;
}

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          thread_fn *function, void *argument);
int __wrap_thrd_create(thrd_t *thread, thrd_start_t function, void *argument);
_Noreturn void __wrap__exit(int status);
_Noreturn void __wrap__Exit(int status);

int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
                          thread_fn *function, void *argument)
{
    bool is_next = worker_function && function == worker_function;
    if (is_next && shake_refuses()) return EAGAIN;
    struct thread_start *start = malloc(sizeof *start);
    if (!start) return EAGAIN;
    *start =
        (struct thread_start){function, argument, is_next || shake_is_in_executor()};
    shake();
    int error = __real_pthread_create(thread, attributes, thread_main, start);
    if (error) free(start);
    return error;
}

struct thrd_call {
    thrd_start_t function;
    void *argument;
};

static void *thrd_main(void *argument)
{
    struct thrd_call call = *(struct thrd_call *)argument;
    free(argument);
    return (void *)(intptr_t)call.function(call.argument);
}

// C11's threads are pthreads with another type of function.
int __wrap_thrd_create(thrd_t *thread, thrd_start_t function, void *argument)
{
    struct thrd_call *call = malloc(sizeof *call);
    if (!call) return thrd_nomem;
    *call = (struct thrd_call){function, argument};
    if (__wrap_pthread_create(thread, NULL, thrd_main, call) == 0)
        return thrd_success;
    free(call);
    return thrd_error;
}

_Noreturn void __wrap__exit(int status)
{
    ended_report(NULL);
    __real__exit(status);
}

_Noreturn void __wrap__Exit(int status)
{
    __wrap__exit(status);
}
