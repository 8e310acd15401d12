#ifndef JUDGE_REQUEST_FOLDER_H
#define JUDGE_REQUEST_FOLDER_H

// The folder of one request. It is filled out of the runner's sight and then moved, whole,
// into the one folder that the runner may write to.
//
//     status = request_folder_open(&folder, exercise);
//     openat(folder.fd, "AAPL.json", O_CREAT | O_EXCL | O_WRONLY, 0644); ...
//     runner_start(&runner, box, program, folder.bound);
//     request_folder_place(&folder);          // from here on it is at folder.path
//     runner_call(...); runner_stop(&runner);
//     openat(folder.fd, "AAPL.h5", O_RDONLY | O_NOFOLLOW);
//     request_folder_close(&folder);          // and gone

#include "judge/exercise.h"

struct request_folder {
    char prepared[PATH_SIZE]; // where it is filled
    char bound[PATH_SIZE];    // what the runner may write to
    char path[PATH_SIZE];     // where the request finds it: inside bound
    int fd;                   // the folder, wherever it is; -1: not open
    bool stays;               // it is left there for a debugger
};

// Makes it, empty, beside the exercise's runner; what an earlier test left there goes. 0 or a
// negative errno; request_folder_close is due in either case.
int request_folder_open(struct request_folder *folder,
                        const struct exercise *exercise);

// Moves it to where the runner sees it; it then belongs to whom bound belongs. 0 or a negative
// errno.
int request_folder_place(struct request_folder *folder);

// Writes a file of that name. 0 or a negative errno.
int request_folder_write(const struct request_folder *folder, const char *name,
                         const void *bytes, size_t size);

// The name of a file that is none of the `count` expected ones; NULL: all are expected. The
// name is good until the next call.
const char *request_folder_stranger(const struct request_folder *folder,
                                    const char *const expected[], unsigned count);

// Removes it and all that is in it, unless it stays.
void request_folder_close(struct request_folder *folder);

#endif
