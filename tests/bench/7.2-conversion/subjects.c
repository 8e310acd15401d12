// Every subject starts without HDF5 files, in a quiet process: pools are created while no
// other thread of it is inside HDF5.

#include "subjects.h"
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "bench/bench.h"
#include "conversion.h"
#include "stocks/stock_series.h"

int stub_convert_files(enum executor_kind kind, int workers,
                       const char *const json_paths[], size_t count, int statuses[]);

enum { READ_TIMES = 5 }; // reading a column is short

static void must_be_zero(int status, const char *what)
{
    if (status != 0) bench_die("%s: %s", what, strerror(-status));
}

typedef int convert_fn(enum executor_kind kind, int workers,
                       const char *const json_paths[], size_t count, int statuses[]);

static double convert(const struct stock_set *set, convert_fn *run,
                      enum executor_kind kind, int workers)
{
    int statuses[STOCK_SET_MAX];
    stock_set_clear(set);
    double begin = bench_now_s();
    must_be_zero(run(kind, workers, (const char *const *)set->json_paths, set->count,
                     statuses),
                 "conversion");
    double seconds = bench_now_s() - begin;
    for (size_t i = 0; i < set->count; i++)
        must_be_zero(statuses[i], set->json_paths[i]);
    return seconds;
}

double convert_sequential(const struct stock_set *set)
{
    return convert(set, stub_convert_files, EXECUTOR_THREADS, 1);
}

double convert_parallel(const struct stock_set *set, enum executor_kind kind)
{
    return convert(set, convert_files, kind, BENCH_WORKERS);
}

struct deflate_args {
    const char *json_path;
    const char *hdf5_path;
    int level;
};

static int deflate_task(const void *args, void *result)
{
    const struct deflate_args *file = args;
    struct stock_options options = {.deflate_level = file->level};
    struct stock_table *table = stock_table_read_json(file->json_path, NULL);
    int status = table
                     ? stock_table_write_hdf5(table, file->hdf5_path, &options, NULL)
                     : -errno;
    stock_table_destroy(table);
    return status;
}

double deflate_sequential(const struct stock_set *set, int level)
{
    stock_set_clear(set);
    double begin = bench_now_s();
    for (size_t i = 0; i < set->count; i++) {
        struct deflate_args file = {set->json_paths[i], set->hdf5_paths[i], level};
        must_be_zero(deflate_task(&file, NULL), file.json_path);
    }
    return bench_now_s() - begin;
}

double deflate_parallel(const struct stock_set *set, int level,
                        enum executor_kind kind)
{
    struct deflate_args files[STOCK_SET_MAX];
    for (size_t i = 0; i < set->count; i++)
        files[i] =
            (struct deflate_args){set->json_paths[i], set->hdf5_paths[i], level};
    stock_set_clear(set);
    double begin = bench_now_s();
    struct executor *executor =
        executor_create(kind, &(struct pool_options){.workers = BENCH_WORKERS});
    if (!executor) bench_die("no executor: %s", strerror(errno));
    must_be_zero(executor_map(executor, deflate_task, files, sizeof files[0], NULL,
                              0, set->count, NULL, NULL),
                 "conversion");
    executor_destroy(executor);
    return bench_now_s() - begin;
}

double convert_two_sets(const struct stock_set sets[2], int level)
{
    pid_t children[2];
    for (int i = 0; i < 2; i++) stock_set_clear(&sets[i]);
    double begin = bench_now_s();
    for (int i = 0; i < 2; i++) {
        children[i] = fork();
        if (children[i] < 0) bench_die("fork: %s", strerror(errno));
        if (children[i] > 0) continue;
        deflate_sequential(&sets[i], level);
        _exit(0);
    }
    for (int i = 0; i < 2; i++) {
        int status;
        if (waitpid(children[i], &status, 0) < 0 || status != 0)
            bench_die("a child failed");
    }
    return bench_now_s() - begin;
}

