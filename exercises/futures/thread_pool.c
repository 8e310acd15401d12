// The fast thread pool. Its one rule: no system call while somebody is awake to do the
// work. At most one idle worker spins; a sleeper is woken only when nobody spins, and
// the woken one wakes the next if there is more to do.

#include <semaphore.h>
#include <stdlib.h>
#include "futures/executor.h"
#include "futures/must.h"
#include "futures/pools.h"
#include "futures/spin.h"
#include "futures/thread_queue.h"

enum { PACE_US = 4 };

struct thread_pool {
    // set once before start:
    struct executor common;
    int spins, pace;
    // any thread:
    _Alignas(64) _Atomic int spinners; // look for work, or were called to
    _Atomic int sleepers;              // sleep on `called`, and were not called yet
    _Atomic bool stop;
    _Atomic bool broken;
    _Atomic int started, entered;
    sem_t called;
    struct thread_queue queue;
    // guarded by start_lock:
    pthread_mutex_t start_lock;
    pthread_cond_t ended; // a worker has left
    int left;
    pthread_t threads[];
};

static struct thread_pool *pool_of(struct executor *executor)
{
    return (struct thread_pool *)executor;
}

// ---- workers: work, spin, sleep

static void *work(void *argument);

// One more worker thread, if there may be one. 0 or the negative error of pthread_create.
static int start_worker(struct thread_pool *pool)
{
    int status = 0;
    lock_mutex(&pool->start_lock);
    int started = atomic_load(&pool->started);
    bool is_over = atomic_load(&pool->stop) && !thread_queue_has_work(&pool->queue);
    if (started < pool->common.options.workers && !is_over) {
        atomic_fetch_add(&pool->spinners, 1);
        status = -pthread_create(&pool->threads[started], NULL, work, pool);
        if (status == 0)
            atomic_store(&pool->started, started + 1);
        else
            atomic_fetch_sub(&pool->spinners, 1);
    }
    unlock_mutex(&pool->start_lock);
    return status;
}

// Gets one more worker to look for work. It counts as a spinner from here on, so that the next
// submit does not call another.
static void call_worker(struct thread_pool *pool)
{
    int sleepers = atomic_load(&pool->sleepers);
    while (sleepers > 0) {
        if (!atomic_compare_exchange_weak(&pool->sleepers, &sleepers, sleepers - 1))
            continue;
        atomic_fetch_add(&pool->spinners, 1);
        sem_post(&pool->called);
        return;
    }
    if (atomic_load_explicit(&pool->started, memory_order_relaxed) <
        pool->common.options.workers)
        start_worker(pool);
}

static void wake_all(struct thread_pool *pool)
{
    // A thread that is being started is counted, or sees stop.
    lock_mutex(&pool->start_lock);
    int started = atomic_load(&pool->started);
    unlock_mutex(&pool->start_lock);
    atomic_fetch_add(&pool->spinners, started);
    for (int i = 0; i < started; i++) sem_post(&pool->called);
}

static struct future *look_around(struct thread_pool *pool)
{
    spin_pace(pool->pace);
    int turns = atomic_load(&pool->spinners) > 1 ? 1 : pool->spins + 1;
    for (; turns > 0; turns--) {
        struct future *future = thread_queue_has_work(&pool->queue)
                                    ? thread_queue_take(&pool->queue)
                                    : NULL;
        if (future) return future;
        spin_pause();
    }
    return NULL;
}

// Called as a spinner; returns as none. NULL: the end has come.
static struct future *find_work(struct thread_pool *pool)
{
    for (;;) {
        struct future *future = look_around(pool);
        bool alone = atomic_fetch_sub(&pool->spinners, 1) == 1;
        if (future && alone && thread_queue_has_work(&pool->queue))
            call_worker(pool);
        if (future) return future;
        if (atomic_load(&pool->stop) && !thread_queue_has_work(&pool->queue))
            return NULL;
        atomic_fetch_sub(&workers_awake, 1);
        atomic_fetch_add(&pool->sleepers, 1);
        // Said first, looked second: whoever brings work in between finds a sleeper, or we find
        // the work.
        if (thread_queue_has_work(&pool->queue) || atomic_load(&pool->stop))
            call_worker(pool);
        while (sem_wait(&pool->called) != 0) {
        }
        atomic_fetch_add(&workers_awake, 1);
    }
}

static void drain(struct thread_pool *pool, bool broken)
{
    for (struct future *future; (future = thread_queue_take(&pool->queue));)
        future_end_pending(future, broken);
}

