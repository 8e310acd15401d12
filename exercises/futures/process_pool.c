// The process pool's beginning, its queue's entrance, and its end. The lock is never held while
// something is waited for or called back, and no other process ever takes it.

#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>
#include "futures/must.h"
#include "futures/pools.h"
#include "futures/process_queue.h"
#include "futures/spin.h"

static void release(struct executor *executor)
{
    struct process_pool *pool = process_pool_of(executor);
    if (atomic_fetch_sub(&pool->references, 1) != 1) return;
    munmap(pool->slots, sizeof *pool->slots);
    pthread_cond_destroy(&pool->ended_condition);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

// ---- submit

// Into a slot, or where there is none into the backlog. Needs the lock.
static int enqueue(struct process_pool *pool, struct future *future,
                   struct finished *finished)
{
    int status = pool->backlog ? -EAGAIN : process_place(pool, future);
    if (status == -EAGAIN && !pool->backlog) {
        process_collect_unwatched(pool, finished);
        status = process_place(pool, future);
    }
    if (status != -EAGAIN) return status;
    bool first = !pool->backlog;
    future->next = NULL;
    *pool->backlog_end = future;
    pool->backlog_end = &future->next;
    if (first) process_call_for_refill(pool);
    return 0;
}

static int submit(struct executor *executor, struct future *future)
{
    struct process_pool *pool = process_pool_of(executor);
    struct finished finished;
    process_finished_init(&finished);
    future->remote = true;
    atomic_fetch_add(&pool->references, 1);
    lock_mutex(&pool->lock);
    bool broken = pool->broken || atomic_load(&pool->slots->broken);
    int status = broken ? -ENOTRECOVERABLE : pool->stop ? -ESHUTDOWN : 0;
    if (status == 0) status = enqueue(pool, future, &finished);
    unlock_mutex(&pool->lock);
    if (status == 0) slots_call_worker(pool->slots);
    process_finish(&finished);
    return status;
}

// ---- the end

static int shut_down(struct executor *executor, bool wait_for_end,
                     bool cancel_pending)
{
    struct process_pool *pool = process_pool_of(executor);
    struct finished finished;
    process_finished_init(&finished);
    lock_mutex(&pool->lock);
    pool->stop = true;
    if (cancel_pending) process_cancel_pending(pool, NULL, &finished);
    unlock_mutex(&pool->lock);
    process_finish(&finished);
    slots_call_keeper(pool->slots);
    lock_mutex(&pool->lock);
    while (wait_for_end && !pool->ended)
        pthread_cond_wait(&pool->ended_condition, &pool->lock);
    unlock_mutex(&pool->lock);
    return 0;
}

static void close_files(struct process_pool *pool)
{
    if (pool->slots->keeper_event >= 0) close(pool->slots->keeper_event);
    if (pool->slots->server_event >= 0) close(pool->slots->server_event);
    if (pool->server_pidfd >= 0) close(pool->server_pidfd);
    arena_close(&pool->slots->arena);
}

static void destroy(struct executor *executor)
{
    struct process_pool *pool = process_pool_of(executor);
    MUST(pthread_join(pool->keeper, NULL));
    close_files(pool);
    release(executor);
}

// ---- the beginning

static const struct executor_operations operations = {
    .most_room = SLOT_BYTES,
    .submit = submit,
    .shutdown = shut_down,
    .destroy = destroy,
    .wait = process_future_wait,
    .state = process_future_state,
    .cancel = process_future_cancel,
    .watch = process_future_watch,
    .forget = release,
    .help = process_future_help,
};

static struct process_pool *allocate(const struct pool_options *options)
{
    struct process_pool *pool = executor_new(sizeof *pool, &operations, options);
    if (!pool) return NULL;
    pool->slots = mmap(NULL, sizeof *pool->slots, PROT_READ | PROT_WRITE,
                       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (pool->slots == MAP_FAILED) {
        free(pool);
        return NULL;
    }
    pool->slots->options = pool->common.options;
    pool->slots->keeper_event = pool->slots->server_event = pool->slots->arena.file =
        -1;
    pool->server_pidfd = -1;
    pool->references = 1;
    pool->backlog_end = &pool->backlog;
    MUST(pthread_mutex_init(&pool->lock, NULL));
    MUST(pthread_cond_init(&pool->ended_condition, NULL));
    return pool;
}

static int open_files(struct process_pool *pool)
{
    struct slots *slots = pool->slots;
    slots->keeper_event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    slots->server_event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (slots->keeper_event < 0 || slots->server_event < 0) return -errno;
    return arena_init(&slots->arena);
}

// Forks the server, which holds a pidfd of this process: it ends when this one does.
static int start_server(struct process_pool *pool)
{
    int parent_pidfd = pidfd_open(getpid(), 0);
    if (parent_pidfd < 0) return -errno;
    pool->server = fork();
    if (pool->server == 0) fork_server_run(&pool->common, pool->slots, parent_pidfd);
    int status = pool->server < 0 ? -errno : 0;
    close(parent_pidfd);
    if (status != 0) return status;
    pool->server_pidfd = pidfd_open(pool->server, 0);
    status = pool->server_pidfd < 0 ? -errno : 0;
    if (status == 0)
        status = -pthread_create(&pool->keeper, NULL, process_keeper_run, pool);
    if (status == 0) return 0;
    atomic_store(&pool->slots->broken, true);
    slots_call_server(pool->slots);
    waitpid(pool->server, NULL, 0);
    return status;
}

struct executor *process_pool_create(const struct pool_options *options)
{
    struct process_pool *pool = allocate(options);
    if (!pool) return NULL;
    int status = open_files(pool);
    if (status == 0) {
        spin_turns(0); // measured here once, and not by each worker
        status = start_server(pool);
    }
    if (status == 0) return &pool->common;
    close_files(pool);
    release(&pool->common);
    errno = -status;
    return NULL;
}
