#ifndef BENCH_ORDERS_H
#define BENCH_ORDERS_H

// What ours and the peers do when they are told to, in words: "empty 1000 0" is 1000 tasks that
// only give back their number; "hot 1000 0" and "idle 100 0" are round trips of one task, the
// second kind after 200 us in which nothing was done; "burn 1000 9000" is 1000 tasks of 9000
// turns; "sleep 16 0" is 16 sleeps of 50 ms. The answer is in seconds: of the whole,
// or of the median round trip. For C and for C++.

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum order_kind { ORDER_EMPTY, ORDER_HOT, ORDER_IDLE, ORDER_BURN, ORDER_SLEEP };
enum { ORDER_MOST = 1000000, IDLE_US = 200, SLEEP_US = 50000, ORDER_BATCHES = 21 };

static inline double order_now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

// A chain of multiplications, each of which waits for the one before.
static inline uint64_t order_burn(uint64_t x, int turns)
{
    for (int i = 0; i < turns; i++)
        x = x * 6364136223846793005u + 1442695040888963407u;
    return x;
}

// One task of any kind.
static inline uint64_t order_task(enum order_kind kind, uint64_t x, int turns)
{
    if (kind == ORDER_SLEEP) usleep(SLEEP_US);
    return kind == ORDER_BURN ? order_burn(x, turns) : x;
}

static inline int order_compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

// The median of count round trips, each a batch of one task.
static inline double order_trips(double (*batch)(enum order_kind, int, int),
                                 enum order_kind kind, int count)
{
    static double seconds[ORDER_MOST];
    for (int i = 0; i < count; i++) {
        if (kind == ORDER_IDLE) usleep(IDLE_US);
        seconds[i] = batch(kind, 1, 0);
    }
    qsort(seconds, (size_t)count, sizeof *seconds, order_compare);
    return seconds[count / 2];
}

// The median of some batches in a row: the first of them finds cold caches.
static inline double order_batches(double (*batch)(enum order_kind, int, int),
                                   enum order_kind kind, int count, int turns)
{
    double seconds[ORDER_BATCHES] = {0};
    int batches = kind == ORDER_EMPTY ? ORDER_BATCHES : 1;
    for (int i = 0; i < batches; i++) seconds[i] = batch(kind, count, turns);
    qsort(seconds, (size_t)batches, sizeof *seconds, order_compare);
    return seconds[batches / 2];
}

// A peer's life: batch does so many tasks and gives the seconds.
static inline int order_loop(double (*batch)(enum order_kind, int, int))
{
    static const char *const names[] = {"empty", "hot", "idle", "burn", "sleep"};
    char line[100], name[20];
    int count, turns;
    while (fgets(line, sizeof line, stdin)) {
        if (sscanf(line, "%19s %d %d", name, &count, &turns) != 3) return 1;
        int kind = 0;
        while (kind < ORDER_SLEEP && strcmp(name, names[kind]) != 0) kind++;
        int is_trip = kind == ORDER_HOT || kind == ORDER_IDLE;
        printf("%.9f\n",
               is_trip ? order_trips(batch, (enum order_kind)kind, count)
                       : order_batches(batch, (enum order_kind)kind, count, turns));
        fflush(stdout);
    }
    return 0;
}

#endif
