// What earlier gradings left and somebody may have changed: results to go on from, best scores,
// attempts. Credit stays between 0 and 1; what is no such file counts as none.

#include "fuzz/shared/fuzzer.h"
#include "fuzz/shared/input_file.h"
#include "fuzz/shared/scratch.h"
#include "judge/attempts.h"
#include "judge/best_scores.h"
#include "judge/earlier_results.h"
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct exercise exercise = {
    .folder = "7.1-submit", .id = "7.1", .build = BUILD_OK, .source_hash = "aa"};
static struct line line;
static struct rubric rubric = {.lines = &line, .count = 1};

static void line_reset(enum line_status status)
{
    memset(&line, 0, sizeof line);
    line.exercise = &exercise;
    line.kind = LINE_SPEED;
    line.status = status;
    line.max_points = 5;
    line.speed.verdict = VERDICT_UNPROVEN;
    strcpy(line.name, "threads: speed");
}

static void results_take(const char *path)
{
    json_t *results = json_load_file(path, 0, NULL);
    line_reset(LINE_NOT_RUN);
    bool is_taken = earlier_results_take(results, &line);
    claim(is_taken == (line.status != LINE_NOT_RUN), "what is taken has a verdict");
    claim(!is_taken || (line.speed.credit >= 0 && line.speed.credit <= 1),
          "credit taken is a part of the points");
    json_decref(results);
}

static void best_take(const uint8_t *bytes, size_t size)
{
    char path[4200];
    snprintf(path, sizeof path, "%s/best.json", scratch_folder());
    FILE *file = fopen(path, "w");
    if (!file || fwrite(bytes, 1, size, file) != size || fclose(file)) abort();
    line_reset(LINE_PENDING);
    claim(best_scores_keep(&rubric, path) == 0, "best scores can be kept");
    claim(line.speed.credit >= 0 && line.speed.credit <= 1,
          "credit kept is a part of the points");
}

void fuzz(const uint8_t *bytes, size_t size)
{
    struct attempts_sum sum;
    const char *path = input_file(bytes, size);
    results_take(path);
    best_take(bytes, size);
    claim(attempts_read(path, "7.1", &sum) == 0, "attempts can be read");
    claim(sum.count == 0 || sum.best.points >= sum.last.points,
          "the best is no worse than the last");
}
