#include "judge/folder_watch.h"
#include <ftw.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

enum { WALK_DESCRIPTORS = 16, BLOCK_BYTES = 512 };

static const uint64_t LIMIT_BYTES = UINT64_C(1) << 30;

static uint64_t counted_bytes; // by the walk of folder_is_overfull

static uint64_t free_bytes_at(const char *path)
{
    struct statvfs disk;
    return statvfs(path, &disk) < 0 ? 0 : (uint64_t)disk.f_bfree * disk.f_frsize;
}

struct folder_watch folder_watch_start(const char *path)
{
    return (struct folder_watch){path, path ? free_bytes_at(path) : 0};
}

static int entry_count(const char *path, const struct stat *what, int type,
                       struct FTW *place)
{
    counted_bytes += (uint64_t)what->st_blocks * BLOCK_BYTES;
    return counted_bytes > LIMIT_BYTES;
}

// Other programs may be filling the disk just now, so the folder itself is measured then.
bool folder_is_overfull(const struct folder_watch *watch)
{
    if (!watch->path) return false;
    if (free_bytes_at(watch->path) + LIMIT_BYTES > watch->free_bytes) return false;
    counted_bytes = 0;
    nftw(watch->path, entry_count, WALK_DESCRIPTORS, FTW_PHYS);
    return counted_bytes > LIMIT_BYTES;
}
