// Map: chunks of items, a future each. The thread submits as far as `in_flight`
// allows, then waits from the last to the first and collects, so that it sleeps once
// and not once an item. The first failure is noted in the group, and nobody starts a
// task of a failed group.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "futures/executor.h"
#include "futures/futex.h"

// What travels: this, then the items' args. Back come the results, then a number an
// item.
struct chunk {
    task_fn *task;
    size_t args_size; // of an item
    size_t result_size;
    size_t count;
    bool keep_going;
    _Alignas(16) char items[];
};

struct map {
    struct executor *executor;
    struct map_options options; // chunk_size and in_flight are never 0
    task_fn *task;
    const char *args;
    size_t args_size;
    char *results;
    size_t result_size;
    size_t count;
    int *errors; // count
    int64_t deadline;
    size_t chunk_count;
    size_t submitted, collected; // chunks
    struct future **futures;     // chunk_count
    struct map_group *group;     // NULL: a failure cancels nothing
    struct chunk *chunk;         // where the next one is put together
    char *returned;              // where its results and numbers are taken apart
    int status;
};

static size_t numbers_offset(size_t result_size, size_t count)
{
    return (result_size * count + sizeof(int) - 1) / sizeof(int) * sizeof(int);
}

// The task that runs a chunk. A failure that shall end the map says which item it was.
static int run_chunk(const void *args, void *result)
{
    const struct chunk *chunk = args;
    char *results = result;
    int *numbers =
        (int *)(results + numbers_offset(chunk->result_size, chunk->count));
    for (size_t i = 0; i < chunk->count; i++) {
        numbers[i] = chunk->task(chunk->items + i * chunk->args_size,
                                 results + i * chunk->result_size);
        if (numbers[i] == 0 || chunk->keep_going) continue;
        char text[40];
        snprintf(text, sizeof text, "item %zu", i);
        task_set_error(text);
        return numbers[i];
    }
    return 0;
}

static size_t items_of(const struct map *map, size_t chunk)
{
    size_t rest = map->count - chunk * map->options.chunk_size;
    return rest < map->options.chunk_size ? rest : map->options.chunk_size;
}

static struct future *submit_next(struct map *map)
{
    size_t items = items_of(map, map->submitted);
    const char *args =
        map->args + map->submitted * map->options.chunk_size * map->args_size;
    if (map->options.chunk_size == 1)
        return executor_submit_grouped(map->executor, map->task, args,
                                       map->args_size, map->result_size, map->group);
    map->chunk->count = items;
    if (map->args_size) memcpy(map->chunk->items, args, items * map->args_size);
    size_t size = numbers_offset(map->result_size, items) + items * sizeof(int);
    return executor_submit_grouped(map->executor, run_chunk, map->chunk,
                                   sizeof *map->chunk + items * map->args_size, size,
                                   map->group);
}

// ---- collecting

// The numbers of a chunk that did not come back: of the failed item its own, if it
// is known.
static void collect_failure(struct map *map, struct future *future, int status,
                            int *errors, size_t items)
{
    struct task_error error = {.number = status};
    if (status == -ECHILD) future_error(future, &error, 0);
    size_t failed;
    bool known = map->options.chunk_size > 1 && error.signal == 0 &&
                 sscanf(error.text, "item %zu", &failed) == 1 && failed < items;
    for (size_t i = 0; i < items; i++)
        errors[i] = !known || i == failed ? error.number : -ECANCELED;
}

static void collect_chunk(struct map *map, struct future *future, size_t chunk)
{
    size_t first = chunk * map->options.chunk_size, items = items_of(map, chunk);
    char *results = map->results + first * map->result_size;
    int *errors = map->errors + first;
    bool single = map->options.chunk_size == 1;
    bool fits = !single || future_result_size(future) <= map->result_size;
    char *to = single ? results : map->returned;
    int status = future_result(future, fits ? to : NULL, 0);
    if (status == 0 && !fits) status = -EMSGSIZE;
    if (status == -ECANCELED && map->status == -ETIMEDOUT) status = -ETIMEDOUT;
    if (status != 0) {
        collect_failure(map, future, status, errors, items);
    } else if (single) {
        errors[0] = 0;
    } else {
        size_t offset = numbers_offset(map->result_size, items);
        if (map->result_size)
            memcpy(results, map->returned, items * map->result_size);
        memcpy(errors, map->returned + offset, items * sizeof(int));
    }
}

