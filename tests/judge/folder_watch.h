#ifndef JUDGE_FOLDER_WATCH_H
#define JUDGE_FOLDER_WATCH_H

// A watch over the one folder that a run may write to: the kernel bounds each of its files,
// and nobody bounds how many there are.
//
//     struct folder_watch watch = folder_watch_start(folder);
//     ... every now and then:
//     if (folder_is_overfull(&watch)) ...

#include <stdbool.h>
#include <stdint.h>

struct folder_watch {
    const char *path; // NULL: nothing is watched
    uint64_t free_bytes;
};

// Borrows the path for as long as the watch is used.
struct folder_watch folder_watch_start(const char *path);

// Has more than a gigabyte come into the folder? Cheap while the disk has not lost as much.
bool folder_is_overfull(const struct folder_watch *watch);

#endif
