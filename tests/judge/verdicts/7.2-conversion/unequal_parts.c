// Two tasks: 13 of 16 files, and the last three. With two workers 1.23 times as fast.
// verdict: never pass

struct part {
    const char *const *json_paths;
    size_t count;
    int *statuses;
};

static int part_task(const void *args, void *result)
{
    const struct part *part = args;
    for (size_t k = 0; k < part->count; k++)
        part->statuses[k] = convert_file(part->json_paths[k]);
    return 0;
}

int convert_files(enum executor_kind kind, int workers,
                  const char *const json_paths[], size_t count, int statuses[])
{
    size_t size = (count + 1) * sizeof *statuses, cut = count * 13 / 16;
    int *shared = shared_create(size);
    struct part parts[] = {{json_paths, cut, shared},
                           {json_paths + cut, count - cut, shared + cut}};
    struct executor *executor =
        executor_create(kind, &(struct pool_options){.workers = workers});
    int status = executor_map(executor, part_task, parts, sizeof *parts, NULL, 0, 2,
                              NULL, NULL);
    executor_destroy(executor);
    memcpy(statuses, shared, count * sizeof *statuses);
    munmap(shared, size);
    return status;
}
