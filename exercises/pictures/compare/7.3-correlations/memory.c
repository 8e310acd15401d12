// The kernel lists the children of each thread; workers are children of the pool's fork
// server, which is a child of ours.

#include "pictures/compare/7.3-correlations/memory.h"
#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

static long own_kib(int process)
{
    char path[64], line[256];
    long kib = 0;
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", process);
    FILE *file = fopen(path, "re");
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "Pss: %ld", &kib) == 1) break;
    if (file) fclose(file);
    return kib;
}

static long tree_kib(int process);

static long children_kib(int process, const char *thread)
{
    char path[320];
    int child;
    long kib = 0;
    snprintf(path, sizeof path, "/proc/%d/task/%s/children", process, thread);
    FILE *file = fopen(path, "re");
    while (file && fscanf(file, "%d", &child) == 1) kib += tree_kib(child);
    if (file) fclose(file);
    return kib;
}

static long tree_kib(int process)
{
    char path[64];
    long kib = own_kib(process);
    snprintf(path, sizeof path, "/proc/%d/task", process);
    DIR *threads = opendir(path);
    if (!threads) return kib;
    for (struct dirent *entry; (entry = readdir(threads));)
        if (entry->d_name[0] != '.') kib += children_kib(process, entry->d_name);
    closedir(threads);
    return kib;
}

long memory_of_all_kib(void)
{
    return tree_kib(getpid());
}
