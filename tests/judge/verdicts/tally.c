#include "judge/verdicts/tally.h"
#include "judge/median.h"
#include "judge/results.h"
#include "judge/verdicts/rounds_json.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *rule_name(enum rule rule)
{
    static const char *const names[] = {"one shot", "best of 3", "median of 7"};
    return names[rule];
}

static double ratio_of(const struct round *round)
{
    return (double)round->baseline.wall_ns / (double)round->student.wall_ns;
}

void rules_apply(const struct round rounds[], int count, double threshold,
                 bool passes[RULE_COUNT])
{
    double ratios[7] = {0}, best = 0;
    int kept = count < 7 ? count : 7;
    for (int i = 0; i < kept; i++) {
        ratios[i] = ratio_of(&rounds[i]);
        if (i < 3) best = fmax(best, ratios[i]);
    }
    passes[RULE_ONE_SHOT] = count > 0 && ratios[0] >= threshold;
    passes[RULE_BEST_OF_THREE] = best >= threshold;
    passes[RULE_MEDIAN_OF_SEVEN] = median_of(ratios, (size_t)kept) >= threshold;
}

bool entry_is_wrong(const struct entry *entry)
{
    if (entry->is_broken) return true;
    return entry->verdict == (entry->is_honest ? VERDICT_FAIL : VERDICT_PASS);
}

bool entry_rule_is_wrong(const struct entry *entry, enum rule rule)
{
    return entry->count > 0 && entry->rule_passes[rule] != entry->is_honest;
}

// ---- one line

static void text_take(const json_t *object, const char *key, char text[],
                      size_t size)
{
    const char *value = json_string_value(json_object_get(object, key));
    snprintf(text, size, "%s", value ? value : "");
}

static int verdict_find(const char *name)
{
    for (int verdict = VERDICT_NOT_RUN; verdict <= VERDICT_UNMEASURED; verdict++)
        if (strcmp(verdict_name((enum verdict)verdict), name) == 0) return verdict;
    return -1;
}

static int entry_read(const json_t *object, struct entry *entry)
{
    static struct round rounds[ROUND_LIMIT];
    char verdict[32];
    *entry = (struct entry){.score = NAN};
    text_take(object, "condition", entry->condition, sizeof entry->condition);
    text_take(object, "variant", entry->variant, sizeof entry->variant);
    text_take(object, "exercise", entry->exercise, sizeof entry->exercise);
    text_take(object, "executor", entry->executor, sizeof entry->executor);
    text_take(object, "verdict", verdict, sizeof verdict);
    entry->is_honest = json_is_true(json_object_get(object, "honest"));
    entry->expected = json_number_value(json_object_get(object, "expected"));
    entry->seconds = json_number_value(json_object_get(object, "seconds"));
    entry->count = rounds_from_json(json_object_get(object, "rounds"), rounds);
    int found = verdict_find(verdict);
    entry->is_broken = found < 0;
    entry->verdict = found < 0 ? VERDICT_NOT_RUN : (enum verdict)found;
    if (entry->verdict == VERDICT_PASS)
        entry->score = json_number_value(json_object_get(object, "score"));
    if (!*entry->condition || !*verdict || entry->count < 0) return -EINVAL;
    rules_apply(rounds, entry->count, speed_start(entry->expected, 2).threshold,
                entry->rule_passes);
    return 0;
}

// Something else than the speed was judged: a wrong answer, a crash, no process at all.
static bool is_broken(const struct measured *measured)
{
    return !measured->is_whole || measured->status == LINE_ERROR ||
           (measured->status == LINE_FAILED &&
            measured->speed.verdict != VERDICT_FAIL);
}

static json_t *entry_object(const struct condition *condition,
                            const struct variant *variant,
                            enum executor_kind executor, unsigned seed,
                            const struct measured *measured)
{
    const struct speed *speed = &measured->speed;
    bool has_estimate = isfinite(speed->estimate);
    return json_pack(
        "{s:s, s:s, s:s, s:s, s:b, s:I, s:f, s:s, s:f, s:o, s:f, s:s, s:s, s:o}",
        "condition", condition->name, "exercise", variant->exercise->id, "variant",
        variant->name, "executor", line_executor_name(executor), "honest",
        variant->is_honest, "seed", (json_int_t)seed, "expected", speed->expected,
        "verdict", is_broken(measured) ? "broken" : verdict_name(speed->verdict),
        "score", speed->verdict == VERDICT_PASS ? speed->credit : 0.0, "estimate",
        has_estimate ? json_real(speed->estimate) : json_null(), "seconds",
        measured->seconds, "diagnosis", measured->diagnosis, "message",
        measured->message, "rounds",
        rounds_to_json(measured->rounds, measured->count));
}

// ---- the file

static int entry_add(struct tally *tally, const json_t *object)
{
    if (tally->count % 256 == 0) {
        size_t size = (tally->count + 256) * sizeof *tally->entries;
        struct entry *entries = realloc(tally->entries, size);
        if (!entries) return -ENOMEM;
        tally->entries = entries;
    }
    int status = entry_read(object, &tally->entries[tally->count]);
    if (!status) tally->count++;
    return status;
}

int tally_read(const char *path, struct tally *tally)
{
    *tally = (struct tally){NULL, 0};
    FILE *file = fopen(path, "re");
    if (!file) return errno == ENOENT ? 0 : -errno;
    char *row = NULL;
    size_t size = 0;
    int status = 0;
    while (!status && getline(&row, &size, file) > 0) {
        json_t *object = json_loads(row, 0, NULL);
        // a run that was stopped may have left its last line unfinished
        if (object) status = entry_add(tally, object);
        json_decref(object);
    }
    free(row);
    fclose(file);
    return status;
}

void tally_close(struct tally *tally)
{
    free(tally->entries);
    *tally = (struct tally){NULL, 0};
}

int tally_append(struct tally *tally, const char *path,
                 const struct condition *condition, const struct variant *variant,
                 enum executor_kind executor, unsigned seed,
                 const struct measured *measured)
{
    json_t *object = entry_object(condition, variant, executor, seed, measured);
    if (!object) return -EINVAL;
    int status = entry_add(tally, object);
    FILE *file = status ? NULL : fopen(path, "ae");
    if (file) {
        json_dumpf(object, file, JSON_COMPACT | JSON_REAL_PRECISION(6));
        fputc('\n', file);
        if (fclose(file)) status = -EIO;
    } else if (!status) {
        status = -errno;
    }
    json_decref(object);
    return status;
}
