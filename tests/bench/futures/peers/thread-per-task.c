// A thread per task, as many at a time as there would be workers: no pool at all.

#include "../orders.h"
#include <pthread.h>

enum { MOST = 64 };

struct job {
    enum order_kind kind;
    int turns;
    uint64_t value;
};

static int workers;

static void *run(void *argument)
{
    struct job *job = argument;
    job->value = order_task(job->kind, job->value, job->turns);
    return NULL;
}

static double batch(enum order_kind kind, int count, int turns)
{
    pthread_t threads[MOST];
    struct job jobs[MOST];
    double begin = order_now_s();
    for (int i = 0; i < count; i += workers) {
        int now = count - i < workers ? count - i : workers;
        for (int k = 0; k < now; k++) {
            jobs[k] = (struct job){kind, turns, (uint64_t)(i + k)};
            pthread_create(&threads[k], NULL, run, &jobs[k]);
        }
        for (int k = 0; k < now; k++) pthread_join(threads[k], NULL);
    }
    return order_now_s() - begin;
}

int main(int argc, char *argv[])
{
    workers = atoi(argv[1]) < MOST ? atoi(argv[1]) : MOST;
    return order_loop(batch);
}
