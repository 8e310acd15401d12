#ifndef PICTURES_STUDY_H
#define PICTURES_STUDY_H

// A study: the same work done one call after the other, on threads and on processes, with 1,
// 2, 4 ... workers, all in turns, round by round: machines slow down and recover, and what was
// measured in the same round had the same weather. In every round stands, beside that, what
// the machine can give to so many workers at that time.
//
//     struct study study = {.exercise = "7.3", .name = "correlate_pairs", .run = run,
//                           .attainable = limit_of_computing, .context = &series};
//     study_run(&study, rounds, executor_cpu_count() * 2);
//     report_study(report, &study);
//     study_close(&study);
//
// Failures end the program with a sentence: nobody can go on from half a comparison.

#include <stdbool.h>
#include <stddef.h>
#include "futures/futures.h"

enum way { WAY_SEQUENTIAL, WAY_THREADS, WAY_PROCESSES };

struct subject {
    enum way way;
    int workers;
};

enum { MOST_COUNTS = 16, MOST_SUBJECTS = 1 + 2 * MOST_COUNTS, MOST_ROUNDS = 100 };

struct study {
    // set by the caller:
    const char *exercise;
    const char *name; // of the function that is timed
    char what[160];   // the work, for titles
    double (*run)(const struct subject *subject,
                  void *context);      // the seconds it took
    double (*attainable)(int workers); // times faster than one, measured now
    void *context;
    // filled by study_run:
    size_t rounds;
    size_t count; // of subjects; the first is sequential
    struct subject subject[MOST_SUBJECTS];
    size_t worker_counts;
    int workers[MOST_COUNTS];
    double (*seconds)[MOST_SUBJECTS]; // [round][subject]
    double (*limits)[MOST_COUNTS];    // [round][number of the worker count]
};

// What lies in the middle of the rounds' values.
struct spread {
    double lower; // a quarter of the values is below
    double median;
    double upper;
};

void study_run(struct study *study, size_t rounds, int most_workers);
void study_close(struct study *study);

// 1, 2, 4 ... and most; how many these are.
size_t worker_counts(int most, int workers[MOST_COUNTS]);

enum executor_kind kind_of_way(enum way way);
const char *name_of_way(enum way way);

struct spread spread_of(const double values[], size_t count);
struct spread study_seconds(const struct study *study, size_t subject);
struct spread study_speedup(const struct study *study, size_t subject);
struct spread study_limit(const struct study *study, int workers);
// The speedup as a part of what the machine could give in the same round.
struct spread study_part(const struct study *study, size_t subject);

// Prints the sentence and ends the program.
void compare_die(const char *format, ...)
    __attribute__((noreturn, format(printf, 1, 2)));

#endif
