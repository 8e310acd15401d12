// The campaign that proves the speed verdicts: code whose verdict is known, honest and not, is
// judged again and again while the machine is idle, busy, or short of processors.
//
//     campaign ROOT RESULTS [n=500] [condition=one-hog] [variant=mutex] [seconds=60] [report=PAGE]
//
// RESULTS gets a line a verdict; a campaign that was stopped goes on where it was. With report
// nothing is measured: the page's table, the counts as JSON beside the variants, and a picture
// are made of what is there. It
// exits with 0 when no verdict of the file is wrong, with 1 when one is, with 2 when it could
// not work.

#include "judge/box_choose.h"
#include "judge/build.h"
#include "judge/clock.h"
#include "judge/verdicts/report.h"
#include "judge/verdicts/schedule.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

enum { BLOCK = 12, HOG_SECONDS = 600, CONDITIONS = 32, EXIT_UNABLE = 2 };

static const char OUTPUT[] = "build/verdicts";
static const char COUNTS[] = "tests/judge/verdicts/counts.json";

struct arguments {
    const char *root;
    const char *results;
    const char *condition; // one or several names; NULL: all
    const char *variant;
    const char *page;
    unsigned target; // verdicts a condition; 0: as the condition says
    double seconds;  // 0: until all is measured
};

struct campaign {
    struct arguments arguments;
    struct rubric rubric;
    struct box box;
    struct build_place place;
    struct tally tally;
    struct variant variants[VARIANT_LIMIT];
    int variant_count;
    struct cell cells[CELL_LIMIT];
    int cell_count;
    bool is_unable[CONDITIONS]; // this machine does not have the condition
    int64_t end_ns;
    unsigned seed;
};

// What follows `name=`; NULL where the value is of another name.
static const char *text_of(const char *value, const char *name)
{
    size_t length = strlen(name);
    return strncmp(value, name, length) == 0 && value[length] == '='
               ? value + length + 1
               : NULL;
}

// make hands on empty what was not given.
static bool argument_read(struct arguments *arguments, const char *value)
{
    const char *text;
    if ((text = text_of(value, "n")))
        arguments->target = (unsigned)strtoul(text, NULL, 10);
    else if ((text = text_of(value, "condition")))
        arguments->condition = *text ? text : NULL;
    else if ((text = text_of(value, "variant")))
        arguments->variant = *text ? text : NULL;
    else if ((text = text_of(value, "seconds")))
        arguments->seconds = atof(text);
    else if ((text = text_of(value, "report")))
        arguments->page = text;
    return text != NULL;
}

static bool is_chosen(const struct campaign *campaign,
                      const struct condition *condition)
{
    const char *names = campaign->arguments.condition, *at = names;
    size_t length = strlen(condition->name);
    for (; at && (at = strstr(at, condition->name)); at += length) {
        bool is_whole = (at == names || strchr(", ", at[-1])) &&
                        (!at[length] || strchr(", ", at[length]));
        if (is_whole) return true;
    }
    return !names;
}

static unsigned target_of(const struct campaign *campaign,
                          const struct condition *condition)
{
    unsigned target = campaign->arguments.target;
    return target ? target : condition->target;
}

static bool is_over(const struct campaign *campaign)
{
    return campaign->end_ns && clock_now_ns() >= campaign->end_ns;
}

// ---- preparing

static int campaign_prepare(struct campaign *campaign)
{
    static char probe[PATH_SIZE], hidden[PATH_SIZE];
    struct arguments *arguments = &campaign->arguments;
    if (chdir(arguments->root) < 0) return -errno;
    snprintf(probe, sizeof probe, "%s/%s/tests/judge/probe/main", arguments->root,
             JUDGE_BUILT);
    snprintf(hidden, sizeof hidden, "%s/Makefile", arguments->root);
    campaign->box = box_choose(probe, hidden, ISOLATION_FULL);
    campaign->place = (struct build_place){arguments->root, JUDGE_BUILT, OUTPUT};
    unsigned count;
    struct exercise *all = exercises(&count);
    for (unsigned i = 0; i < count; i++) all[i].box = &campaign->box;
    campaign->variant_count = variants_list(arguments->root, campaign->variants);
    if (campaign->variant_count < 0) return campaign->variant_count;
    campaign->cell_count = cells_list(campaign->variants, campaign->variant_count,
                                      arguments->variant, campaign->cells);
    if (campaign->cell_count == 0) return -ENOENT;
    return measured_prepare(&campaign->rubric);
}

// Built once a campaign, when it is first needed.
static int cell_build(struct campaign *campaign, const struct cell *cell)
{
    struct variant *variant =
        &campaign->variants[cell->variant - campaign->variants];
    if (*variant->runner) return 0;
    int status = variant_build(variant, &campaign->place);
    if (status)
        fprintf(stderr, "verdicts: %s %s does not build: %s\n%s\n",
                variant->exercise->id, variant->name, strerror(-status),
                variant->exercise->build_message);
    return status;
}

// ---- measuring

