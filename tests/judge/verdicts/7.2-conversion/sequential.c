// One file after the other, as the stub.
// verdict: never pass

int convert_files(enum executor_kind kind, int workers,
                  const char *const json_paths[], size_t count, int statuses[])
{
    return baseline(kind, workers, json_paths, count, statuses);
}
