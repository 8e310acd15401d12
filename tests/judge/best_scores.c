#include "judge/best_scores.h"
#include "judge/durable_file.h"
#include "judge/json_file.h"
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { FILES_LIMIT = 64 };

// The object of the line's file, made where there is none; NULL: no memory.
static json_t *file_object(json_t *best, const char *hash)
{
    json_t *credits = json_object_get(best, hash);
    if (json_is_object(credits)) return credits;
    return json_object_set_new(best, hash, json_object())
               ? NULL
               : json_object_get(best, hash);
}

static bool is_measured_line(const struct line *line)
{
    if (line->kind != LINE_SPEED || !*line->exercise->source_hash) return false;
    if (line->status == LINE_PENDING) return line->speed.verdict != VERDICT_NOT_RUN;
    return line->status == LINE_PASSED;
}

static double kept_credit(const json_t *credits, const char *name)
{
    double kept = json_number_value(json_object_get(credits, name));
    return kept > 0 && kept <= 1 ? kept : 0;
}

static bool line_keep(struct line *line, json_t *best)
{
    json_t *credits = json_object_get(best, line->exercise->source_hash);
    double kept = kept_credit(credits, line->name);
    double now = line->status == LINE_PASSED ? line->speed.credit : 0;
    if (kept > now) {
        line->status = LINE_PASSED;
        line->speed.credit = kept;
        snprintf(line->message, sizeof line->message,
                 "the points are those of an earlier check of the same file");
        return true;
    }
    if (now <= kept) return true;
    credits = file_object(best, line->exercise->source_hash);
    return credits && json_object_set_new(credits, line->name, json_real(now)) == 0;
}

// Objects keep the order in which their keys came: the first is the oldest.
static void oldest_remove(json_t *best)
{
    while (json_object_size(best) > FILES_LIMIT)
        json_object_del(best, json_object_iter_key(json_object_iter(best)));
}

int best_scores_keep(struct rubric *rubric, const char *path)
{
    json_t *best = json_file_read(path);
    if (!best && errno != ENOENT && errno != EINVAL)
        return -errno; // it stays as it is
    if (!json_is_object(best)) {
        json_decref(best);
        best = json_object();
    }
    bool is_kept = best != NULL, has_measured = false;
    for (unsigned i = 0; i < rubric->count && is_kept; i++) {
        if (!is_measured_line(&rubric->lines[i])) continue;
        has_measured = true;
        is_kept = line_keep(&rubric->lines[i], best);
    }
    int status = is_kept ? 0 : -ENOMEM;
    if (!status && has_measured) {
        oldest_remove(best);
        status = durable_json_write(path, best, 2);
    }
    json_decref(best);
    return status;
}
