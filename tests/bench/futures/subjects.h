#ifndef BENCH_SUBJECTS_H
#define BENCH_SUBJECTS_H

// Our two pools, made to do what the peers do (orders.h), and what only they can.

#include "futures/futures.h"
#include "orders.h"

// One of our pools with so many workers; with a trace if traced.
struct subject {
    const char *name;
    struct executor *executor;
    struct trace *trace;
};

void subject_open(struct subject *subject, const char *name, enum executor_kind kind,
                  int workers, bool traced);
void subject_close(struct subject *subject);

// Seconds of so many tasks by submit and futures_wait; by executor_map; and of one
// future_result after the other.
double subject_batch(struct subject *subject, enum order_kind kind, int count,
                     int turns);
double subject_map(struct subject *subject, enum order_kind kind, int count,
                   int turns);
double subject_one_by_one(struct subject *subject, enum order_kind kind, int count,
                          int turns);

// The median round trip of one task; hot or idle.
double subject_trips(struct subject *subject, enum order_kind kind, int count);

// Seconds from the kill of a running worker to its task's failure, the median.
double subject_crash(struct subject *subject, int count);

// CPU seconds that this process and its children use in so many seconds of idleness.
double subject_idle_cpu(int idle_s);

#endif
