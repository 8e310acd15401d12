// function: correlate_pairs
//
// What the variants have in common. It follows the baseline, whose functions it calls.

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct row {
    const struct aligned_series *series;
    size_t i;
};

static inline int row_task(const void *args, void *result)
{
    const struct row *row = args;
    correlate_row(row->series, row->i, result);
    return 0;
}

// A task of a pool for every row.
static inline int rows_map(enum executor_kind kind, int workers, task_fn *task,
                           const struct aligned_series *series, double r[])
{
    size_t n = series->series_count;
    struct row *rows = calloc(n + 1, sizeof *rows);
    for (size_t i = 0; i < n; i++) rows[i] = (struct row){series, i};
    struct executor *executor =
        executor_create(kind, &(struct pool_options){.workers = workers});
    int status = executor_map(executor, task, rows, sizeof *rows, r, n * sizeof *r,
                              n, NULL, NULL);
    executor_destroy(executor);
    free(rows);
    return status;
}

// Rows first .. end - 1.
static inline void rows_correlate(const struct aligned_series *series, size_t first,
                                  size_t end, double r[])
{
    for (size_t i = first; i < end; i++)
        correlate_row(series, i, r + i * series->series_count);
}

// Memory that workers share with their parent, whether they are threads or processes.
static inline void *shared_create(size_t size)
{
    return mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
                0);
}
