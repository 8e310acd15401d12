// Files of lengths as a market has them: some companies are older than others. The longest come
// first, so that two workers end at nearly the same time.

#include "stock_set.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "bench/bench.h"

char *stock_set_read(const char *path, size_t *size)
{
    struct stat status;
    FILE *file = fopen(path, "r");
    if (!file || fstat(fileno(file), &status) < 0)
        bench_die("%s: %s", path, strerror(errno));
    char *bytes = malloc((size_t)status.st_size + 1);
    if (!bytes) bench_die("out of memory");
    *size = fread(bytes, 1, (size_t)status.st_size, file);
    fclose(file);
    return bytes;
}

static void write_file(const char *path, const char *bytes, size_t size)
{
    FILE *file = fopen(path, "w");
    if (!file || fwrite(bytes, 1, size, file) != size || fclose(file) != 0)
        bench_die("%s: %s", path, strerror(errno));
}

// The bytes of the first `lines` lines.
static size_t cut(const char *bytes, size_t size, size_t lines, size_t *kept)
{
    size_t at = 0;
    for (*kept = 0; *kept < lines && at < size; ++*kept)
        at = (size_t)((const char *)memchr(bytes + at, '\n', size - at) - bytes) + 1;
    return at;
}

static int is_json(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && strcmp(dot, ".json") == 0;
}

static char *path_of(const char *folder, const char *name, const char *ending)
{
    char *path;
    if (asprintf(&path, "%s/%.*s%s", folder, (int)strcspn(name, "."), name, ending) <
        0)
        bench_die("out of memory");
    return path;
}

static void add_file(struct stock_set *set, const char *source, const char *name,
                     size_t wanted)
{
    size_t size, kept, number = set->count++;
    char *from = path_of(source, name, ".json");
    char *bytes = stock_set_read(from, &size);
    size = cut(bytes, size, wanted, &kept);
    set->lines += kept;
    set->json_paths[number] = path_of(set->folder, name, ".json");
    set->hdf5_paths[number] = path_of(set->folder, name, ".h5");
    write_file(set->json_paths[number], bytes, size);
    free(bytes);
    free(from);
}

void stock_set_create(struct stock_set *set, const char *source, const char *folder)
{
    struct dirent **entries;
    *set = (struct stock_set){0};
    snprintf(set->folder, sizeof set->folder, "%s", folder);
    if (mkdir(folder, 0777) < 0 && errno != EEXIST)
        bench_die("%s: %s", folder, strerror(errno));
    int count = scandir(source, &entries, is_json, alphasort);
    if (count < 1) bench_die("%s has no stock files", source);
    if (count > STOCK_SET_MAX)
        bench_die("%s has more than %d files", source, STOCK_SET_MAX);
    const size_t more = STOCK_SET_MOST_LINES - STOCK_SET_LEAST_LINES;
    for (int i = 0; i < count; i++) {
        size_t step = count > 1 ? more * (size_t)i / (size_t)(count - 1) : more;
        add_file(set, source, entries[i]->d_name, STOCK_SET_MOST_LINES - step);
        free(entries[i]);
    }
    free(entries);
}

void stock_set_clear(const struct stock_set *set)
{
    for (size_t i = 0; i < set->count; i++) unlink(set->hdf5_paths[i]);
}

// Source: FNV-1a, by Fowler, Noll and Vo.
unsigned long long stock_set_digest(const struct stock_set *set)
{
    unsigned long long digest = 0xcbf29ce484222325;
    for (size_t i = 0; i < set->count; i++) {
        size_t size;
        char *bytes = stock_set_read(set->hdf5_paths[i], &size);
        for (size_t at = 0; at < size; at++)
            digest = (digest ^ (unsigned char)bytes[at]) * 0x100000001b3;
        free(bytes);
    }
    return digest;
}
