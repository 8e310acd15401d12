// Spinning: the cost of a turn differs tenfold between processors, so it is measured.

#include "futures/spin.h"
#include <pthread.h>
#include "futures/clock.h"
#include "futures/futures.h"

enum { SAMPLE = 200, SAMPLES = 5, USUAL_US = 24, PACE_LOOKS = 64 };

_Atomic int workers_awake;
_Alignas(
    64) _Atomic unsigned waits_begun; // a line that waiters write and hardly anybody reads

static pthread_once_t measured = PTHREAD_ONCE_INIT;
static int turns_a_millisecond;
static int usual_turns;
static int cpu_count;

static void measure(void)
{
    int64_t best = INT64_MAX; // noise only adds
    for (int sample = 0; sample < SAMPLES; sample++) {
        int64_t begin = clock_ns();
        for (int turn = 0; turn < SAMPLE; turn++) spin_pause();
        int64_t taken = clock_ns() - begin;
        if (taken < best) best = taken;
    }
    turns_a_millisecond = (int)((int64_t)SAMPLE * 1000000 / (best > 0 ? best : 1));
    usual_turns = (int)((int64_t)turns_a_millisecond * USUAL_US / 1000);
    cpu_count = executor_cpu_count();
}

int spin_turns(int microseconds)
{
    pthread_once(&measured, measure);
    if (microseconds < 0 || cpu_count < 2) return 0;
    if (microseconds == 0) return usual_turns;
    return (int)((int64_t)turns_a_millisecond * microseconds / 1000);
}

void spin_pace(int turns)
{
    static _Thread_local unsigned looks, waits;
    static _Thread_local bool is_stream;
    if (++looks == PACE_LOOKS) {
        unsigned now = atomic_load_explicit(&waits_begun, memory_order_relaxed);
        is_stream = now - waits < PACE_LOOKS / 4;
        waits = now;
        looks = 0;
    }
    for (; is_stream && turns > 0; turns--) spin_pause();
}

int spin_beside(int awake)
{
    return awake > 0 && awake < cpu_count ? usual_turns : 0;
}
