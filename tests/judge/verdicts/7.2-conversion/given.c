// function: convert_files
//
// What the variants have in common. It follows the baseline, whose functions it calls.

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static inline int path_task(const void *args, void *result)
{
    const char *const *json_path = args;
    return convert_file(*json_path);
}

// A task of a pool for every file.
static inline int files_map(enum executor_kind kind, int workers, task_fn *task,
                            const char *const json_paths[], size_t count,
                            int statuses[])
{
    struct executor *executor =
        executor_create(kind, &(struct pool_options){.workers = workers});
    int status =
        executor_map(executor, task, json_paths, sizeof *json_paths, NULL, 0, count,
                     statuses, &(struct map_options){.keep_going = true});
    executor_destroy(executor);
    return status == -ECHILD ? 0 : status;
}

// Memory that workers share with their parent, whether they are threads or processes.
static inline void *shared_create(size_t size)
{
    return mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
                0);
}
