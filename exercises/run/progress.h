#ifndef RUN_PROGRESS_H
#define RUN_PROGRESS_H

// A progress bar beside work that knows nothing of it: a thread asks a function of
// ours how much is done and draws. It shows only on a terminal, and only after a
// second.
//
//     struct progress progress;
//     progress_start(&progress, "calls", 12, ended_calls, NULL);
//     work();
//     progress_stop(&progress);

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

// How much is done by now, from 0 to the total. It runs on the bar's thread while
// the work goes on, and process workers may be forked meanwhile: it takes no lock,
// prints nothing and stays out of HDF5.
typedef size_t progress_fn(const void *context);

struct progress {
    const char *unit;
    size_t total;
    progress_fn *done;
    const void *context;
    int stop_fd; // an eventfd: readable when the bar has to end
    bool started;
    pthread_t thread;
};

// Starts the bar. unit and context are borrowed until progress_stop. Where there is
// no terminal, or no thread to be had, there is no bar, which is no error.
void progress_start(struct progress *progress, const char *unit, size_t total,
                    progress_fn *done, const void *context);

// Removes the bar and waits for its thread.
void progress_stop(struct progress *progress);

#endif
