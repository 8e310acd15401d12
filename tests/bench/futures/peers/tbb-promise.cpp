// oneTBB's enqueue with a std::promise a task: the nearest to a pool with futures.

#include "../orders.h"
#include <future>
#include <memory>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>
#include <vector>

static tbb::task_arena *arena;

static double batch(enum order_kind kind, int count, int turns)
{
    uint64_t sum = 0;
    std::vector<std::future<uint64_t>> futures;
    futures.reserve((size_t)count);
    double begin = order_now_s();
    for (int i = 0; i < count; i++) {
        auto promise = std::make_shared<std::promise<uint64_t>>();
        futures.push_back(promise->get_future());
        arena->enqueue(
            [=] { promise->set_value(order_task(kind, (uint64_t)i, turns)); });
    }
    for (auto &future : futures) sum += future.get();
    double seconds = order_now_s() - begin;
    return sum == 1 && count > 2 ? -1 : seconds;
}

int main(int argc, char *argv[])
{
    int workers = atoi(argv[1]); // and the caller, which does not help
    tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                              (size_t)workers + 1);
    arena = new tbb::task_arena(workers + 1, 1);
    return order_loop(batch);
}
