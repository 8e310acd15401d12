// C++'s std::async: a thread and a future a task, as many at a time as there would be workers.

#include "../orders.h"
#include <future>
#include <vector>

static int workers;

static double batch(enum order_kind kind, int count, int turns)
{
    uint64_t sum = 0;
    std::vector<std::future<uint64_t>> futures;
    double begin = order_now_s();
    for (int i = 0; i < count; i += workers) {
        futures.clear();
        for (int k = i; k < i + workers && k < count; k++)
            futures.push_back(std::async(std::launch::async, [kind, k, turns] {
                return order_task(kind, (uint64_t)k, turns);
            }));
        for (auto &future : futures) sum += future.get();
    }
    double seconds = order_now_s() - begin;
    return sum == 1 && count > 2 ? -1 : seconds;
}

int main(int argc, char *argv[])
{
    workers = atoi(argv[1]);
    return order_loop(batch);
}
