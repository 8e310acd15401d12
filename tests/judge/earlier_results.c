#include "judge/earlier_results.h"
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

static double number_of(const json_t *object, const char *key)
{
    const json_t *number = json_object_get(object, key);
    return json_is_number(number) ? json_number_value(number) : NAN;
}

// The object of an array whose `key` has that text; NULL when there is none.
static const json_t *object_find(const json_t *array, const char *key,
                                 const char *text)
{
    size_t index;
    const json_t *object;
    json_array_foreach(array, index, object)
    {
        if (strcmp(text_of(object, key), text) == 0) return object;
    }
    return NULL;
}

static enum line_status decided_status(const char *name)
{
    if (strcmp(name, "passed") == 0) return LINE_PASSED;
    if (strcmp(name, "failed") == 0) return LINE_FAILED;
    return strcmp(name, "skipped") == 0 ? LINE_SKIPPED : LINE_NOT_RUN;
}

static enum verdict verdict_of(const json_t *evidence)
{
    for (enum verdict verdict = VERDICT_NOT_RUN; verdict <= VERDICT_UNMEASURED;
         verdict++)
        if (strcmp(text_of(evidence, "verdict"), verdict_name(verdict)) == 0)
            return verdict;
    return VERDICT_NOT_RUN;
}

// Whoever can change the file cannot give more points than there are.
static bool has_final_credit(const json_t *evidence)
{
    double credit = json_number_value(json_object_get(evidence, "credit"));
    return credit >= 0 && credit <= 1 &&
           json_is_true(json_object_get(evidence, "is_credit_final"));
}

static void speed_take(const json_t *evidence, struct speed *speed)
{
    speed->verdict = verdict_of(evidence);
    speed->workers = (int)json_integer_value(json_object_get(evidence, "workers"));
    speed->expected = number_of(evidence, "expected");
    speed->threshold = number_of(evidence, "threshold");
    speed->estimate = number_of(evidence, "estimate");
    speed->par = number_of(evidence, "par");
    speed->v0 = number_of(evidence, "v0");
    speed->vq = number_of(evidence, "vq");
    speed->attainable = number_of(evidence, "attainable");
    speed->proofs = (int)json_integer_value(json_object_get(evidence, "proofs"));
    speed->rounds = (int)json_integer_value(json_object_get(evidence, "rounds"));
    speed->quiet_rounds =
        (int)json_integer_value(json_object_get(evidence, "quiet_rounds"));
    speed->is_credit_final = has_final_credit(evidence);
    if (speed->is_credit_final)
        speed->credit = json_number_value(json_object_get(evidence, "credit"));
    snprintf(speed->reason, sizeof speed->reason, "%s", text_of(evidence, "reason"));
}

bool earlier_results_take(const struct json_t *results, struct line *line)
{
    const json_t *exercise =
        object_find(json_object_get(results, "exercises"), "id", line->exercise->id);
    const json_t *test =
        object_find(json_object_get(exercise, "tests"), "name", line->name);
    const char *hash = text_of(exercise, "source_hash");
    enum line_status status = decided_status(text_of(test, "status"));
    if (!*hash || strcmp(hash, line->exercise->source_hash) != 0 || !status)
        return false;
    const json_t *evidence =
        object_find(json_object_get(exercise, "speed"), "test", line->name);
    bool is_fast = line->kind == LINE_SPEED && status == LINE_PASSED;
    if (is_fast && !has_final_credit(evidence)) return false;
    if (line->kind == LINE_SPEED) speed_take(evidence, &line->speed);
    line->status = status;
    line->seconds = json_number_value(json_object_get(test, "seconds"));
    snprintf(line->message, sizeof line->message, "%s", text_of(test, "message"));
    snprintf(line->diagnosis, sizeof line->diagnosis, "%s",
             text_of(test, "diagnosis"));
    snprintf(line->printed, sizeof line->printed, "%s", text_of(test, "printed"));
    return true;
}
