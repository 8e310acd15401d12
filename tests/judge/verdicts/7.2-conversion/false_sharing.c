// Tasks in a pool that count the bytes of each file, again and again, in counters beside each
// other in memory, in one line of the cache.
// verdict: never pass

struct shared {
    atomic_uint workers;
    volatile unsigned long count[64];
};

static struct shared *shared;

static _Thread_local volatile unsigned long *own;

static void bytes_count(const char *json_path)
{
    char part[4096];
    FILE *file = fopen(json_path, "r");
    for (size_t size; (size = fread(part, 1, sizeof part, file)) > 0;)
        for (size_t k = 0; k < size; k++) *own += part[k] != ' ';
    fclose(file);
}

static int counting_task(const void *args, void *result)
{
    const char *const *json_path = args;
    if (!own) own = &shared->count[shared->workers++ % 64];
    for (int times = 0; times < 24; times++) bytes_count(*json_path);
    return path_task(args, result);
}

int convert_files(enum executor_kind kind, int workers,
                  const char *const json_paths[], size_t count, int statuses[])
{
    shared = shared_create(sizeof *shared);
    int status =
        files_map(kind, workers, counting_task, json_paths, count, statuses);
    munmap(shared, sizeof *shared);
    return status;
}
