#ifndef GRADE_SITE_H
#define GRADE_SITE_H

// What a cluster wants to be told, one thing a line:
//
//     # our cluster
//     partition grade
//     account cs101
//     time 2:00:00
//
// An environment variable of the same name in capitals, SITE_PARTITION, counts more than the file;
// sbatch's own variables (SBATCH_PARTITION) count where neither says anything.

#include <stddef.h>

struct site {
    char *partition, *account, *qos, *constraint,
        *reservation; // NULL: the cluster's choice
    char
        *time; // the limit of a task, as sbatch takes it; NULL: by what it has to do
    char *memory;  // of a task
    char *cpus;    // of a task
    char *pack;    // submissions of a task, at most
    char *at_once; // tasks at once, at most; NULL: as many as there is room for
};

// Reads the file (NULL: none) and the environment. 0, or a negative errno with a sentence in text
// (size bytes). site_close in any case.
int site_read(struct site *site, const char *path, char *text, size_t size);

void site_close(struct site *site);

#endif