// Takes over what has ended, in order of the items; all: whatever has not.
static void collect(struct map *map, bool all)
{
    while (map->collected < map->submitted) {
        struct future *future = map->futures[map->collected];
        if (!all && !future_is_done(future)) return;
        collect_chunk(map, future, map->collected++);
        future_free(future);
    }
}

// ---- submitting and waiting

static bool has_failed(const struct map *map)
{
    return map->status != 0 || (map->group && atomic_load(&map->group->failed));
}

static void submit_some(struct map *map)
{
    while (map->submitted < map->chunk_count && !has_failed(map) &&
           map->submitted - map->collected < map->options.in_flight) {
        struct future *future = submit_next(map);
        if (future)
            map->futures[map->submitted++] = future;
        else
            map->status = -errno;
    }
}

static int wait_for_some(struct map *map)
{
    bool all = map->submitted == map->chunk_count || has_failed(map);
    size_t end = all ? map->submitted : map->collected + 1;
    int status = 0;
    for (size_t i = end; i-- > map->collected && status == 0;)
        status = future_wait(map->futures[i], map->deadline);
    return status;
}

static void run(struct map *map)
{
    for (;;) {
        submit_some(map);
        if (map->collected == map->submitted) return;
        int status = map->status == 0 ? wait_for_some(map) : 0;
        if (status != 0) map->status = status;
        if (map->status != 0)
            for (size_t i = map->submitted; i-- > map->collected;)
                future_cancel(map->futures[i]);
        if (map->status != 0 && status == 0) wait_for_some(map);
        collect(map, status != 0);
    }
}

// A pool that breaks says so, whether it did before the last submit or after it.
static int outcome(const struct map *map)
{
    if (map->status != 0) return map->status;
    bool is_broken = false, is_cancelled = false;
    for (size_t i = 0; i < map->count; i++) {
        if (map->errors[i] == -ENOTRECOVERABLE)
            is_broken = true;
        else if (map->errors[i] == -ECANCELED)
            is_cancelled = true;
        else if (map->errors[i] != 0)
            return -ECHILD;
    }
    return is_broken ? -ENOTRECOVERABLE : is_cancelled ? -ECHILD : 0;
}

// ---- memory

static bool allocate(struct map *map, int *errors)
{
    size_t items = map->options.chunk_size;
    map->errors = errors ? errors : malloc(map->count * sizeof(int));
    map->futures = malloc(map->chunk_count * sizeof(struct future *));
    map->chunk = malloc(sizeof *map->chunk + items * map->args_size);
    map->returned =
        malloc(numbers_offset(map->result_size, items) + items * sizeof(int));
    if (!map->options.keep_going) map->group = map_group_create();
    return map->errors && map->futures && map->chunk && map->returned &&
           (map->group || map->options.keep_going);
}

static void prepare(struct map *map)
{
    for (size_t i = 0; i < map->count; i++)
        map->errors[i] = -ECANCELED; // until it ends
    map->chunk->task = map->task;
    map->chunk->args_size = map->args_size;
    map->chunk->result_size = map->result_size;
    map->chunk->keep_going = map->options.keep_going;
}

// Fills what of the options is 0, and cuts what is more than there is.
static void size_chunks(struct map *map)
{
    struct map_options *options = &map->options;
    if (options->chunk_size == 0) options->chunk_size = 1;
    if (options->chunk_size > map->count) options->chunk_size = map->count;
    map->chunk_count = (map->count - 1) / options->chunk_size + 1;
    if (options->in_flight == 0) options->in_flight = map->chunk_count;
    map->deadline =
        deadline_after_ms(options->timeout_ms > 0 ? options->timeout_ms : -1);
}

int executor_map(struct executor *executor, task_fn *task, const void *args,
                 size_t args_size, void *results, size_t result_size, size_t count,
                 int *errors, const struct map_options *options)
{
    struct map map = {.executor = executor,
                      .task = task,
                      .args = args,
                      .args_size = args_size,
                      .results = results,
                      .result_size = result_size,
                      .count = count};
    if (count == 0) return 0;
    if (options) map.options = *options;
    size_chunks(&map);
    int status = -ENOMEM;
    if (allocate(&map, errors)) {
        prepare(&map);
        run(&map);
        status = outcome(&map);
    }
    if (!errors) free(map.errors);
    free(map.futures);
    free(map.chunk);
    free(map.returned);
    map_group_release(map.group);
    return status;
}
