#include "judge/verdicts/summary.h"
#include "judge/median.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_named(const char *wanted, const char *name)
{
    return !wanted || strcmp(wanted, name) == 0;
}

static bool is_part(const struct part *part, const struct entry *entry)
{
    return is_named(part->condition, entry->condition) &&
           is_named(part->variant, entry->variant) &&
           is_named(part->exercise, entry->exercise) &&
           is_named(part->executor, entry->executor) &&
           (part->honest < 0 || (part->honest == 1) == entry->is_honest);
}

static void entry_count(struct summary *summary, const struct entry *entry)
{
    summary->count++;
    if (!entry->is_broken) summary->verdicts[entry->verdict]++;
    summary->wrong += entry_is_wrong(entry);
    summary->judged_by_rules += entry->count > 0;
    for (int rule = 0; rule < RULE_COUNT; rule++)
        summary->wrong_by_rule[rule] += entry_rule_is_wrong(entry, (enum rule)rule);
}

struct summary summary_of(const struct tally *tally, const struct part *part)
{
    struct summary summary = {0};
    size_t passed = 0;
    double *seconds = calloc(tally->count + 1, sizeof *seconds);
    double *scores = calloc(tally->count + 1, sizeof *scores);
    if (!seconds || !scores) abort();
    for (size_t i = 0; i < tally->count; i++) {
        const struct entry *entry = &tally->entries[i];
        if (!is_part(part, entry)) continue;
        seconds[summary.count] = entry->seconds;
        if (isfinite(entry->score)) scores[passed++] = entry->score;
        entry_count(&summary, entry);
    }
    summary.seconds_median = quantile_of(seconds, summary.count, 0.5);
    summary.seconds_p95 = quantile_of(seconds, summary.count, 0.95);
    summary.score_p5 = quantile_of(scores, passed, 0.05);
    summary.score_p95 = quantile_of(scores, passed, 0.95);
    free(seconds);
    free(scores);
    return summary;
}
