// How many CPUs this process may use: what its affinity mask allows, cut by its
// control groups' quotas (version 2's cpu.max, version 1's cpu.cfs_quota_us).

#include <sched.h>
#include <stdio.h>
#include <string.h>
#include "futures/executor.h"

enum { MOST_CPUS = 8192, PATH_SIZE = 4096 };

static int affinity_count(void)
{
    cpu_set_t *set = CPU_ALLOC(MOST_CPUS);
    if (!set) return 1;
    size_t size = CPU_ALLOC_SIZE(MOST_CPUS);
    int count = sched_getaffinity(0, size, set) == 0 ? CPU_COUNT_S(size, set) : 1;
    CPU_FREE(set);
    return count > 0 ? count : 1;
}

// A file's two numbers, the second of which may stand in a file of its own.
static bool read_number(const char *folder, const char *file, long long *number)
{
    char path[PATH_SIZE + 32];
    snprintf(path, sizeof path, "%s/%s", folder, file);
    FILE *stream = fopen(path, "re");
    if (!stream) return false;
    bool read = fscanf(stream, "%lld", number) == 1;
    fclose(stream);
    return read;
}

// The CPUs that one group grants; 0: no limit.
static double quota(const char *folder)
{
    long long micros, period;
    char path[PATH_SIZE + 32];
    snprintf(path, sizeof path, "%s/cpu.max", folder);
    FILE *stream = fopen(path, "re");
    if (stream) {
        bool limited = fscanf(stream, "%lld %lld", &micros, &period) == 2;
        fclose(stream);
        return limited && period > 0 ? (double)micros / (double)period : 0;
    }
    if (!read_number(folder, "cpu.cfs_quota_us", &micros) || micros <= 0) return 0;
    if (!read_number(folder, "cpu.cfs_period_us", &period) || period <= 0) return 0;
    return (double)micros / (double)period;
}

static double lesser_limit(double a, double b)
{
    return a == 0 || (b > 0 && b < a) ? b : a;
}

// The least quota of a group and of those above it: each of them binds.
static double least_quota(const char *root, const char *controller, char *group)
{
    double least = 0;
    for (;;) {
        char folder[PATH_SIZE];
        snprintf(folder, sizeof folder, "%s/sys/fs/cgroup%s%s", root, controller,
                 group);
        least = lesser_limit(least, quota(folder));
        char *slash = strrchr(group, '/');
        if (!slash) return least;
        *slash = '\0';
    }
}

// Of a line of /proc/self/cgroup, "3:cpu,cpuacct:/group" or "0::/group".
static double line_quota(const char *root, char *line)
{
    char *controllers = strchr(line, ':');
    char *group = controllers ? strchr(controllers + 1, ':') : NULL;
    if (!group) return 0;
    *group++ = '\0';
    group[strcspn(group, "\n")] = '\0';
    if (strcmp(controllers, ":") == 0) return least_quota(root, "", group);
    for (char *save, *name = strtok_r(controllers + 1, ",", &save); name;
         name = strtok_r(NULL, ",", &save))
        if (strcmp(name, "cpu") == 0) return least_quota(root, "/cpu", group);
    return 0;
}

double executor_cpu_quota(const char *root)
{
    char line[PATH_SIZE / 2];
    snprintf(line, sizeof line, "%s/proc/self/cgroup", root);
    FILE *stream = fopen(line, "re");
    double least = 0;
    if (!stream) return least;
    while (fgets(line, sizeof line, stream))
        least = lesser_limit(least, line_quota(root, line));
    fclose(stream);
    return least;
}

double executor_cpu_share(void)
{
    return lesser_limit(affinity_count(), executor_cpu_quota(""));
}

int executor_cpu_count(void)
{
    double share = executor_cpu_share();
    return (int)share + (share > (int)share);
}
