#include "judge/results.h"
#include "judge/durable_file.h"
#include "judge/points.h"
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

static const char GRADER[] = "1";

const char *line_kind_name(enum line_kind kind)
{
    static const char *const names[] = {"gate", "concurrency", "sanitizer", "speed"};
    return names[kind];
}

const char *line_status_name(enum line_status status)
{
    static const char *const names[] = {"error", "passed",  "failed",
                                        "error", "skipped", "pending"};
    return names[status];
}

const char *line_executor_name(int executor)
{
    if (executor == EXECUTOR_THREADS) return "threads";
    return executor == EXECUTOR_PROCESSES ? "processes" : NULL;
}

// A number with at most `digits` decimals; null where it was not measured.
static json_t *number(double value, int digits)
{
    if (!isfinite(value)) return json_null();
    double unit = pow(10, digits);
    return json_real(round(value * unit) / unit);
}

// Text of a student's program may be any bytes: what is not UTF-8 becomes question marks.
static json_t *text(const char *bytes)
{
    json_t *whole = json_string(bytes);
    if (whole) return whole;
    char ascii[8192];
    size_t length = 0;
    for (; length < sizeof ascii - 1 && bytes[length]; length++)
        ascii[length] = (unsigned char)bytes[length] < 128 ? bytes[length] : '?';
    ascii[length] = '\0';
    return json_string(ascii);
}

static json_t *name_or_null(const char *name)
{
    return name ? json_string(name) : json_null();
}

static json_t *test_object(const struct line *line)
{
    return json_pack("{s:s, s:s, s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
                     "name", line->name, "kind", line_kind_name(line->kind),
                     "executor", name_or_null(line_executor_name(line->executor)),
                     "status", line_status_name(line->status), "points",
                     number(line->points, 1), "pending_points",
                     number(line->pending_points, 1), "max_points",
                     number(line->max_points, 1), "message", text(line->message),
                     "diagnosis", text(line->diagnosis), "seconds",
                     number(line->seconds, 3), "printed", text(line->printed));
}

static json_t *speed_object(const struct line *line)
{
    const struct speed *speed = &line->speed;
    bool is_run = speed->verdict != VERDICT_NOT_RUN;
    return json_pack(
        "{s:s, s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, "
        "s:o, s:o, s:o, s:b}",
        "test", line->name, "executor",
        name_or_null(line_executor_name(line->executor)), "verdict",
        verdict_name(speed->verdict), "workers",
        speed->workers ? json_integer(speed->workers) : json_null(), "expected",
        speed->expected > 0 ? number(speed->expected, 2) : json_null(), "threshold",
        speed->threshold > 0 ? number(speed->threshold, 2) : json_null(), "estimate",
        is_run ? number(speed->estimate, 3) : json_null(), "par",
        is_run ? number(speed->par, 3) : json_null(), "v0",
        is_run ? number(speed->v0, 3) : json_null(), "vq",
        is_run ? number(speed->vq, 3) : json_null(), "attainable",
        is_run ? number(speed->attainable, 3) : json_null(), "proofs",
        is_run ? json_integer(speed->proofs) : json_null(), "rounds",
        is_run ? json_integer(speed->rounds) : json_null(), "quiet_rounds",
        is_run ? json_integer(speed->quiet_rounds) : json_null(), "reason",
        text(speed->reason), "message", text(line->message), "credit",
        is_run ? number(speed->credit, 3) : json_null(), "is_credit_final",
        speed->is_credit_final);
}

static json_t *exercise_object(const struct rubric *rubric,
                               const struct exercise *exercise)
{
    static const char *const builds[] = {"ok", "failed", "missing"};
    json_t *tests = json_array(), *speeds = json_array();
    for (unsigned i = 0; i < rubric->count; i++) {
        const struct line *line = &rubric->lines[i];
        if (line->exercise != exercise) continue;
        json_array_append_new(tests, test_object(line));
        if (line->kind == LINE_SPEED)
            json_array_append_new(speeds, speed_object(line));
    }
    struct points_sum sum = points_sum(rubric, exercise);
    return json_pack("{s:s, s:s, s:o, s:o, s:o, s:s, s:{s:s, s:o}, s:o, s:o}", "id",
                     exercise->id, "title", exercise->title, "points",
                     number(sum.points, 1), "pending_points",
                     number(sum.pending_points, 1), "max_points",
                     number(sum.max_points, 1), "source_hash", exercise->source_hash,
                     "build", "status", builds[exercise->build], "message",
                     text(exercise->build_message), "tests", tests, "speed", speeds);
}

static json_t *machine_object(void)
{
    struct utsname system;
    uname(&system);
    return json_pack("{s:I, s:s, s:s, s:s}", "cpus",
                     (json_int_t)sysconf(_SC_NPROCESSORS_ONLN), "system",
                     system.sysname, "release", system.release, "architecture",
                     system.machine);
}

static json_t *limits_array(const struct box *box)
{
    json_t *limits = json_array();
    for (int i = 0; i < box->verified_count; i++)
        json_array_append_new(limits, json_string(box->verified[i]));
    return limits;
}

static json_t *results_object(const struct grading *grading)
{
    json_t *list = json_array();
    for (unsigned i = 0; i < grading->exercise_count; i++)
        json_array_append_new(
            list, exercise_object(grading->rubric, grading->exercises[i]));
    struct points_sum sum = points_sum(grading->rubric, NULL);
    return json_pack("{s:s, s:s, s:o, s:I, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o}",
                     "schema", "workbook-results/1", "grader", GRADER, "submission",
                     text(grading->submission), "seed", (json_int_t)grading->seed,
                     "isolation", isolation_name(grading->box->isolation),
                     "isolation_reason", grading->box->reason, "limits_verified",
                     limits_array(grading->box), "machine", machine_object(),
                     "points", number(sum.points, 1), "pending_points",
                     number(sum.pending_points, 1), "max_points",
                     number(sum.max_points, 1), "exercises", list);
}

int results_write(const struct grading *grading, const char *path)
{
    json_t *results = results_object(grading);
    int status = results ? durable_json_write(path, results, 2) : -ENOMEM;
    json_decref(results);
    return status;
}
