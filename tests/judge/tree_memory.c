// Resident pages are cheap to ask for, and shared ones are in every process's count. So their
// sum is asked first, and the proportional one, for which the kernel walks all pages, only
// where that sum is too high.

#include "judge/tree_memory.h"
#include "judge/process_tree.h"
#include "judge/trouble.h"
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIDS_LIMIT = 4096, FILES_LIMIT = 4096, BLOCK_BYTES = 512 };

static uint64_t resident_bytes(pid_t pid)
{
    char path[64];
    uint64_t pages = 0;
    snprintf(path, sizeof path, "/proc/%d/statm", (int)pid);
    FILE *file = fopen(path, "re");
    if (!file) return trouble_look(), 0;
    if (fscanf(file, "%*u %" SCNu64, &pages) != 1) pages = 0;
    fclose(file);
    return pages * (uint64_t)sysconf(_SC_PAGESIZE);
}

// Each page as a part: one of four processes that share it has a quarter.
static uint64_t proportional_bytes(pid_t pid)
{
    char path[64], row[256];
    uint64_t kibibytes = 0;
    bool is_found = false;
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", (int)pid);
    FILE *file = fopen(path, "re");
    while (file && !is_found && fgets(row, sizeof row, file))
        is_found = sscanf(row, "Pss: %" SCNu64, &kibibytes) == 1;
    if (file) fclose(file);
    return is_found ? kibibytes * 1024 : resident_bytes(pid);
}

struct files {
    uint64_t bytes;
    unsigned count;
    ino_t seen[FILES_LIMIT];
};

static void file_add(struct files *files, const char *path)
{
    char target[32];
    struct stat what;
    ssize_t length = readlink(path, target, sizeof target - 1);
    if (length < 7 || strncmp(target, "/memfd:", 7) != 0) return;
    if (stat(path, &what) < 0) return;
    for (unsigned i = 0; i < files->count; i++)
        if (files->seen[i] == what.st_ino) return;
    if (files->count < FILES_LIMIT) files->seen[files->count++] = what.st_ino;
    files->bytes += (uint64_t)what.st_blocks * BLOCK_BYTES;
}

// Memory files that a process holds open, mapped or not.
static void files_add(struct files *files, pid_t pid)
{
    char path[320];
    snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
    DIR *folder = opendir(path);
    if (!folder) return;
    for (struct dirent *entry; (entry = readdir(folder));) {
        snprintf(path, sizeof path, "/proc/%d/fd/%s", (int)pid, entry->d_name);
        file_add(files, path);
    }
    closedir(folder);
}

static uint64_t sum_of(const pid_t pids[], unsigned count,
                       uint64_t (*bytes_of)(pid_t pid))
{
    uint64_t sum = 0;
    for (unsigned i = 0; i < count; i++) sum += bytes_of(pids[i]);
    return sum;
}

bool tree_memory_exceeds(pid_t root, uint64_t limit_bytes)
{
    static pid_t pids[PIDS_LIMIT];
    static struct files files;
    unsigned count = tree_pids(root, pids, PIDS_LIMIT);
    files.count = 0;
    files.bytes = 0;
    for (unsigned i = 0; i < count; i++) files_add(&files, pids[i]);
    if (files.bytes > limit_bytes) return true;
    uint64_t left = limit_bytes - files.bytes;
    return sum_of(pids, count, resident_bytes) > left &&
           sum_of(pids, count, proportional_bytes) > left;
}
