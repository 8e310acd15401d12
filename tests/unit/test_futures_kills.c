// Process pools whose workers, server or parent are killed, at any moment: every task ends as
// done or as failed, and nobody is left behind.

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "futures_tasks.h"
#include "unit/unit.h"

// Under ThreadSanitizer main names none of these tests.
#pragma GCC diagnostic ignored "-Wunused-variable"

static int worker_pid(struct executor *executor)
{
    struct future *future = submit_int(executor, tell_process, 0);
    int pid = int_result(future);
    future_free(future);
    return pid;
}

// Says who runs it, and stays for ever.
static int tell_and_stay(const void *args, void *result)
{
    int pid = getpid();
    if (write(*(const int *)args, &pid, sizeof pid) != sizeof pid) return -EIO;
    for (;;) pause();
}

static int read_pid(int from)
{
    int pid = 0;
    ck_assert_int_eq(read(from, &pid, sizeof pid), sizeof pid);
    return pid;
}

START_TEST(test_killed_while_running)
{
    int pipes[2];
    ck_assert_int_eq(pipe(pipes), 0);
    struct executor *executor = create_pool(EXECUTOR_PROCESSES, 1);
    for (int i = 0; i < 20; i++) {
        struct future *running = submit_int(executor, tell_and_stay, pipes[1]);
        struct future *pending = submit_int(executor, square, i);
        kill(read_pid(pipes[0]), SIGKILL);
        struct task_error error;
        ck_assert_int_eq(future_error(running, &error, LIMIT_MS), -ECHILD);
        ck_assert_int_eq(error.signal, SIGKILL);
        ck_assert_int_eq(int_result(pending), i * i);
        future_free(running);
        future_free(pending);
    }
    executor_destroy(executor);
    close(pipes[0]);
    close(pipes[1]);
}
END_TEST

START_TEST(test_killed_while_idle)
{
    struct executor *executor = create_pool(EXECUTOR_PROCESSES, 2);
    for (int i = 0; i < 20; i++) {
        kill(worker_pid(executor), SIGKILL);
        struct future *future = submit_int(executor, square, i);
        int value, status = future_result(future, &value, LIMIT_MS);
        ck_assert(status == 0 ||
                  status == -ECHILD); // it may have begun before it died
        if (status == 0) ck_assert_int_eq(value, i * i);
        future_free(future);
    }
    executor_destroy(executor);
}
END_TEST

START_TEST(test_all_workers_killed)
{
    enum { WORKERS = 4, QUEUED = 100 };
    int pipes[2], pids[WORKERS];
    struct gate gate;
    gate_init(&gate);
    ck_assert_int_eq(pipe(pipes), 0);
    struct executor *executor = create_pool(EXECUTOR_PROCESSES, WORKERS);
    struct future *running[WORKERS], *queued[QUEUED];
    for (int i = 0; i < WORKERS; i++)
        running[i] = submit_int(executor, tell_and_stay, pipes[1]);
    for (int i = 0; i < QUEUED; i++) queued[i] = submit_int(executor, square, i);
    for (int i = 0; i < WORKERS; i++) pids[i] = read_pid(pipes[0]);
    for (int i = 0; i < WORKERS; i++) kill(pids[i], SIGKILL);
    for (int i = 0; i < WORKERS; i++) {
        ck_assert_int_eq(future_result(running[i], NULL, LIMIT_MS), -ECHILD);
        future_free(running[i]);
    }
    for (int i = 0; i < QUEUED; i++) {
        ck_assert_int_eq(int_result(queued[i]), i * i);
        future_free(queued[i]);
    }
    for (int i = 0; i < WORKERS; i++) running[i] = submit_hold(executor, &gate);
    gate_await(&gate, WORKERS); // as many as before
    gate_release(&gate, WORKERS);
    for (int i = 0; i < WORKERS; i++) {
        ck_assert_int_eq(int_result(running[i]), 1);
        future_free(running[i]);
    }
    executor_destroy(executor);
    gate_close(&gate);
    close(pipes[0]);
    close(pipes[1]);
}
END_TEST

// The children of a process but for one, up to 16.
static int list_children(int parent, int but, int pids[16])
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", parent, parent);
    FILE *stream = fopen(path, "re");
    if (!stream) return 0;
    int count = 0;
    for (int pid; count < 16 && fscanf(stream, "%d", &pid) == 1;)
        if (pid != but) pids[count++] = pid;
    fclose(stream);
    return count;
}

// A process that kills so many workers of its parent's only pool, at random moments.
static pid_t start_killer(int kills)
{
    pid_t parent = getpid(), killer = fork();
    if (killer != 0) return killer;
    unsigned seed = 7;
    while (kills > 0) {
        int servers[16], workers[16];
        nanosleep(&(struct timespec){0, rand_r(&seed) % 3000000}, NULL);
        if (list_children(parent, getpid(), servers) != 1) _exit(1);
        int count = list_children(servers[0], 0, workers);
        if (count > 0 && kill(workers[rand_r(&seed) % count], SIGKILL) == 0) kills--;
    }
    _exit(0);
}