static void parse_file(const char *line, const char *end, const char *path)
{
    while (line < end) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        json_t *object = json_loadb(line, (size_t)(newline - line), 0, NULL);
        if (!object) bench_die("%s: not JSON", path);
        json_decref(object);
        line = newline + 1;
    }
}

// No bytes are kept for the next round: each process pool would have to fork them.
double parse_lines(const struct stock_set *set)
{
    double seconds = 0;
    for (size_t i = 0; i < set->count; i++) {
        size_t size;
        char *bytes = stock_set_read(set->json_paths[i], &size);
        double begin = bench_now_s();
        parse_file(bytes, bytes + size, set->json_paths[i]);
        seconds += bench_now_s() - begin;
        free(bytes);
    }
    return seconds;
}

double write_tables(const struct stock_set *set)
{
    struct stock_table *tables[STOCK_SET_MAX];
    for (size_t i = 0; i < set->count; i++) {
        tables[i] = stock_table_read_json(set->json_paths[i], NULL);
        if (!tables[i]) bench_die("%s: %s", set->json_paths[i], strerror(errno));
    }
    stock_set_clear(set);
    double begin = bench_now_s();
    for (size_t i = 0; i < set->count; i++)
        must_be_zero(
            stock_table_write_hdf5(tables[i], set->hdf5_paths[i], NULL, NULL),
            set->hdf5_paths[i]);
    double seconds = bench_now_s() - begin;
    for (size_t i = 0; i < set->count; i++) stock_table_destroy(tables[i]);
    return seconds;
}

static void read_all(const struct stock_set *set)
{
    struct stock_series series;
    for (size_t i = 0; i < set->count; i++) {
        must_be_zero(
            stock_series_read_hdf5(set->hdf5_paths[i], "close", &series, NULL),
            set->hdf5_paths[i]);
        stock_series_close(&series);
    }
}

double read_sequential(const struct stock_set *set)
{
    double begin = bench_now_s();
    for (int times = 0; times < READ_TIMES; times++) read_all(set);
    return (bench_now_s() - begin) / READ_TIMES;
}

// Columns come back as bytes, from a process as from a thread.
static int read_task(const void *args, void *result)
{
    const char *const *path = args;
    struct stock_series series;
    size_t size;
    int status = stock_series_read_hdf5(*path, "close", &series, NULL);
    if (status < 0) return status;
    void *bytes = stock_series_pack(&series, &size);
    stock_series_close(&series);
    status = bytes ? task_set_result(bytes, size) : -ENOMEM;
    free(bytes);
    return status;
}

static void collect(struct future *future)
{
    struct stock_series series;
    must_be_zero(future_result(future, NULL, -1), "reading");
    size_t size = future_result_size(future);
    void *bytes = malloc(size);
    if (!bytes) bench_die("out of memory");
    must_be_zero(future_result(future, bytes, 0), "reading");
    must_be_zero(stock_series_unpack(bytes, size, &series), "unpacking");
    stock_series_close(&series);
    free(bytes);
    future_free(future);
}

static void read_all_on(struct executor *executor, const struct stock_set *set)
{
    struct future *futures[STOCK_SET_MAX];
    for (size_t i = 0; i < set->count; i++) {
        futures[i] = executor_submit(executor, read_task, &set->hdf5_paths[i],
                                     sizeof set->hdf5_paths[i], 0);
        if (!futures[i]) bench_die("submit: %s", strerror(errno));
    }
    for (size_t i = 0; i < set->count; i++) collect(futures[i]);
}

double read_parallel(const struct stock_set *set, enum executor_kind kind)
{
    struct executor *executor =
        executor_create(kind, &(struct pool_options){.workers = BENCH_WORKERS});
    if (!executor) bench_die("no executor: %s", strerror(errno));
    read_all_on(executor, set); // pandas' pools are warm too
    double begin = bench_now_s();
    for (int times = 0; times < READ_TIMES; times++) read_all_on(executor, set);
    double seconds = (bench_now_s() - begin) / READ_TIMES;
    executor_destroy(executor);
    return seconds;
}
