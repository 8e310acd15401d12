// Its own threads take the next call under a lock, but look without it whether there is one left.
// caught by: threads: no data race
// says: two threads use the same memory
// with: sanitizers

#include "submit.h"
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

struct table {
    int n;
    int *results;
    pthread_mutex_t lock;
    int next; // place
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
    int count = table->n * (table->n - 1);
    while (table->next < count) {
        pthread_mutex_lock(&table->lock);
        int place = table->next++;
        pthread_mutex_unlock(&table->lock);
        if (place < count) call(table, place);
    }
    return NULL;
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    struct table table = {n, results, PTHREAD_MUTEX_INITIALIZER, 0};
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
