// Grades one submission of a round: number N of its list, counted from 0.
//
//     one ROOT ROUND N WORKSHOP
//
// ROOT is the project's folder, absolute; ROUND the round's folder in OUT; WORKSHOP, absolute, gets
// what is built. Every engine runs this program, and nothing else grades. A number that is done is
// left as it is. It exits with 0 when the number is graded, with 1 when it could not be, which its
// mark says too, and with 2 when there is no such number.

#include "grade/grading.h"
#include "grade/result.h"
#include "grade/round.h"
#include "judge/needed_memory.h"
#include <errno.h>
#include <libgen.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { EXIT_GRADED = 0, EXIT_FAILED = 1, EXIT_UNABLE = 2 };

// Was its result stored in this very round, by one that was lost before it could set the mark?
static bool is_stored(const struct course *course)
{
    json_t *result = result_load(course, course->submissions.all[0]);
    const char *round = result_text(json_object_get(result, "grading"), "round");
    bool is_stored = strcmp(round, course->round) == 0;
    json_decref(result);
    return is_stored;
}

// The grader may have been built anew since the list was made: another one is no grader of it.
static int grader_check(struct course *course)
{
    char expected[sizeof course->grader];
    memcpy(expected, course->grader, sizeof expected);
    int status = course_hashes_take(course);
    return status || strcmp(expected, course->grader) == 0 ? status : -ESTALE;
}

static const char *reason_of(int status)
{
    return status == -ESTALE  ? "the grader or the files have changed meanwhile"
           : status == -EPERM ? "no box holds on this machine (make doctor)"
           : status           ? strerror(-status)
                              : "stored";
}

static int number_grade(const struct round *round, size_t number,
                        struct course *course, enum pass pass)
{
    char host[64] = "";
    const struct submission *submission = course->submissions.all[0];
    int status = grader_check(course);
    if (!status) status = grading_run(course, submission, pass, course->workshop);
    gethostname(host, sizeof host - 1);
    const char *node = getenv("SLURMD_NODENAME");
    printf("%s %zu %s: %s, on %s\n", status ? "failed" : "graded", number,
           submission->safe, reason_of(status), node ? node : host);
    fflush(stdout);
    return status;
}

int main(int count, char *values[])
{
    static struct course course;
    struct round round;
    enum pass pass;
    needed_by_jansson();
    setlocale(LC_CTYPE, "C.UTF-8");
    if (count != 5) {
        fprintf(stderr, "usage: one ROOT ROUND N WORKSHOP\n");
        return EXIT_UNABLE;
    }
    signal(SIGPIPE, SIG_IGN);
    size_t number = strtoul(values[3], NULL, 10);
    course.root = values[1];
    course.workshop = values[4];
    int status = round_open(&round, values[2]);
    course.out = dirname(values[2]);
    if (!status) status = round_read(&round, number, &course, &pass);
    if (status) {
        fprintf(stderr, "one: %s, number %zu: %s\n", round.folder, number,
                strerror(-status));
        return EXIT_UNABLE;
    }
    if (round_status(&round, number) == 0) return EXIT_GRADED;
    status = is_stored(&course) ? 0 : number_grade(&round, number, &course, pass);
    int marked = round_mark(&round, number, status);
    if (marked) fprintf(stderr, "one: %s\n", strerror(-marked));
    return status || marked ? EXIT_FAILED : EXIT_GRADED;
}
