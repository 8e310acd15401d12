// oneTBB's task_group: results in places of their own; the caller helps while it waits, so that
// two workers are one thread of the library and the caller.

#include "../orders.h"
#include <tbb/global_control.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>

static uint64_t out[ORDER_MOST];
static tbb::task_arena *arena;

static double batch(enum order_kind kind, int count, int turns)
{
    uint64_t sum = 0;
    double begin = order_now_s();
    arena->execute([=] {
        tbb::task_group group;
        for (int i = 0; i < count; i++)
            group.run([=] { out[i] = order_task(kind, (uint64_t)i, turns); });
        group.wait();
    });
    for (int i = 0; i < count; i++) sum += out[i];
    double seconds = order_now_s() - begin;
    return sum == 1 && count > 2 ? -1 : seconds;
}

int main(int argc, char *argv[])
{
    int workers = atoi(argv[1]);
    tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                              (size_t)workers);
    arena = new tbb::task_arena(workers);
    return order_loop(batch);
}
