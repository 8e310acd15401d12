// The physical limits, each measured with as little of a program around it as there can be.

#include "limits.h"
#include <pthread.h>
#include <sched.h>
#include <sys/wait.h>
#include "futures/futex.h"
#include "judge/median.h"
#include "orders.h"

enum { TRIPS = 4000, PAIRS = 100000, THREADS = 200, FORKS = 50, BURNS = 501 };

struct line {
    _Alignas(128) _Atomic uint32_t value;
};

static struct line there, back;
static double trip_seconds[TRIPS];

static void *echo_spinning(void *argument)
{
    for (uint32_t i = 1; i <= TRIPS; i++) {
        while (atomic_load_explicit(&there.value, memory_order_acquire) != i) {
        }
        atomic_store_explicit(&back.value, i, memory_order_release);
    }
    return NULL;
}

static void *echo_sleeping(void *argument)
{
    for (uint32_t i = 1; i <= TRIPS; i++) {
        while (atomic_load(&there.value) != i)
            futex_wait(&there.value, i - 1, FUTEX_FOR_EVER, false);
        atomic_store(&back.value, i);
        futex_wake(&back.value, 1, false);
    }
    return NULL;
}

static double trips(bool spinning)
{
    pthread_t thread;
    atomic_store(&there.value, 0);
    atomic_store(&back.value, 0);
    pthread_create(&thread, NULL, spinning ? echo_spinning : echo_sleeping, NULL);
    for (uint32_t i = 1; i <= TRIPS; i++) {
        double begin = order_now_s();
        atomic_store(&there.value, i);
        if (!spinning) futex_wake(&there.value, 1, false);
        while (atomic_load(&back.value) != i)
            if (!spinning) futex_wait(&back.value, i - 1, FUTEX_FOR_EVER, false);
        trip_seconds[i - 1] = order_now_s() - begin;
    }
    pthread_join(thread, NULL);
    return median_of(trip_seconds, TRIPS);
}

double limit_cache_line_trip(void)
{
    return trips(true);
}

double limit_futex_trip(void)
{
    cpu_set_t all, one;
    sched_getaffinity(0, sizeof all, &all);
    int cpu = 0;
    while (!CPU_ISSET(cpu, &all)) cpu++;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    sched_setaffinity(0, sizeof one, &one); // the thread inherits it
    double trip = trips(false);
    sched_setaffinity(0, sizeof all, &all);
    return trip;
}

double limit_malloc_free(void)
{
    static void *blocks[1000];
    double begin = order_now_s();
    for (int i = 0; i < PAIRS; i++) {
        free(blocks[i % 1000]);
        blocks[i % 1000] = malloc(200);
    }
    return (order_now_s() - begin) / PAIRS;
}

static void *nothing(void *argument)
{
    return argument;
}

double limit_thread_create_join(void)
{
    double begin = order_now_s();
    for (int i = 0; i < THREADS; i++) {
        pthread_t thread;
        pthread_create(&thread, NULL, nothing, NULL);
        pthread_join(thread, NULL);
    }
    return (order_now_s() - begin) / THREADS;
}

double limit_fork_wait(void)
{
    double begin = order_now_s();
    for (int i = 0; i < FORKS; i++) {
        pid_t child = fork();
        if (child == 0) _exit(0);
        waitpid(child, NULL, 0);
    }
    return (order_now_s() - begin) / FORKS;
}

double limit_burn(int turns)
{
    volatile uint64_t sink = 1;
    for (int i = 0; i < BURNS; i++) {
        double begin = order_now_s();
        sink = order_burn(sink, turns);
        trip_seconds[i] = order_now_s() - begin;
    }
    return median_of(trip_seconds, BURNS);
}
