// The peers. One whose program could not be built, or that has no Python, is missing.

#include "peers.h"
#include "bench/bench.h"

static const char *const words[] = {"empty", "hot", "idle", "burn", "sleep"};

struct entry peers[PEERS] = {
    {.name = "glib", .counts = {100000, 500, 100, 5000, SLEEPERS}},
    {.name = "libuv", .counts = {100000, 500, 100, 5000, SLEEPERS}},
    {.name = "tbb", .counts = {100000, 5000, 100, 5000, SLEEPERS}},
    {.name = "tbb-promise", .counts = {100000, 500, 100, 5000, SLEEPERS}},
    {.name = "openmp", .counts = {100000, 2000, 100, 5000, SLEEPERS}},
    {.name = "std-async", .counts = {2000, 500, 100, 2000, SLEEPERS}},
    {.name = "thread-per-task", .counts = {2000, 500, 100, 2000, SLEEPERS}},
    {.name = "python-threads",
     .python = "threads",
     .counts = {5000, 300, 100, 1000, SLEEPERS}},
    {.name = "python-processes",
     .python = "processes",
     .counts = {1000, 300, 100, 1000, SLEEPERS}},
};

static void open_peer(struct entry *entry, struct peer *peer, const char *folder,
                      int workers)
{
    char path[512], number[20];
    snprintf(number, sizeof number, "%d", workers);
    if (entry->python) {
        const char *script = "tests/bench/futures/peers/python.py";
        peer_open(peer,
                  (const char *[]){"python3", script, entry->python, number, NULL});
    } else {
        snprintf(path, sizeof path, "%s/%s", folder, entry->name);
        peer_open(peer, (const char *[]){path, number, NULL});
    }
}

void peers_open(const char *folder)
{
    char path[512];
    for (int i = 0; i < PEERS; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, peers[i].name);
        peers[i].missing = peers[i].python ? system("python3 -c '' 2>/dev/null") != 0
                                           : access(path, X_OK) != 0;
        if (peers[i].missing) printf("%s is missing here\n", peers[i].name);
        if (peers[i].missing) continue;
        open_peer(&peers[i], &peers[i].two, folder, WORKERS);
        open_peer(&peers[i], &peers[i].many, folder, SLEEPERS);
    }
}

double measured_value(int kind, double seconds, int count, double task_s)
{
    switch (kind) {
    case ORDER_EMPTY:
        return count / seconds;
    case ORDER_HOT:
    case ORDER_IDLE:
        return seconds * 1e9;
    case ORDER_SLEEP:
        return seconds * 1e3;
    }
    return 100 * count * task_s / WORKERS / seconds;
}

static void run_round(struct entry *entry, size_t round, double task_s)
{
    char order[60];
    if (entry->missing) return;
    for (int kind = 0; kind <= ORDER_SLEEP; kind++) {
        int count = entry->counts[kind];
        snprintf(order, sizeof order, "%s %d %d", words[kind], count, TURNS);
        double seconds =
            peer_run(kind == ORDER_SLEEP ? &entry->many : &entry->two, order);
        entry->values[kind][round] =
            measured_value(kind, seconds, count, entry->python ? 10e-6 : task_s);
    }
}

void peers_round(size_t round, double task_s)
{
    for (int i = 0; i < PEERS; i++) run_round(&peers[i], round, task_s);
}

void peers_close(void)
{
    for (int i = 0; i < PEERS; i++) {
        if (peers[i].missing) continue;
        peer_close(&peers[i].two);
        peer_close(&peers[i].many);
    }
}
