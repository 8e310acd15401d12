// libuv's uv_queue_work, whose results come back in the loop's thread.

#include "../orders.h"
#include <uv.h>

struct job {
    uv_work_t request;
    enum order_kind kind;
    int turns;
    uint64_t in, out;
};

static struct job jobs[ORDER_MOST];
static uint64_t sum;

static void run(uv_work_t *request)
{
    struct job *job = (struct job *)request;
    job->out = order_task(job->kind, job->in, job->turns);
}

static void after(uv_work_t *request, int status)
{
    sum += ((struct job *)request)->out;
}

static double batch(enum order_kind kind, int count, int turns)
{
    double begin = order_now_s();
    for (int i = 0; i < count; i++) {
        jobs[i].kind = kind;
        jobs[i].turns = turns;
        jobs[i].in = (uint64_t)i;
        uv_queue_work(uv_default_loop(), &jobs[i].request, run, after);
    }
    uv_run(uv_default_loop(), UV_RUN_DEFAULT);
    return order_now_s() - begin;
}

int main(int argc, char *argv[])
{
    setenv("UV_THREADPOOL_SIZE", argv[1], 1);
    return order_loop(batch);
}
