// Every thread draws from a stream of its own, by the order in which threads come here, so that
// the same seed gives each the same delays. pthread_mutex_lock, pthread_cond_wait and sem_wait
// are wrapped at link time (-Wl,--wrap): the student's calls and the pools'.

#include "judge/runner/shake.h"
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <unistd.h>
#include "judge/runner/page.h"

enum { LONGEST_US = 1500, SLEEPS_LIMIT = 60 }; // each thread at most 0.1 s in all

int __real_pthread_mutex_lock(pthread_mutex_t *mutex);
int __real_pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex);
int __real_sem_wait(sem_t *semaphore);

static _Thread_local int sleeps;
static _Thread_local int executor_calls;
static _Thread_local bool has_waited;

// The thread's next number; 0: nothing is shaken.
static uint64_t draw(void)
{
    static _Thread_local uint64_t state;
    static _Thread_local pid_t
        owner; // a forked child has its parent's thread-local memory
    struct runner_page *page = runner_page();
    if (!page || page->shake.seed == 0) return 0;
    if (owner != gettid()) {
        owner = gettid();
        sleeps = 0;
        has_waited = false;
        uint64_t stream = ++page->shake.threads;
        state = (page->shake.seed + (stream << 32)) * 0x9e3779b97f4a7c15 | 1;
    }
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state >> 8 | 1ULL << 60;
}

void shake(void)
{
    uint64_t number = draw();
    if (number == 0) return;
    int error = errno;
    if (number % 4 == 0)
        sched_yield();
    else if (number % 4 == 1 && sleeps++ < SLEEPS_LIMIT)
        usleep((useconds_t)(number / 4 % LONGEST_US));
    errno = error;
}

bool shake_refuses(void)
{
    uint64_t number = draw();
    return number && number % 4 == 0;
}

void shake_enter_executor(void)
{
    executor_calls++;
}

void shake_leave_executor(void)
{
    executor_calls--;
}

bool shake_is_in_executor(void)
{
    return executor_calls > 0;
}

int __wrap_pthread_mutex_lock(pthread_mutex_t *mutex);
int __wrap_pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex);
int __wrap_sem_wait(sem_t *semaphore);

int __wrap_pthread_mutex_lock(pthread_mutex_t *mutex)
{
    shake();
    return __real_pthread_mutex_lock(mutex);
}

// POSIX allows a wait to end although nobody called: whoever waits has to look again. A
// thread's first wait does so always.
int __wrap_pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex)
{
    uint64_t number = draw();
    if (number == 0 || (has_waited && number % 3 != 0))
        return __real_pthread_cond_wait(condition, mutex);
    has_waited = true;
    pthread_mutex_unlock(mutex);
    shake();
    return __real_pthread_mutex_lock(mutex);
}

int __wrap_sem_wait(sem_t *semaphore)
{
    shake();
    return __real_sem_wait(semaphore);
}
