// How much faster is 7.1 on threads and on processes?
//     compare FOLDER ROUNDS STOCKS, of which 7.1 has no use

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "pictures/compare/limit.h"
#include "pictures/compare/report.h"
#include "run/clock.h"
#include "submit.h"

enum { N = 4, CALLS = N * (N - 1), DELAY_MS = 20 };

int sequential_submit_table(enum executor_kind kind, int workers, int n,
                            int results[]);

static void wait_a_while(void)
{
    struct timespec delay = {0, DELAY_MS * 1000000L};
    nanosleep(&delay, NULL);
}

int slow_add(int x, int y)
{
    wait_a_while();
    return x + y;
}

int slow_sub(int x, int y)
{
    wait_a_while();
    return x - y;
}

static double run(const struct subject *subject, void *context)
{
    static const int expected[CALLS] = {1, 2, 3, 1, 3, 4, 2, 1, 5, 3, 2, 1};
    int results[CALLS] = {0};
    double begin = clock_seconds();
    int status =
        subject->way == WAY_SEQUENTIAL
            ? sequential_submit_table(EXECUTOR_THREADS, 1, N, results)
            : submit_table(kind_of_way(subject->way), subject->workers, N, results);
    double seconds = clock_seconds() - begin;
    if (status)
        compare_die("submit_table returned %d: %s.", status, strerror(-status));
    if (memcmp(results, expected, sizeof expected) != 0)
        compare_die("submit_table's results are not right: `make check EX=7.1`.");
    return seconds;
}

static double attainable(int workers)
{
    return limit_of_waiting(workers, CALLS, DELAY_MS);
}

int main(int argc, char *argv[])
{
    if (argc != 4) compare_die("compare FOLDER ROUNDS STOCKS");
    struct report report;
    struct study study = {.exercise = "7.1",
                          .name = "submit_table",
                          .run = run,
                          .attainable = attainable};
    snprintf(study.what, sizeof study.what, "%d calls that wait %d ms each", CALLS,
             DELAY_MS);
    int most = 2 * executor_cpu_count();
    study_run(&study, strtoul(argv[2], NULL, 10), most > CALLS ? most : CALLS);
    report_open(&report, argv[1], "7.1");
    report_study(&report, &study);
    report_close(&report);
    study_close(&study);
    return EXIT_SUCCESS;
}
