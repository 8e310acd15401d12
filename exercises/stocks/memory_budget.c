// Linux gives memory that it does not have and kills somebody later, so a failing
// malloc is no answer to a file that is too large: what is free is asked beforehand.

#include "stocks/memory_budget.h"
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

// The first number after `label` in a small text file, or SIZE_MAX ("max", or no
// such file).
static size_t number_in_file(const char *path, const char *label)
{
    unsigned long long number;
    char line[128];
    size_t found = SIZE_MAX;
    FILE *file = fopen(path, "re");
    if (!file) return SIZE_MAX;
    while (found == SIZE_MAX && fgets(line, sizeof line, file))
        if (strncmp(line, label, strlen(label)) == 0 &&
            sscanf(line + strlen(label), "%llu", &number) == 1)
            found = (size_t)number;
    fclose(file);
    return found;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t free_in_machine(void)
{
    size_t kib = number_in_file("/proc/meminfo", "MemAvailable:");
    if (kib < SIZE_MAX / 1024) return kib * 1024;
    return (size_t)sysconf(_SC_PHYS_PAGES) / 2 * (size_t)sysconf(_SC_PAGESIZE);
}

static size_t free_in_group(void)
{
    size_t limit = number_in_file("/sys/fs/cgroup/memory.max", "");
    size_t used = number_in_file("/sys/fs/cgroup/memory.current", "");
    if (limit == SIZE_MAX || used == SIZE_MAX) return SIZE_MAX;
    return limit > used ? limit - used : 0;
}

size_t memory_budget_bytes(void)
{
    size_t free_bytes = least(free_in_machine(), free_in_group());
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
        free_bytes = least(free_bytes, (size_t)limit.rlim_cur);
    return free_bytes / 4;
}