static void stop(struct thread_pool *pool)
{
    thread_queue_shut(&pool->queue);
    atomic_store(&pool->stop, true);
    wake_all(pool);
}

static void enter(struct thread_pool *pool)
{
    worker_index = atomic_fetch_add(&pool->entered, 1);
    worker_executor = &pool->common;
    atomic_fetch_add(&workers_awake, 1);
}

static void leave(struct thread_pool *pool)
{
    atomic_fetch_sub(&workers_awake, 1);
    lock_mutex(&pool->start_lock);
    pool->left++;
    pthread_cond_broadcast(&pool->ended);
    unlock_mutex(&pool->start_lock);
}

static void *work(void *argument)
{
    struct thread_pool *pool = argument;
    enter(pool);
    if (executor_begin_worker(&pool->common, worker_index) != 0) {
        atomic_store(&pool->broken, true);
        stop(pool);
        drain(pool, true);
        leave(pool);
        return NULL;
    }
    for (struct future *future = find_work(pool); future;) {
        future_run(future);
        future = thread_queue_take(&pool->queue);
        if (future) continue;
        atomic_fetch_add(&pool->spinners, 1);
        future = find_work(pool);
    }
    leave(pool);
    return NULL;
}

// ---- the operations

// A thread that a busy worker starts is put on that worker's processor and waits there, for
// a millisecond or two, beside another that is idle. So whoever submits starts the next one,
// before those that are being started get to it.
static bool is_starting(struct thread_pool *pool)
{
    return atomic_load_explicit(&pool->entered, memory_order_relaxed) <
           atomic_load_explicit(&pool->started, memory_order_relaxed);
}

static int submit(struct executor *executor, struct future *future)
{
    struct thread_pool *pool = pool_of(executor);
    bool is_first = atomic_load_explicit(&pool->started, memory_order_relaxed) == 0;
    bool is_burst = !is_first && is_starting(pool);
    if (is_first) {
        int status = start_worker(pool); // without one, the task would never run
        if (status != 0) return status;
    }
    int status = thread_queue_push(&pool->queue, future);
    if (status == -ESHUTDOWN && atomic_load(&pool->broken))
        status = -ENOTRECOVERABLE;
    if (status == 0 && (is_burst || atomic_load(&pool->spinners) == 0))
        call_worker(pool);
    return status;
}

static int shut_down(struct executor *executor, bool wait, bool cancel_pending)
{
    struct thread_pool *pool = pool_of(executor);
    if (!atomic_load(&pool->stop)) stop(pool);
    if (cancel_pending) drain(pool, false);
    // Workers start one another, and stop doing so now: those that are missing start here.
    while (thread_queue_has_work(&pool->queue) &&
           atomic_load(&pool->started) < pool->common.options.workers)
        if (start_worker(pool) != 0) break;
    lock_mutex(&pool->start_lock);
    while (wait && pool->left < atomic_load(&pool->started))
        pthread_cond_wait(&pool->ended, &pool->start_lock);
    unlock_mutex(&pool->start_lock);
    return 0;
}

static void destroy(struct executor *executor)
{
    struct thread_pool *pool = pool_of(executor);
    for (int i = 0; i < pool->started; i++)
        MUST(pthread_join(pool->threads[i], NULL));
    pthread_cond_destroy(&pool->ended);
    pthread_mutex_destroy(&pool->start_lock);
    sem_destroy(&pool->called);
    thread_queue_close(&pool->queue);
    free(pool);
}

static const struct executor_operations operations = {
    .most_room = SIZE_MAX,
    .submit = submit,
    .shutdown = shut_down,
    .destroy = destroy,
};

struct executor *thread_pool_create(const struct pool_options *options)
{
    size_t threads_size = (size_t)options->workers * sizeof(pthread_t);
    struct thread_pool *pool =
        executor_new(sizeof *pool + threads_size, &operations, options);
    if (!pool) return NULL;
    if (thread_queue_init(&pool->queue) != 0) {
        free(pool);
        errno = ENOMEM;
        return NULL;
    }
    pool->spins = spin_turns(options->spin_us);
    pool->pace = pool->spins > 0 ? spin_turns(PACE_US) : 0;
    MUST(pthread_mutex_init(&pool->start_lock, NULL));
    MUST(pthread_cond_init(&pool->ended, NULL));
    MUST(sem_init(&pool->called, 0, 0) == 0 ? 0 : errno);
    return &pool->common;
}
