// GLib's GThreadPool. It has no futures: a task's result goes into a struct of its own, and the
// end of a batch is a counter with a mutex and a condition variable, as its users write.

#include "../orders.h"
#include <glib.h>

struct job {
    enum order_kind kind;
    int turns;
    uint64_t in, out;
};

static struct job jobs[ORDER_MOST];
static GThreadPool *pool;
static GMutex mutex;
static GCond ended;
static gint done, goal;

static void run(gpointer data, gpointer user)
{
    struct job *job = data;
    job->out = order_task(job->kind, job->in, job->turns);
    if (g_atomic_int_add(&done, 1) + 1 != g_atomic_int_get(&goal)) return;
    g_mutex_lock(&mutex);
    g_cond_signal(&ended);
    g_mutex_unlock(&mutex);
}

static double batch(enum order_kind kind, int count, int turns)
{
    uint64_t sum = 0;
    g_atomic_int_set(&done, 0);
    g_atomic_int_set(&goal, count);
    double begin = order_now_s();
    for (int i = 0; i < count; i++) {
        jobs[i] = (struct job){kind, turns, (uint64_t)i, 0};
        g_thread_pool_push(pool, &jobs[i], NULL);
    }
    g_mutex_lock(&mutex);
    while (g_atomic_int_get(&done) != count) g_cond_wait(&ended, &mutex);
    g_mutex_unlock(&mutex);
    for (int i = 0; i < count; i++) sum += jobs[i].out;
    double seconds = order_now_s() - begin;
    return sum == 1 && count > 2 ? -1 : seconds;
}

int main(int argc, char *argv[])
{
    pool = g_thread_pool_new(run, NULL, atoi(argv[1]), TRUE, NULL);
    return order_loop(batch);
}
