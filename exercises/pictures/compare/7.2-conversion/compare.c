// How much faster is 7.2 on threads and on processes, and what does HDF5's lock cost?
//     compare FOLDER ROUNDS STOCKS          STOCKS: a folder of NAME.json

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "conversion.h"
#include "pictures/compare/7.2-conversion/hdf5_lock.h"
#include "pictures/compare/limit.h"
#include "pictures/compare/report.h"
#include "run/clock.h"
#include "run/folder.h"

int sequential_convert_files(enum executor_kind kind, int workers,
                             const char *const json_paths[], size_t count,
                             int statuses[]);

struct work {
    struct folder files;
    int *statuses;
};

static void remove_converted(const struct folder *files)
{
    for (size_t k = 0; k < files->count; k++) {
        char path[4096];
        int length = (int)(strlen(files->paths[k]) - strlen(".json"));
        snprintf(path, sizeof path, "%.*s.h5", length, files->paths[k]);
        unlink(path);
    }
}

static double run(const struct subject *subject, void *context)
{
    struct work *work = context;
    const char *const *paths = (const char *const *)work->files.paths;
    size_t count = work->files.count;
    remove_converted(&work->files);
    for (size_t k = 0; k < count; k++) work->statuses[k] = 1;
    double begin = clock_seconds();
    int status = subject->way == WAY_SEQUENTIAL
                     ? sequential_convert_files(EXECUTOR_THREADS, 1, paths, count,
                                                work->statuses)
                     : convert_files(kind_of_way(subject->way), subject->workers,
                                     paths, count, work->statuses);
    double seconds = clock_seconds() - begin;
    if (status)
        compare_die("convert_files returned %d: %s.", status, strerror(-status));
    for (size_t k = 0; k < count; k++)
        if (work->statuses[k])
            compare_die("%s has status %d.", paths[k], work->statuses[k]);
    return seconds;
}

// What one way of converting spends in HDF5, in rounds of their own.
struct lock_row {
    double inside[MOST_ROUNDS];
    double waiting[MOST_ROUNDS];
    double part[MOST_ROUNDS]; // of the workers' time
};

static void measure_lock(const struct study *study, struct lock_row rows[])
{
    for (size_t round = 0; round < study->rounds; round++) {
        for (size_t k = 0; k < study->count; k++) {
            const struct subject *subject = &study->subject[k];
            hdf5_lock_count(true);
            double seconds = run(subject, study->context);
            hdf5_lock_count(false);
            struct hdf5_time time = hdf5_lock_time();
            rows[k].inside[round] = time.inside_s;
            rows[k].waiting[round] = time.waiting_s;
            rows[k].part[round] = time.inside_s / seconds / subject->workers;
        }
    }
}

static void report_lock(struct report *report, const struct study *study,
                        const struct lock_row rows[])
{
    printf(
        "\nHDF5 lets one thread of a process in at a time (sums over the workers, "
        "medians)\n\n");
    printf("%-11s %7s %12s %18s %22s\n", "way", "workers", "inside ms",
           "of that waits ms", "part of workers' time");
    for (size_t k = 0; k < study->count; k++) {
        const struct subject *subject = &study->subject[k];
        struct spread inside = spread_of(rows[k].inside, study->rounds);
        struct spread waiting = spread_of(rows[k].waiting, study->rounds);
        struct spread part = spread_of(rows[k].part, study->rounds);
        const char *way = name_of_way(subject->way);
        printf("%-11s %7d %12.1f %18.1f %20.0f %%\n", way, subject->workers,
               1e3 * inside.median, 1e3 * waiting.median, 100 * part.median);
        report_add(report, "hdf5_lock",
                   json_pack("{s:s, s:i, s:o, s:o, s:o}", "way", way, "workers",
                             subject->workers, "inside_seconds",
                             report_spread(inside, 1), "waiting_seconds",
                             report_spread(waiting, 1), "part_of_workers_time",
                             report_spread(part, 1)));
    }
    double part = spread_of(rows[0].part, study->rounds).median;
    printf("\nSequential code is in HDF5 %.0f %% of its time, so threads alone can "
           "never "
           "be more\nthan %.1f times faster, however many they are.\n",
           100 * part, 1 / part);
}

int main(int argc, char *argv[])
{
    if (argc != 4) compare_die("compare FOLDER ROUNDS STOCKS");
    struct work work = {.statuses = NULL};
    if (folder_open(&work.files, argv[3], ".json") || work.files.count == 0)
        compare_die("No .json files in %s.", argv[3]);
    work.statuses = calloc(work.files.count, sizeof *work.statuses);
    struct study study = {.exercise = "7.2",
                          .name = "convert_files",
                          .run = run,
                          .attainable = limit_of_computing,
                          .context = &work};
    struct lock_row *rows = calloc(MOST_SUBJECTS, sizeof *rows);
    if (!work.statuses || !rows)
        compare_die("No memory for %zu files.", work.files.count);
    snprintf(study.what, sizeof study.what, "%zu files of JSON lines into HDF5",
             work.files.count);
    study_run(&study, strtoul(argv[2], NULL, 10), 2 * executor_cpu_count());
    measure_lock(&study, rows);
    struct report report;
    report_open(&report, argv[1], "7.2");
    report_study(&report, &study);
    report_lock(&report, &study, rows);
    report_close(&report);
    study_close(&study);
    folder_close(&work.files);
    free(work.statuses);
    free(rows);
    return EXIT_SUCCESS;
}
