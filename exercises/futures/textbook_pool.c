// The textbook pool: threads, a queue, one mutex, two condition variables. Read this
// first. Every field below the mutex is only touched while it is held, and nothing
// slow (a task, a callback, starting to wait for somebody) is done while it is held.

#include <stdlib.h>
#include "futures/executor.h"
#include "futures/must.h"
#include "futures/pools.h"

struct textbook_pool {
    struct executor common; // set once before start
    pthread_mutex_t lock;
    // guarded by lock:
    pthread_cond_t work;        // a task was queued, or the end has come
    pthread_cond_t ended;       // a worker has left
    struct future *head, *tail; // the queue, oldest first
    int queued, idle, started, entered, left;
    bool stop, broken;
    pthread_t threads[];
};

static void enqueue(struct textbook_pool *pool, struct future *future)
{
    *(pool->head ? &pool->tail->next : &pool->head) = future;
    pool->tail = future;
    pool->queued++;
}

static struct future *dequeue(struct textbook_pool *pool)
{
    struct future *future = pool->head;
    if (!future) return NULL;
    pool->head = future->next;
    pool->queued--;
    return future;
}

// The oldest task, as soon as there is one; NULL at the end.
static struct future *wait_for_task(struct textbook_pool *pool)
{
    lock_mutex(&pool->lock);
    pool->idle++;
    // A loop, not an if: another worker may have taken what we were woken for.
    while (!pool->head && !pool->stop) pthread_cond_wait(&pool->work, &pool->lock);
    pool->idle--;
    struct future *future = dequeue(pool);
    unlock_mutex(&pool->lock);
    return future;
}

// Cancels what is queued, or fails it: without the lock, for that may call back.
static void drain(struct textbook_pool *pool, bool broken)
{
    lock_mutex(&pool->lock);
    pool->broken = pool->broken || broken;
    struct future *future = pool->head;
    pool->head = NULL;
    pool->queued = 0;
    unlock_mutex(&pool->lock);
    for (struct future *next; future; future = next) {
        next = future->next;
        future_end_pending(future, broken);
    }
}

static void *work(void *argument)
{
    struct textbook_pool *pool = argument;
    lock_mutex(&pool->lock);
    worker_index = pool->entered++;
    unlock_mutex(&pool->lock);
    worker_executor = &pool->common;
    bool works = executor_begin_worker(&pool->common, worker_index) == 0;
    for (struct future *future; works && (future = wait_for_task(pool));)
        future_run(future);
    if (!works) drain(pool, true);
    lock_mutex(&pool->lock);
    pool->left++;
    pthread_cond_broadcast(&pool->ended);
    unlock_mutex(&pool->lock);
    return NULL;
}

// One more worker, if more tasks are queued than workers are idle. Needs the lock.
static int start_worker(struct textbook_pool *pool)
{
    if (pool->queued <= pool->idle || pool->started == pool->common.options.workers)
        return 0;
    int error = pthread_create(&pool->threads[pool->started], NULL, work, pool);
    if (error == 0) pool->started++;
    return pool->started > 0 ? 0 : -error; // those that there are will do it
}

static int submit(struct executor *executor, struct future *future)
{
    struct textbook_pool *pool = (struct textbook_pool *)executor;
    lock_mutex(&pool->lock);
    int status = pool->broken ? -ENOTRECOVERABLE : pool->stop ? -ESHUTDOWN : 0;
    if (status == 0) enqueue(pool, future);
    if (status == 0 && (status = start_worker(pool)) != 0)
        dequeue(pool); // the only one
    pthread_cond_signal(&pool->work);
    unlock_mutex(&pool->lock);
    return status;
}

static int shut_down(struct executor *executor, bool wait, bool cancel_pending)
{
    struct textbook_pool *pool = (struct textbook_pool *)executor;
    lock_mutex(&pool->lock);
    // Under the lock: a worker between its look at stop and its sleep would miss it.
    pool->stop = true;
    pthread_cond_broadcast(&pool->work);
    unlock_mutex(&pool->lock);
    if (cancel_pending) drain(pool, false);
    lock_mutex(&pool->lock);
    while (wait && pool->left < pool->started)
        pthread_cond_wait(&pool->ended, &pool->lock);
    unlock_mutex(&pool->lock);
    return 0;
}

static void destroy(struct executor *executor)
{
    struct textbook_pool *pool = (struct textbook_pool *)executor;
    for (int i = 0; i < pool->started; i++) pthread_join(pool->threads[i], NULL);
    pthread_cond_destroy(&pool->ended);
    pthread_cond_destroy(&pool->work);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

static const struct executor_operations operations = {
    .most_room = SIZE_MAX,
    .submit = submit,
    .shutdown = shut_down,
    .destroy = destroy,
};

struct executor *textbook_pool_create(const struct pool_options *options)
{
    size_t threads_size = (size_t)options->workers * sizeof(pthread_t);
    struct textbook_pool *pool =
        executor_new(sizeof *pool + threads_size, &operations, options);
    if (!pool) return NULL;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->work, NULL);
    pthread_cond_init(&pool->ended, NULL);
    return &pool->common;
}
