// The chain goes from a cluster to its nearest one, and on, until two are nearest to each
// other: these are merged. Average linkage never brings a third one nearer by that, so what
// is left of the chain stays valid, and the whole takes n * n steps.

#include "pictures/plot/order.h"
#include <errno.h>
#include <math.h>
#include <stdlib.h>

enum { NONE = -1 };

// A cluster is known by one of its series; its series hang together as a list.
struct clusters {
    size_t count;     // of series
    double *distance; // count * count, valid between clusters that are left
    size_t *size;     // 0: merged into another one, or without a correlation
    long *next;       // series in the same cluster, in order
    long *first;
    long *last;
};

static void clusters_close(struct clusters *clusters)
{
    free(clusters->distance);
    free(clusters->size);
    free(clusters->next);
    free(clusters->first);
    free(clusters->last);
}

static int clusters_init(struct clusters *clusters, const double r[], size_t n)
{
    *clusters = (struct clusters){.count = n};
    clusters->distance = calloc(n * n + 1, sizeof *clusters->distance);
    clusters->size = calloc(n + 1, sizeof *clusters->size);
    clusters->next = calloc(n + 1, sizeof *clusters->next);
    clusters->first = calloc(n + 1, sizeof *clusters->first);
    clusters->last = calloc(n + 1, sizeof *clusters->last);
    if (!clusters->distance || !clusters->size || !clusters->next ||
        !clusters->first || !clusters->last)
        return -ENOMEM;
    for (size_t k = 0; k < n * n; k++) clusters->distance[k] = 1 - r[k];
    for (size_t k = 0; k < n; k++) {
        clusters->size[k] = !isnan(r[k * n + k]);
        clusters->next[k] = NONE;
        clusters->first[k] = clusters->last[k] = (long)k;
    }
    return 0;
}

// The nearest cluster to a; of equally near ones the preferred one (NONE: the first).
static long nearest(const struct clusters *clusters, long a, long preferred)
{
    const double *distance = clusters->distance + (size_t)a * clusters->count;
    long best = preferred;
    for (size_t k = 0; k < clusters->count; k++) {
        if ((long)k == a || clusters->size[k] == 0) continue;
        if (best == NONE || distance[k] < distance[best]) best = (long)k;
    }
    return best;
}

// Puts the series of b behind those of a.
static void merge(struct clusters *clusters, size_t a, size_t b)
{
    size_t n = clusters->count;
    double weight_a = (double)clusters->size[a],
           weight_b = (double)clusters->size[b];
    for (size_t k = 0; k < n; k++) {
        double mean = (weight_a * clusters->distance[a * n + k] +
                       weight_b * clusters->distance[b * n + k]) /
                      (weight_a + weight_b);
        clusters->distance[a * n + k] = clusters->distance[k * n + a] = mean;
    }
    clusters->next[clusters->last[a]] = clusters->first[b];
    clusters->last[a] = clusters->last[b];
    clusters->size[a] += clusters->size[b];
    clusters->size[b] = 0;
}

// Merges until one is left, whose number it returns (NONE: no series has a correlation).
static long merge_all(struct clusters *clusters, long chain[])
{
    size_t left = 0, length = 0;
    for (size_t k = 0; k < clusters->count; k++) left += clusters->size[k] > 0;
    while (left > 1) {
        if (length == 0) {
            chain[0] = 0;
            while (clusters->size[chain[0]] == 0) chain[0]++;
            length = 1;
        }
        long top = chain[length - 1], below = length > 1 ? chain[length - 2] : NONE;
        long near = nearest(clusters, top, below);
        if (near != below) {
            chain[length++] = near;
            continue;
        }
        merge(clusters, (size_t)(top < near ? top : near),
              (size_t)(top < near ? near : top));
        length -= 2;
        left--;
    }
    for (size_t k = 0; k < clusters->count; k++)
        if (clusters->size[k] > 0) return (long)k;
    return NONE;
}

int order_by_clustering(const double r[], size_t n, size_t order[])
{
    struct clusters clusters;
    long *chain = calloc(n + 2, sizeof *chain);
    int status = clusters_init(&clusters, r, n);
    if (!chain) status = -ENOMEM;
    if (!status) {
        size_t at = 0;
        long all = merge_all(&clusters, chain);
        long k = all == NONE ? NONE : clusters.first[all];
        for (; k != NONE; k = clusters.next[k]) order[at++] = (size_t)k;
        for (size_t j = 0; j < n; j++)
            if (isnan(r[j * n + j])) order[at++] = j;
    }
    clusters_close(&clusters);
    free(chain);
    return status;
}
