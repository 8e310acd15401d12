// This program's pthread_mutex_lock and pthread_cond_wait stand before libc's, for shared
// libraries too: that is how the dynamic linker looks up names. Outside of sessions, and where
// a mutex is free, they add next to nothing; only a thread that has to wait reads the clock.

#include "pictures/compare/7.2-conversion/hdf5_lock.h"
#include <dlfcn.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include "stocks/hdf5_session.h"

// In memory that forked workers share.
struct counters {
    atomic_bool is_counting;
    _Atomic int64_t inside_ns;
    _Atomic int64_t waiting_ns;
};

static struct counters *counters;
static _Thread_local int64_t session_begin_ns; // 0: not in a session that is counted

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void hdf5_lock_count(bool is_counting)
{
    if (!counters) {
        counters = mmap(NULL, sizeof *counters, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (counters == MAP_FAILED) abort();
    }
    if (is_counting) {
        atomic_store(&counters->inside_ns, 0);
        atomic_store(&counters->waiting_ns, 0);
    }
    atomic_store(&counters->is_counting, is_counting);
}

struct hdf5_time hdf5_lock_time(void)
{
    return (struct hdf5_time){(double)atomic_load(&counters->inside_ns) * 1e-9,
                              (double)atomic_load(&counters->waiting_ns) * 1e-9};
}

void __real_hdf5_session_open(struct hdf5_session *session);
void __wrap_hdf5_session_open(struct hdf5_session *session);
void __wrap_hdf5_session_open(struct hdf5_session *session)
{
    bool is_counting = counters && atomic_load(&counters->is_counting);
    session_begin_ns = is_counting ? now_ns() : 0;
    __real_hdf5_session_open(session);
}

void __real_hdf5_session_close(struct hdf5_session *session);
void __wrap_hdf5_session_close(struct hdf5_session *session);
void __wrap_hdf5_session_close(struct hdf5_session *session)
{
    __real_hdf5_session_close(session);
    if (session_begin_ns)
        atomic_fetch_add(&counters->inside_ns, now_ns() - session_begin_ns);
    session_begin_ns = 0;
}

static void add_wait(int64_t begin_ns)
{
    atomic_fetch_add(&counters->waiting_ns, now_ns() - begin_ns);
}

// The function of that name behind ours. Threads may look it up twice; it is the same.
static void *next_one(const char *name, void *_Atomic *kept)
{
    void *function = atomic_load_explicit(kept, memory_order_acquire);
    if (!function) {
        function = dlsym(RTLD_NEXT, name);
        atomic_store_explicit(kept, function, memory_order_release);
    }
    return function;
}

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
    static void *_Atomic kept;
    if (session_begin_ns && pthread_mutex_trylock(mutex) == 0) return 0;
    int (*lock)(pthread_mutex_t *);
    *(void **)&lock = next_one("pthread_mutex_lock", &kept);
    if (!session_begin_ns) return lock(mutex);
    int64_t begin_ns = now_ns();
    int status = lock(mutex);
    add_wait(begin_ns);
    return status;
}

int pthread_cond_wait(pthread_cond_t *condition, pthread_mutex_t *mutex)
{
    static void *_Atomic kept;
    int (*wait)(pthread_cond_t *, pthread_mutex_t *);
    *(void **)&wait = next_one("pthread_cond_wait", &kept);
    int64_t begin_ns = session_begin_ns ? now_ns() : 0;
    int status = wait(condition, mutex);
    if (begin_ns) add_wait(begin_ns);
    return status;
}
