// OpenMP tasks: one thread of the team creates them, and helps while it waits.

#include "../orders.h"
#include <omp.h>

static uint64_t out[ORDER_MOST];
static int workers;

static double tasks(enum order_kind kind, int count, int turns)
{
    uint64_t sum = 0;
    double begin = order_now_s();
    for (int i = 0; i < count; i++) {
#pragma omp task firstprivate(i) shared(out)
        out[i] = order_task(kind, (uint64_t)i, turns);
    }
#pragma omp taskwait
    for (int i = 0; i < count; i++) sum += out[i];
    double seconds = order_now_s() - begin;
    return sum == 1 && count > 2 ? -1 : seconds;
}

static double batch(enum order_kind kind, int count, int turns)
{
    double seconds = 0;
#pragma omp parallel num_threads(workers)
#pragma omp single
    seconds = tasks(kind, count, turns);
    return seconds;
}

int main(int argc, char *argv[])
{
    workers = atoi(argv[1]);
    return order_loop(batch);
}
