// Spinning: the cost of a turn differs tenfold between processors, so it is measured.

#include "futures/spin.h"
#include <pthread.h>
#include "futures/clock.h"
#include "futures/futures.h"

enum { SAMPLE = 200, SAMPLES = 5, USUAL_US = 24 };

_Atomic int workers_awake;

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

int spin_beside(int awake)
{
    return awake > 0 && awake < cpu_count ? usual_turns : 0;
}