static void verdict_tell(const struct entry *entry, const struct measured *measured)
{
    printf("%-11s %s %-14s %-9s %-10s %5.1f s  %s%s\n", entry->condition,
           entry->exercise, entry->variant, entry->executor,
           entry->is_broken ? "broken" : verdict_name(entry->verdict),
           entry->seconds, entry_is_wrong(entry) ? "WRONG: " : "",
           entry_is_wrong(entry) ? measured->message : "");
    fflush(stdout);
}

static int verdict_find(struct campaign *campaign, const struct condition *condition,
                        const struct load *load, const struct cell *cell)
{
    static const struct trial_mode plain;
    struct tally *tally = &campaign->tally;
    unsigned seed = campaign->seed++;
    const struct measured *measured =
        measured_find(&campaign->rubric, cell->variant, cell->executor, condition,
                      load, seed, &plain);
    if (!measured) return -EAGAIN;
    int status = tally_append(tally, campaign->arguments.results, condition,
                              cell->variant, cell->executor, seed, measured);
    if (!status) verdict_tell(&tally->entries[tally->count - 1], measured);
    return status;
}

// A dozen verdicts under one condition.
static int block_measure(struct campaign *campaign,
                         const struct condition *condition)
{
    unsigned target = target_of(campaign, condition);
    struct load load;
    int status = condition_begin(condition, HOG_SECONDS, OUTPUT, &load);
    for (int i = 0; i < BLOCK && !status && !is_over(campaign); i++) {
        const struct cell *next = cell_next(
            &campaign->tally, condition->name, campaign->cells, campaign->cell_count,
            target, campaign->seed % (unsigned)campaign->cell_count);
        if (!next) break;
        status = cell_build(campaign, next);
        if (!status) status = verdict_find(campaign, condition, &load, next);
    }
    condition_end(&load);
    return status;
}

// The condition that is furthest behind; NULL when all is done.
static const struct condition *condition_next(const struct campaign *campaign)
{
    size_t count;
    const struct condition *all = conditions(&count), *next = NULL;
    double least = 1;
    for (size_t i = 0; i < count; i++) {
        if (campaign->is_unable[i] || !is_chosen(campaign, &all[i])) continue;
        double progress =
            condition_progress(&campaign->tally, all[i].name, campaign->cells,
                               campaign->cell_count, target_of(campaign, &all[i]));
        if (progress < least) {
            least = progress;
            next = &all[i];
        }
    }
    return next;
}

static int campaign_run(struct campaign *campaign)
{
    size_t count;
    const struct condition *all = conditions(&count), *condition;
    int status = campaign_prepare(campaign);
    if (campaign->arguments.seconds > 0)
        campaign->end_ns =
            clock_now_ns() + (int64_t)(campaign->arguments.seconds * 1e9);
    while (!status && !is_over(campaign) && (condition = condition_next(campaign))) {
        status = block_measure(campaign, condition);
        if (status == -ENOTSUP) {
            printf("%s: not available on this machine\n", condition->name);
            campaign->is_unable[condition - all] = true;
            status = 0;
        }
    }
    return status;
}

static int campaign_report(const struct campaign *campaign)
{
    char json[PATH_SIZE], picture[PATH_SIZE];
    const struct tally *tally = &campaign->tally;
    snprintf(json, sizeof json, "%.2000s/%s", campaign->arguments.root, COUNTS);
    snprintf(picture, sizeof picture, "%.2000s/%s/verdicts.svg",
             campaign->arguments.root, OUTPUT);
    int status = report_write_json(tally, json);
    if (!status) status = report_write_page(tally, campaign->arguments.page);
    if (!status) status = report_draw(tally, picture);
    if (!status) printf("%s\n%s\n%s\n", json, picture, campaign->arguments.page);
    return status;
}

int main(int count, char *values[])
{
    static struct campaign campaign;
    struct arguments *arguments = &campaign.arguments;
    bool is_right = count >= 3;
    for (int i = 3; i < count; i++) is_right &= argument_read(arguments, values[i]);
    if (!is_right) {
        fprintf(stderr, "usage: campaign ROOT RESULTS [n=N] [condition=NAMES] "
                        "[variant=WORD] [seconds=N] [report=PAGE]\n");
        return EXIT_UNABLE;
    }
    signal(SIGPIPE, SIG_IGN);
    arguments->root = values[1];
    arguments->results = values[2];
    int status = tally_read(arguments->results, &campaign.tally);
    if (!status && getrandom(&campaign.seed, 4, 0) != 4) status = -EIO;
    campaign.seed %= 1000000000;
    if (!status && arguments->page)
        status = campaign_report(&campaign);
    else if (!status)
        status = campaign_run(&campaign);
    report_print(&campaign.tally);
    size_t wrong = 0;
    for (size_t i = 0; i < campaign.tally.count; i++)
        wrong += entry_is_wrong(&campaign.tally.entries[i]);
    tally_close(&campaign.tally);
    if (status) fprintf(stderr, "verdicts: %s\n", strerror(-status));
    return status ? EXIT_UNABLE : wrong > 0;
}
