#include "judge/cgroup.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { REMOVE_TRIES = 200 };

static bool value_write(const char *folder, const char *name, const char *value)
{
    char path[CGROUP_PATH_SIZE + 64];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return false;
    bool is_written = write(fd, value, strlen(value)) == (ssize_t)strlen(value);
    close(fd);
    return is_written;
}

static bool number_write(const char *folder, const char *name, uint64_t number)
{
    char value[32];
    snprintf(value, sizeof value, "%llu", (unsigned long long)number);
    return value_write(folder, name, value);
}

// A group is named after the session and the process that made it.
static const char NAME[] = "workbook-%d-%d-%u";

static bool folder_add(struct cgroup *group, const char *parent)
{
    static atomic_uint number;
    char name[64], *path = group->path[group->count];
    snprintf(name, sizeof name, NAME, (int)getsid(0), (int)getpid(), ++number);
    snprintf(path, CGROUP_PATH_SIZE, "%s/%s", parent, name);
    if (mkdir(path, 0755) < 0) return false;
    group->count++;
    return true;
}

// In version 2 a group limits its children only for what its parent has switched on.
static bool version_2_create(struct cgroup *group, uint64_t memory,
                             unsigned processes)
{
    static const char top[] = "/sys/fs/cgroup";
    if (access("/sys/fs/cgroup/cgroup.controllers", F_OK) < 0) return false;
    value_write(top, "cgroup.subtree_control", "+memory +pids");
    if (!folder_add(group, top)) return false;
    return number_write(group->path[0], "memory.max", memory) &&
           number_write(group->path[0], "pids.max", processes);
}

static bool version_1_create(struct cgroup *group, uint64_t memory,
                             unsigned processes)
{
    return folder_add(group, "/sys/fs/cgroup/memory") &&
           number_write(group->path[0], "memory.limit_in_bytes", memory) &&
           folder_add(group, "/sys/fs/cgroup/pids") &&
           number_write(group->path[1], "pids.max", processes) &&
           (folder_add(group, "/sys/fs/cgroup/cpuacct") || true);
}

struct cgroup cgroup_create(uint64_t memory_bytes, unsigned processes)
{
    struct cgroup group = {0};
    if (version_2_create(&group, memory_bytes, processes)) return group;
    cgroup_destroy(&group);
    if (version_1_create(&group, memory_bytes, processes)) return group;
    cgroup_destroy(&group);
    return group;
}

static void folder_sweep(const char *parent)
{
    char path[CGROUP_PATH_SIZE + NAME_MAX];
    int session, maker;
    unsigned number;
    DIR *folder = opendir(parent);
    if (!folder) return;
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (sscanf(entry->d_name, NAME, &session, &maker, &number) != 3) continue;
        if (kill(maker, 0) == 0 || errno != ESRCH) continue;
        snprintf(path, sizeof path, "%s/%s", parent, entry->d_name);
        rmdir(path); // the kernel refuses it while somebody is inside
    }
    closedir(folder);
}

void cgroup_sweep(void)
{
    folder_sweep("/sys/fs/cgroup");
    folder_sweep("/sys/fs/cgroup/memory");
    folder_sweep("/sys/fs/cgroup/pids");
    folder_sweep("/sys/fs/cgroup/cpuacct");
}

bool cgroup_enter(const struct cgroup *group)
{
    bool is_inside = true;
    for (int i = 0; i < group->count; i++)
        is_inside &= value_write(group->path[i], "cgroup.procs", "0");
    return is_inside;
}

int64_t cgroup_cpu_ns(const struct cgroup *group)
{
    static const char *const files[][2] = {{"cpuacct.usage", "%" SCNd64},
                                           {"cpu.stat", "usage_usec %" SCNd64}};
    char path[CGROUP_PATH_SIZE + 64];
    for (int k = 0; k < 2 && group->count; k++) {
        snprintf(path, sizeof path, "%s/%s", group->path[group->count - 1],
                 files[k][0]);
        FILE *file = fopen(path, "re");
        if (!file) continue;
        int64_t time;
        int count = fscanf(file, files[k][1], &time);
        fclose(file);
        if (count == 1) return k == 0 ? time : time * 1000;
    }
    return -1;
}

static void members_kill(const char *folder)
{
    char path[CGROUP_PATH_SIZE + 64];
    int pid;
    snprintf(path, sizeof path, "%s/cgroup.procs", folder);
    FILE *file = fopen(path, "re");
    if (!file) return;
    while (fscanf(file, "%d", &pid) == 1) kill(pid, SIGKILL);
    fclose(file);
}

// The kernel lets go of a group a moment after its last process has been reaped.
void cgroup_destroy(struct cgroup *group)
{
    while (group->count > 0) {
        const char *path = group->path[--group->count];
        for (int tries = 0; tries < REMOVE_TRIES; tries++) {
            if (rmdir(path) == 0 || errno == ENOENT) break;
            members_kill(path);
            nanosleep(&(struct timespec){0, 1000000}, NULL);
        }
    }
}
