// The linker sends every call of NAME to __wrap_NAME, which calls what is __real_NAME. A
// process worker inherits all of this by fork, so a span is kept only by the process that
// began.

#include "pictures/record/spans.h"
#include <stdbool.h>
#include <time.h>
#include <unistd.h>
#include "futures/futures.h"

static _Thread_local struct spans *recording; // NULL: this thread does not
static _Thread_local pid_t recording_process;
static _Thread_local bool is_inside; // in a call already

int64_t span_clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void spans_begin(struct spans *spans)
{
    recording_process = getpid();
    recording = spans;
}

void spans_end(void)
{
    recording = NULL;
}

void spans_add(struct spans *spans, const char *name, int64_t begin_ns,
               int64_t end_ns)
{
    if (spans->count == spans->room) return;
    spans->span[spans->count++] = (struct span){name, begin_ns, end_ns, 0};
}

// When the call begins; 0: it is not to be recorded.
static int64_t enter(void)
{
    if (!recording || is_inside || getpid() != recording_process) return 0;
    is_inside = true;
    return span_clock_ns();
}

static void leave(const char *name, int64_t begin_ns)
{
    if (begin_ns == 0) return;
    is_inside = false;
    spans_add(recording, name, begin_ns, span_clock_ns());
}

// The two functions of a name, where it returns a value.
#define RECORDED(type, name, parameters, arguments)                                 \
    type __real_##name parameters;                                                  \
    type __wrap_##name parameters;                                                  \
    type __wrap_##name parameters                                                   \
    {                                                                               \
        int64_t begin_ns = enter();                                                 \
        type value = __real_##name arguments;                                       \
        leave(#name, begin_ns);                                                     \
        return value;                                                               \
    }

RECORDED(struct future *, executor_submit,
         (struct executor * executor, task_fn *task, const void *args,
          size_t args_size, size_t result_size),
         (executor, task, args, args_size, result_size))
RECORDED(int, executor_map,
         (struct executor * executor, task_fn *task, const void *args,
          size_t args_size, void *results, size_t result_size, size_t count,
          int *errors, const struct map_options *options),
         (executor, task, args, args_size, results, result_size, count, errors,
          options))
RECORDED(int, executor_shutdown,
         (struct executor * executor, bool wait, bool cancel_pending),
         (executor, wait, cancel_pending))
RECORDED(int, future_result, (struct future * future, void *result, int timeout_ms),
         (future, result, timeout_ms))
RECORDED(int, future_error,
         (struct future * future, struct task_error *error, int timeout_ms),
         (future, error, timeout_ms))
RECORDED(int, futures_wait,
         (struct future *const futures[], size_t count, enum futures_when when,
          int timeout_ms),
         (futures, count, when, timeout_ms))
RECORDED(struct future *, completions_next, (struct completions * completions),
         (completions))

struct executor *__real_executor_create(enum executor_kind kind,
                                        const struct pool_options *options);
struct executor *__wrap_executor_create(enum executor_kind kind,
                                        const struct pool_options *options);
struct executor *__wrap_executor_create(enum executor_kind kind,
                                        const struct pool_options *options)
{
    int64_t begin_ns = enter();
    struct executor *executor = __real_executor_create(kind, options);
    leave("executor_create", begin_ns);
    if (begin_ns && executor && recording->count)
        recording->span[recording->count - 1].workers = executor_workers(executor);
    return executor;
}

void __real_executor_destroy(struct executor *executor);
void __wrap_executor_destroy(struct executor *executor);
void __wrap_executor_destroy(struct executor *executor)
{
    int64_t begin_ns = enter();
    __real_executor_destroy(executor);
    leave("executor_destroy", begin_ns);
}
