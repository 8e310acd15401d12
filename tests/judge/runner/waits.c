// What the student's code waits for, written on the board that the judge reads when a call
// does not come back. The futures' calls are wrapped at link time (-Wl,--wrap); a submitted
// task, and so every item of a map, carries its number in front of its arguments.

#include "futures/futures.h"
#include "judge/runner/page.h"
#include "judge/runner/shake.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct future *__real_executor_submit(struct executor *, task_fn *, const void *,
                                      size_t, size_t);
int __real_executor_map(struct executor *, task_fn *, const void *, size_t, void *,
                        size_t, size_t, int *, const struct map_options *);
int __real_executor_shutdown(struct executor *, bool, bool);
void __real_executor_destroy(struct executor *);
int __real_future_result(struct future *, void *, int);
int __real_futures_wait(struct future *const[], size_t, enum futures_when, int);

// 16 bytes, so that what follows is aligned as the library promises.
struct numbered {
    _Alignas(16) task_fn *task;
    uint64_t number;
};

static _Thread_local int tasks_inside; // how deep this thread is in tasks

// ---- waits

// A forked child has its parent's thread-local memory, but an entry is one thread's.
static struct wait_entry *own_entry(void)
{
    static _Thread_local struct wait_entry *entry;
    static _Thread_local pid_t owner;
    struct runner_page *page = runner_page();
    if (!page) return NULL;
    pid_t thread = gettid();
    if (owner != thread) {
        uint32_t place = page->board.entries++;
        entry = place < WAITS_LIMIT ? &page->board.entry[place] : NULL;
        owner = thread;
    }
    return entry;
}

// Waits nest where one call is made of others: the outermost is the one to tell.
static struct wait_entry *wait_begin(enum wait_kind kind, const void *future)
{
    struct wait_entry *entry = own_entry();
    if (!entry || entry->thread) return NULL;
    entry->kind = kind;
    entry->is_in_task = tasks_inside > 0;
    entry->future = future;
    entry->thread = gettid();
    return entry;
}

static void wait_end(struct wait_entry *entry)
{
    if (entry) entry->thread = 0;
}

// ---- tasks

static void state_set(uint64_t number, enum task_state state)
{
    struct runner_page *page = runner_page();
    if (page && number < FUTURES_LIMIT) page->board.state[number] = (uint8_t)state;
}

static int numbered_run(const void *args, void *result)
{
    const struct numbered *numbered = args;
    state_set(numbered->number, TASK_RUNNING);
    shake();
    tasks_inside++;
    int status = numbered->task(numbered + 1, result);
    tasks_inside--;
    shake();
    state_set(numbered->number, TASK_ENDED);
    return status;
}

struct future *__wrap_executor_submit(struct executor *executor, task_fn *task,
                                      const void *args, size_t args_size,
                                      size_t result_size);
int __wrap_executor_map(struct executor *executor, task_fn *task, const void *args,
                        size_t args_size, void *results, size_t result_size,
                        size_t count, int *errors,
                        const struct map_options *options);
int __wrap_executor_shutdown(struct executor *executor, bool wait,
                             bool cancel_pending);
void __wrap_executor_destroy(struct executor *executor);
int __wrap_future_result(struct future *future, void *result, int timeout_ms);
int __wrap_futures_wait(struct future *const futures[], size_t count,
                        enum futures_when when, int timeout_ms);

struct future *__wrap_executor_submit(struct executor *executor, task_fn *task,
                                      const void *args, size_t args_size,
                                      size_t result_size)
{
    struct runner_page *page = runner_page();
    if (!page || !task)
        return __real_executor_submit(executor, task, args, args_size, result_size);
    struct numbered *numbered = malloc(sizeof *numbered + args_size);
    if (!numbered) {
        errno = ENOMEM;
        return NULL;
    }
    numbered->task = task;
    numbered->number = page->board.submitted++;
    if (args_size) memcpy(numbered + 1, args, args_size);
    shake_enter_executor();
    struct future *future = __real_executor_submit(
        executor, numbered_run, numbered, sizeof *numbered + args_size, result_size);
    int error = errno;
    shake_leave_executor();
    shake();
    if (numbered->number < FUTURES_LIMIT)
        page->board.future[numbered->number] = future;
    free(numbered);
    errno = error;
    return future;
}

// A map's items with their numbers; the size of one in *size. NULL: there is no memory.
static void *items_number(struct runner_page *page, task_fn *task, const char *args,
                          size_t args_size, size_t count, size_t *size)
{
    size_t align = _Alignof(struct numbered);
    *size = sizeof(struct numbered) + (args_size + align - 1) / align * align;
    char *items = calloc(count, *size);
    if (!items) return NULL;
    uint32_t number = (page->board.submitted += (uint32_t)count) - (uint32_t)count;
    for (size_t i = 0; i < count; i++) {
        struct numbered *item = (struct numbered *)(items + i * *size);
        *item = (struct numbered){task, number + i};
        if (args_size) memcpy(item + 1, args + i * args_size, args_size);
    }
    return items;
}

int __wrap_executor_map(struct executor *executor, task_fn *task, const void *args,
                        size_t args_size, void *results, size_t result_size,
                        size_t count, int *errors, const struct map_options *options)
{
    struct runner_page *page = runner_page();
    void *items = NULL;
    if (page && task && count) {
        items = items_number(page, task, args, args_size, count, &args_size);
        if (!items) return -ENOMEM;
    }
    shake();
    struct wait_entry *entry = wait_begin(WAIT_MAP, NULL);
    shake_enter_executor();
    int status = __real_executor_map(executor, items ? numbered_run : task,
                                     items ? items : args, args_size, results,
                                     result_size, count, errors, options);
    shake_leave_executor();
    wait_end(entry);
    free(items);
    return status;
}

int __wrap_executor_shutdown(struct executor *executor, bool wait,
                             bool cancel_pending)
{
    shake();
    struct wait_entry *entry = wait_begin(WAIT_SHUTDOWN, NULL);
    int status = __real_executor_shutdown(executor, wait, cancel_pending);
    wait_end(entry);
    return status;
}

void __wrap_executor_destroy(struct executor *executor)
{
    shake();
    struct wait_entry *entry = wait_begin(WAIT_SHUTDOWN, NULL);
    __real_executor_destroy(executor);
    wait_end(entry);
}

int __wrap_future_result(struct future *future, void *result, int timeout_ms)
{
    shake();
    struct wait_entry *entry = wait_begin(WAIT_RESULT, future);
    int status = __real_future_result(future, result, timeout_ms);
    wait_end(entry);
    return status;
}

int __wrap_futures_wait(struct future *const futures[], size_t count,
                        enum futures_when when, int timeout_ms)
{
    shake();
    struct wait_entry *entry = wait_begin(WAIT_SEVERAL, NULL);
    int status = __real_futures_wait(futures, count, when, timeout_ms);
    wait_end(entry);
    return status;
}
