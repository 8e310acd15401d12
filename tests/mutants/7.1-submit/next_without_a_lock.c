// Its own threads take the next call from a variable that no lock guards: now and then two take
// the same one. What is seen is the race itself, or a call that was made twice.
// caught by: threads: no data race
// says: threads
// with: sanitizers

#include "submit.h"
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

struct table {
    int n;
    int *results;
    int next;
};

static void call(struct table *table, int place)
{
    int i = place / (table->n - 1), j = place % (table->n - 1);
    if (j >= i) j++;
    table->results[place] = i < j ? slow_add(i, j) : slow_sub(i, j);
}

static void *work(void *argument)
{
    struct table *table = argument;
    for (;;) {
        int place = table->next++;
        if (place >= table->n * (table->n - 1)) return NULL;
        call(table, place);
    }
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    struct table table = {n, results, 0};
    pthread_t *threads = calloc((size_t)workers, sizeof *threads);
    if (!threads) return -ENOMEM;
    int started = 0, status = 0;
    while (started < workers && !status) {
        status = -pthread_create(&threads[started], NULL, work, &table);
        if (!status) started++;
    }
    for (int k = 0; k < started; k++) pthread_join(threads[k], NULL);
    free(threads);
    return status;
}
