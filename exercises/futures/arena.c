// The arena: extents are powers of two, and a free one waits in a spare place of its class to
// be taken again by one exchange. When all places are taken the extent is forgotten, which
// only costs room in a sparse file; its memory is given back in any case.

#include "futures/arena.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/falloc.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

enum { SMALLEST = 12, KEPT = 1 << 20 }; // a page; up to this size its memory is kept

int arena_init(struct arena *arena)
{
    arena->file = memfd_create("futures", MFD_CLOEXEC);
    return arena->file < 0 ? -errno : 0;
}

void arena_close(struct arena *arena)
{
    if (arena->file >= 0) close(arena->file);
}

static int class_of(size_t size)
{
    int size_class = 0;
    while (size_class < ARENA_CLASSES - 1 &&
           ((size_t)1 << (size_class + SMALLEST)) < size)
        size_class++;
    return size_class;
}

// Writing past the limit on file sizes would end the process by a signal.
static int check_limit(int64_t end)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return 0;
    return (rlim_t)end <= limit.rlim_cur ? 0 : -EFBIG;
}

static int64_t take_extent(struct arena *arena, size_t size)
{
    int size_class = class_of(size);
    int64_t extent = (int64_t)1 << (size_class + SMALLEST);
    if ((size_t)extent < size) return -EFBIG;
    for (int i = 0; i < ARENA_SPARES; i++) {
        _Atomic int64_t *spare = &arena->spares[size_class][i];
        if (atomic_load(spare) == 0) continue;
        int64_t offset = atomic_exchange(spare, 0);
        if (offset != 0) return offset - 1;
    }
    int64_t offset = atomic_fetch_add(&arena->end, extent);
    int status = check_limit(offset + (int64_t)size);
    return status != 0 ? status : offset;
}

int64_t arena_put(struct arena *arena, const void *bytes, size_t size)
{
    int64_t offset = take_extent(arena, size);
    if (offset < 0) return offset;
    for (size_t done = 0; done < size;) {
        ssize_t count = pwrite(arena->file, (const char *)bytes + done, size - done,
                               offset + (int64_t)done);
        if (count > 0) done += (size_t)count;
        if (count >= 0 || errno == EINTR) continue;
        int status = -errno;
        arena_free(arena, offset, size);
        return status;
    }
    return offset;
}

int arena_get(struct arena *arena, int64_t offset, void *bytes, size_t size)
{
    for (size_t done = 0; done < size;) {
        ssize_t count = pread(arena->file, (char *)bytes + done, size - done,
                              offset + (int64_t)done);
        if (count > 0)
            done += (size_t)count;
        else if (count == 0)
            return -EIO;
        else if (errno != EINTR)
            return -errno;
    }
    return 0;
}

static bool keep_spare(struct arena *arena, int size_class, int64_t offset)
{
    for (int i = 0; i < ARENA_SPARES; i++) {
        int64_t empty = 0;
        _Atomic int64_t *spare = &arena->spares[size_class][i];
        if (atomic_load(spare) != 0) continue;
        if (atomic_compare_exchange_strong(spare, &empty, offset + 1)) return true;
    }
    return false;
}

void arena_free(struct arena *arena, int64_t offset, size_t size)
{
    if (offset < 0) return;
    int size_class = class_of(size);
    int64_t extent = (int64_t)1 << (size_class + SMALLEST);
    if (extent <= KEPT && keep_spare(arena, size_class, offset)) return;
    // Before anybody can take it again, for then the bytes would be the new owner's.
    fallocate(arena->file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, offset,
              extent);
    if (extent > KEPT) keep_spare(arena, size_class, offset);
}
