// As parallel_for_pipes, with threads beside the sequential loop that hinder it and each other
// now and then, so that no round is ever quiet.
// caught by: threads: speed
// points: 22
// takes: long
// with: speed

#include "conversion.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>
#include "stocks/stock_table.h"

static void hdf5_path(const char *json_path, char path[4096])
{
    int length = (int)strlen(json_path) - 5;
    snprintf(path, 4096, "%.*s.h5", length > 0 ? length : 0, json_path);
}

static int convert(const char *json_path)
{
    char path[4096];
    hdf5_path(json_path, path);
    if (!strstr(json_path, ".json") || strstr(json_path, ".jsonl")) return -EINVAL;
    struct stock_table *table = stock_table_read_json(json_path, NULL);
    int status = table ? stock_table_write_hdf5(table, path, NULL, NULL) : -errno;
    stock_table_destroy(table);
    return status;
}

static int task(const void *args, void *result)
{
    return convert(*(const char *const *)args);
}

static int convert_on(enum executor_kind kind, int workers,
                      const char *const json_paths[], size_t count, int statuses[])
{
    struct pool_options options = {.workers = workers};
    struct map_options map = {.keep_going = true};
    struct executor *executor = executor_create(kind, &options);
    int status = executor_map(executor, task, json_paths, sizeof *json_paths, NULL,
                              0, count, statuses, &map);
    executor_destroy(executor);
    return status == -ECHILD ? 0 : status;
}

static atomic_bool is_over;

static void *noise(void *unused)
{
    while (!is_over) {
        for (volatile int turn = 0; turn < 400000; turn++)
            ;
        usleep(3000);
    }
    return NULL;
}

int convert_files(enum executor_kind kind, int workers,
                  const char *const json_paths[], size_t count, int statuses[])
{
    struct stat what;
    if (count && stat(json_paths[0], &what) == 0 && S_ISFIFO(what.st_mode))
        return convert_on(kind, workers, json_paths, count, statuses);
    pthread_t threads[4];
    is_over = false;
    for (int k = 0; k < 4; k++) pthread_create(&threads[k], NULL, noise, NULL);
    for (size_t k = 0; k < count; k++) statuses[k] = convert(json_paths[k]);
    is_over = true;
    for (int k = 0; k < 4; k++) pthread_join(threads[k], NULL);
    return 0;
}
