// A file a task, all of them given to map.
// verdict: never fail

int convert_files(enum executor_kind kind, int workers,
                  const char *const json_paths[], size_t count, int statuses[])
{
    return files_map(kind, workers, path_task, json_paths, count, statuses);
}