struct tally {
    int done, failed, other;
};

static void settle(struct future *future, struct tally *tally)
{
    int status = future_result(future, NULL, LIMIT_MS);
    tally->done += status == 0;
    tally->failed += status == -ECHILD;
    tally->other += status != 0 && status != -ECHILD;
    future_free(future);
}

START_TEST(test_kills_at_random_moments)
{
    enum { TASKS = 100000, KILLS = 100, IN_FLIGHT = 5000 };
    static struct future *ring[IN_FLIGHT];
    struct executor *executor = create_pool(EXECUTOR_PROCESSES, 3);
    pid_t killer = start_killer(KILLS);
    struct tally tally = {0};
    int next = 0, last = 0, killer_status = -1;
    bool killing = true;
    while (last < next || next < TASKS || killing) {
        while (next - last < IN_FLIGHT && (next < TASKS || killing))
            ring[next++ % IN_FLIGHT] = submit_int(executor, add_up, 5);
        settle(ring[last++ % IN_FLIGHT], &tally);
        if (killing && last % 100 == 0)
            killing = waitpid(killer, &killer_status, WNOHANG) == 0;
    }
    ck_assert_int_eq(killer_status, 0);
    ck_assert_int_eq(tally.other, 0);
    ck_assert_int_eq(tally.done + tally.failed, next);
    ck_assert_int_le(tally.failed, KILLS);
    executor_destroy(executor);
    ck_assert_int_eq(child_processes(), 0);
}
END_TEST

// A process with a pool of its own, in a process group of its own; busy or not.
static _Noreturn void live_with_pool(int tell, bool busy)
{
    struct pool_options options = {.workers = 3};
    int pid = 0;
    setpgid(0, 0);
    struct executor *executor = executor_create(EXECUTOR_PROCESSES, &options);
    struct future *future = submit_int(executor, tell_process, 0);
    if (future_result(future, &pid, LIMIT_MS) != 0) _exit(1);
    if (busy)
        submit_int(executor, tell_and_stay, tell);
    else if (write(tell, &pid, sizeof pid) != sizeof pid)
        _exit(1);
    for (;;) pause();
}

// Whether all workers are gone within a second of their parent's death.
static bool workers_end_with_parent(bool busy)
{
    int pipes[2];
    ck_assert_int_eq(pipe(pipes), 0);
    pid_t parent = fork();
    if (parent == 0) live_with_pool(pipes[1], busy);
    close(pipes[1]);
    read_pid(pipes[0]); // there are workers
    kill(parent, SIGKILL);
    // All hold the pipe's other end: it closes when the last of them is gone.
    struct pollfd closed = {.fd = pipes[0], .events = POLLIN};
    int gone = poll(&closed, 1, 1000);
    kill(-parent, SIGKILL); // should it be otherwise
    waitpid(parent, NULL, 0);
    close(pipes[0]);
    return gone == 1 && closed.revents & POLLHUP;
}

// A machine may stop as a whole for a second: once in three tries is enough, for what lives on
// does so each time.
START_TEST(test_workers_do_not_outlive_their_parent)
{
    bool is_gone = false;
    for (int tries = 0; !is_gone && tries < 3; tries++)
        is_gone = workers_end_with_parent(_i);
    ck_assert(is_gone);
}
END_TEST

START_TEST(test_server_killed_breaks_the_pool)
{
    enum { PENDING = 3000 };
    struct gate gate;
    gate_init(&gate);
    struct executor *executor = create_pool(EXECUTOR_PROCESSES, 1);
    struct future *running = submit_hold(executor, &gate), *pending[PENDING];
    for (int i = 0; i < PENDING; i++) pending[i] = submit_hold(executor, &gate);
    gate_await(&gate, 1);
    int children[16];
    ck_assert_int_eq(list_children(getpid(), 0, children), 1);
    kill(children[0], SIGKILL);
    struct task_error error;
    ck_assert_int_eq(future_error(running, &error, LIMIT_MS), -ECHILD);
    ck_assert_int_eq(error.number, -ENOTRECOVERABLE);
    for (int i = 0; i < PENDING; i++) {
        ck_assert_int_eq(future_result(pending[i], NULL, LIMIT_MS), -ECHILD);
        future_free(pending[i]);
    }
    future_free(running);
    executor_destroy(executor);
    gate_close(&gate);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("futures: kills");
    TCase *group = tcase_create("processes");
    tcase_set_timeout(group, 120);
#ifndef __SANITIZE_THREAD__ // which does not follow forks
    const TTest *const tests[] = {
        test_workers_do_not_outlive_their_parent, // idle, and busy
        test_killed_while_running,
        test_killed_while_idle,
        test_all_workers_killed,
        test_kills_at_random_moments,
        test_server_killed_breaks_the_pool,
    };
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        if (is_wanted(tests[i]))
            tcase_add_loop_test(group, tests[i], 0, 1 + (i == 0));
#endif
    suite_add_tcase(suite, group);
    return unit_run(suite);
}
