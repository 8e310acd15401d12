#include "grade/similar.h"
#include "grade/course.h"
#include "grade/likeness.h"
#include "grade/similar_texts.h"
#include "grade/text.h"
#include "judge/needed_memory.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_TEXTS = 4000, // the time grows with the square
    MOST_PAIRS = 1000, // kept
    TENTHS = 1000,     // of a per cent: the steps in which pairs are counted
};

static double likeness_of(const struct similar_texts *texts,
                          const unsigned char *percents, size_t a, size_t b)
{
    double common =
        (double)percents[a * texts->count + b] * (double)texts->words[a] +
        (double)percents[b * texts->count + a] * (double)texts->words[b];
    return common / (double)(texts->words[a] + texts->words[b]);
}

// How many pairs there are of each likeness, in tenths of a per cent.
static void pairs_count(const struct similar_texts *texts,
                        const unsigned char *percents, size_t counts[TENTHS + 1])
{
    for (size_t a = 0; a < texts->count; a++)
        for (size_t b = a + 1; b < texts->count; b++)
            counts[(size_t)(10 * likeness_of(texts, percents, a, b))]++;
}

// The least likeness that half of all pairs do not exceed.
static unsigned median_of(const size_t counts[TENTHS + 1], size_t texts)
{
    size_t seen = 0, half = (texts * (texts - 1) / 2 + 1) / 2;
    if (texts < 3) return 0;
    for (unsigned tenths = 0; tenths <= TENTHS; tenths++)
        if ((seen += counts[tenths]) >= half) return tenths;
    return TENTHS;
}

// From here up there are no more than can be kept, or all that is above the median.
static unsigned least_kept(const size_t counts[TENTHS + 1], unsigned median)
{
    size_t kept = 0;
    unsigned tenths = TENTHS;
    while (tenths > median && (kept += counts[tenths]) <= MOST_PAIRS) tenths--;
    return tenths + 1 <= TENTHS ? tenths + 1 : TENTHS;
}

static void pair_add(struct similar *similar, struct similar_pair pair)
{
    if ((similar->count & (similar->count - 1)) == 0) {
        size_t size = (2 * similar->count + 1) * sizeof *similar->pairs;
        similar->pairs = realloc(similar->pairs, size);
        needed(similar->pairs);
    }
    similar->pairs[similar->count++] = pair;
}

static void pairs_keep(struct similar *similar, unsigned exercise,
                       const struct similar_texts *texts,
                       const unsigned char *percents)
{
    size_t counts[TENTHS + 1] = {0};
    pairs_count(texts, percents, counts);
    unsigned median = median_of(counts, texts->count);
    unsigned least = least_kept(counts, median);
    similar->exercises[exercise].median = median / 10.0;
    for (size_t a = 0; a < texts->count; a++) {
        for (size_t b = a + 1; b < texts->count; b++) {
            double likeness = likeness_of(texts, percents, a, b);
            if (10 * likeness < least || median == TENTHS) continue;
            double rank = (likeness - median / 10.0) / (100 - median / 10.0);
            pair_add(similar, (struct similar_pair){exercise, texts->submissions[a],
                                                    texts->submissions[b], a, b,
                                                    texts->words[a], texts->words[b],
                                                    likeness, rank});
        }
    }
}

static int texts_compare(struct similar *similar, const struct course *course,
                         unsigned exercise, const struct similar_texts *texts)
{
    if (texts->count > MOST_TEXTS) return -E2BIG;
    unsigned char *percents = malloc(texts->count * texts->count + 1);
    if (!percents) return -ENOMEM;
    char *title =
        text_format("similarity of %s", course->workbook.exercises[exercise].id);
    bool is_known = similar_texts_begin(texts);
    int status = likeness_measure(percents, texts->folder, texts->count, title,
                                  course->jobs, is_known);
    if (!status) status = similar_texts_end(texts);
    if (!status) pairs_keep(similar, exercise, texts, percents);
    free(title);
    free(percents);
    return status;
}

static int exercise_compare(struct similar *similar, const struct course *course,
                            unsigned exercise)
{
    struct similar_texts texts;
    struct similar_exercise *counts = &similar->exercises[exercise];
    int status = similar_texts_init(&texts, course, exercise);
    counts->compared = texts.count;
    counts->too_short = texts.too_short;
    counts->too_long = texts.too_long;
    if (!status && texts.count > 1)
        status = texts_compare(similar, course, exercise, &texts);
    similar_texts_close(&texts);
    return status;
}

// More of their own makes the same likeness weigh more.
static int by_rank(const void *a, const void *b)
{
    const struct similar_pair *left = a, *right = b;
    size_t left_words = left->words_a + left->words_b;
    size_t right_words = right->words_a + right->words_b;
    if (left->rank != right->rank) return left->rank < right->rank ? 1 : -1;
    if (left_words != right_words) return left_words < right_words ? 1 : -1;
    if (left->a != right->a) return left->a < right->a ? -1 : 1;
    return left->b < right->b ? -1 : left->b > right->b;
}

void similar_leave_out(struct similar *similar, const char *reason)
{
    similar_close(similar);
    *similar = (struct similar){.reason = text_format("%s", reason)};
}

static void failure_tell(struct similar *similar, int status)
{
    char *reason =
        text_format("Similar submissions were not looked for: %s.",
                    status == -E2BIG ? "there are more than 4000 of an exercise"
                    : status == -ETIMEDOUT ? "sim_c took too long"
                    : status == -EIO       ? "sim_c failed"
                                           : strerror(-status));
    similar_leave_out(similar, reason);
    fprintf(stderr, "grade: %s\n", reason);
    free(reason);
}

int similar_find(struct similar *similar, const struct course *course)
{
    int status = likeness_check();
    *similar = (struct similar){0};
    if (status == -ENOENT) {
        similar_leave_out(
            similar,
            "Similar submissions were not looked for: there is no sim_c here "
            "(Debian's package similarity-tester, which make deps ALL=1 "
            "fetches).");
        fprintf(stderr, "%s\n", similar->reason);
        return 0;
    }
    for (unsigned i = 0; i < course->workbook.count && !status; i++)
        status = exercise_compare(similar, course, i);
    if (status) {
        failure_tell(similar, status);
        return status == -E2BIG ? 0 : status;
    }
    if (similar->count)
        qsort(similar->pairs, similar->count, sizeof *similar->pairs, by_rank);
    if (similar->count > MOST_PAIRS) similar->count = MOST_PAIRS;
    return 0;
}

void similar_close(struct similar *similar)
{
    free(similar->reason);
    free(similar->pairs);
    *similar = (struct similar){0};
}
