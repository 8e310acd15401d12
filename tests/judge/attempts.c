// A line is appended whole or not at all, and one check after the other appends.

#include "judge/attempts.h"
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "judge/bytes_write.h"
#include "judge/next_step.h"
#include "judge/points.h"

static int line_append(int fd, const json_t *attempt)
{
    char *text = json_dumps(attempt, JSON_COMPACT | JSON_REAL_PRECISION(12));
    if (!text) return -ENOMEM;
    size_t length = strlen(text);
    text[length] = '\n'; // in the place of the end, which write does not need
    struct stat before;
    flock(fd, LOCK_EX);
    int status = fstat(fd, &before) < 0 ? -errno : bytes_write(fd, text, length + 1);
    if (status && ftruncate(fd, before.st_size) < 0) status = -errno;
    flock(fd, LOCK_UN);
    free(text);
    return status;
}

static json_t *attempt_object(const struct grading *grading,
                              const struct exercise *exercise, bool is_quick)
{
    struct points_sum sum = points_sum(grading->rubric, exercise);
    const struct line *next =
        exercise->build == BUILD_OK ? next_line(grading->rubric, exercise) : NULL;
    return json_pack("{s:I, s:s, s:f, s:f, s:f, s:b, s:s, s:s}", "time",
                     (json_int_t)time(NULL), "id", exercise->id, "points",
                     sum.points, "pending_points", sum.pending_points, "max_points",
                     sum.max_points, "quick", is_quick, "source_hash",
                     exercise->source_hash, "next", next ? next->name : "");
}

int attempts_add(const struct grading *grading, bool is_quick, const char *path)
{
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0) return -errno;
    int status = 0;
    for (unsigned i = 0; i < grading->exercise_count && !status; i++) {
        json_t *attempt = attempt_object(grading, grading->exercises[i], is_quick);
        status = attempt ? line_append(fd, attempt) : -ENOMEM;
        json_decref(attempt);
    }
    close(fd);
    return status;
}

// false where the line is no attempt at that exercise.
static bool attempt_read(const char *line, const char *id, struct attempt *attempt)
{
    json_t *object = json_loads(line, 0, NULL);
    const char *found = "", *next = "";
    json_int_t time_s = 0;
    int is_quick = 0;
    *attempt = (struct attempt){0};
    bool is_one =
        json_unpack(object, "{s:I, s:s, s:F, s:F, s:F, s:b, s:s}", "time", &time_s,
                    "id", &found, "points", &attempt->points, "pending_points",
                    &attempt->pending_points, "max_points", &attempt->max_points,
                    "quick", &is_quick, "next", &next) == 0 &&
        strcmp(found, id) == 0;
    attempt->time_s = time_s;
    attempt->is_quick = is_quick;
    snprintf(attempt->next, sizeof attempt->next, "%s", next);
    json_decref(object);
    return is_one;
}

int attempts_each(const char *path, const char *id, attempt_fn *visit, void *context)
{
    FILE *file = fopen(path, "r");
    if (!file) return errno == ENOENT ? 0 : -errno;
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, file) >= 0) {
        struct attempt attempt;
        if (attempt_read(line, id, &attempt)) visit(&attempt, context);
    }
    free(line);
    fclose(file);
    return 0;
}

static void sum_add(const struct attempt *attempt, void *context)
{
    struct attempts_sum *sum = context;
    sum->count++;
    sum->last = *attempt;
    if (sum->count == 1 || attempt->points >= sum->best.points) sum->best = *attempt;
}

int attempts_read(const char *path, const char *id, struct attempts_sum *sum)
{
    *sum = (struct attempts_sum){0};
    return attempts_each(path, id, sum_add, sum);
}
