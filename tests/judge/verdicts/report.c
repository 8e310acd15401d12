#include "judge/verdicts/report.h"
#include "judge/verdicts/summary.h"
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROW_LIMIT = 512 };

struct row {
    struct part part;
    struct summary summary;
};

// ---- the rows: every condition, honest code and other, and below that every variant

static int row_add(struct row rows[], int count, const struct tally *tally,
                   struct part part)
{
    struct summary summary = summary_of(tally, &part);
    if (summary.count == 0 || count == ROW_LIMIT) return count;
    rows[count] = (struct row){part, summary};
    return count + 1;
}

static bool is_listed(const struct row rows[], int from, int count,
                      const struct entry *entry)
{
    for (int i = from; i < count; i++)
        if (rows[i].part.variant && !strcmp(rows[i].part.variant, entry->variant))
            return true;
    return false;
}

static int variant_rows(struct row rows[], int count, const struct tally *tally,
                        const char *condition, int honest)
{
    int from = count;
    for (size_t i = 0; i < tally->count; i++) {
        const struct entry *entry = &tally->entries[i];
        if (entry->is_honest != honest || is_listed(rows, from, count, entry))
            continue;
        struct part part = {condition, entry->variant, NULL, NULL, honest};
        count = row_add(rows, count, tally, part);
    }
    return count;
}

// Whole conditions, and with has_variants every variant in each.
static int rows_list(const struct tally *tally, bool has_variants, struct row rows[])
{
    size_t conditions_count;
    const struct condition *all = conditions(&conditions_count);
    int count = 0;
    for (size_t i = 0; i < conditions_count; i++)
        for (int honest = 1; honest >= 0; honest--) {
            struct part part = {all[i].name, NULL, NULL, NULL, honest};
            count = row_add(rows, count, tally, part);
            if (has_variants)
                count = variant_rows(rows, count, tally, all[i].name, honest);
        }
    return count;
}

static const char *row_name(const struct row *row)
{
    if (row->part.variant) return row->part.variant;
    return row->part.honest ? "HONEST" : "OTHER";
}

static double percent(size_t part, size_t whole)
{
    return whole ? 100.0 * (double)part / (double)whole : NAN;
}

// ---- the terminal

static void score_print(double score)
{
    if (isfinite(score))
        printf(" %5.2f", score);
    else
        printf("     -");
}

// Of verdicts that have rounds, so that there may be none.
static void percent_print(double value)
{
    if (isfinite(value))
        printf(" %10.0f%%", value);
    else
        printf(" %11s", "-");
}

static void row_print(const struct row *row)
{
    const struct summary *summary = &row->summary;
    printf("%-12s %-15s %5zu", row->part.condition, row_name(row), summary->count);
    static const enum verdict order[] = {VERDICT_PASS, VERDICT_FAIL,
                                         VERDICT_UNPROVEN, VERDICT_UNMEASURED,
                                         VERDICT_NOT_RUN};
    for (int i = 0; i < 5; i++) printf(" %6zu", summary->verdicts[order[i]]);
    printf(" %6zu%s %6.1f %6.1f", summary->wrong, summary->wrong ? "!" : " ",
           summary->seconds_median, summary->seconds_p95);
    score_print(summary->score_p5);
    score_print(summary->score_p95);
    for (int rule = 0; rule < RULE_COUNT; rule++)
        percent_print(
            percent(summary->wrong_by_rule[rule], summary->judged_by_rules));
    putchar('\n');
}

void report_print(const struct tally *tally)
{
    static struct row rows[ROW_LIMIT];
    int count = rows_list(tally, true, rows);
    printf("\n%-12s %-15s %5s %6s %6s %6s %6s %6s %6s  %6s %6s %5s %5s", "condition",
           "code", "n", "pass", "fail", "unprov", "unmeas", "notrun", "WRONG",
           "med s", "p95 s", "p5", "p95");
    for (int rule = 0; rule < RULE_COUNT; rule++)
        printf(" %11s", rule_name((enum rule)rule));
    putchar('\n');
    for (int i = 0; i < count; i++) row_print(&rows[i]);
    printf("\n(p5, p95: scores of those that passed; the last three: how many these "
           "rules would have wronged on the same rounds)\n");
}

// ---- JSON

static json_t *measured_number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *row_object(const struct row *row)
{
    const struct summary *summary = &row->summary;
    json_t *verdicts = json_object(), *rules = json_object();
    for (int verdict = 0; verdict <= VERDICT_UNMEASURED; verdict++)
        json_object_set_new(verdicts, verdict_name((enum verdict)verdict),
                            json_integer((json_int_t)summary->verdicts[verdict]));
    for (int rule = 0; rule < RULE_COUNT; rule++)
        json_object_set_new(rules, rule_name((enum rule)rule),
                            json_integer((json_int_t)summary->wrong_by_rule[rule]));
    return json_pack(
        "{s:s, s:o, s:b, s:I, s:o, s:I, s:I, s:o, s:o, s:o, s:o, s:o}", "condition",
        row->part.condition, "variant",
        row->part.variant ? json_string(row->part.variant) : json_null(), "honest",
        row->part.honest, "count", (json_int_t)summary->count, "verdicts", verdicts,
        "wrong", (json_int_t)summary->wrong, "with_rounds",
        (json_int_t)summary->judged_by_rules, "wrong_by_rule", rules,
        "seconds_median", measured_number(summary->seconds_median), "seconds_p95",
        measured_number(summary->seconds_p95), "score_p5",
        measured_number(summary->score_p5), "score_p95",
        measured_number(summary->score_p95));
}

int report_write_json(const struct tally *tally, const char *path)
{
    static struct row rows[ROW_LIMIT];
    int count = rows_list(tally, true, rows);
    json_t *array = json_array();
    for (int i = 0; i < count; i++)
        json_array_append_new(array, row_object(&rows[i]));
    json_t *root =
        json_pack("{s:s, s:o}", "schema", "workbook-verdicts/1", "rows", array);
    int status = json_dump_file(root, path, JSON_INDENT(1) | JSON_REAL_PRECISION(4));
    json_decref(root);
    return status ? -EIO : 0;
}

// ---- the page

static void page_row(FILE *out, const struct row *row)
{
    const struct summary *summary = &row->summary;
    const size_t *verdicts = summary->verdicts;
    fprintf(out, "| %s | %s | %zu | %zu | %zu | %zu | %zu | %zu | %s%zu%s |",
            row->part.condition, row->part.honest ? "honest" : "not", summary->count,
            verdicts[VERDICT_PASS], verdicts[VERDICT_FAIL],
            verdicts[VERDICT_UNPROVEN], verdicts[VERDICT_UNMEASURED],
            verdicts[VERDICT_NOT_RUN], summary->wrong ? "**" : "", summary->wrong,
            summary->wrong ? "**" : "");
    fprintf(out, " %.1f / %.1f |", summary->seconds_median, summary->seconds_p95);
    if (isfinite(summary->score_p5))
        fprintf(out, " %.1f - %.1f |", summary->score_p5, summary->score_p95);
    else
        fprintf(out, " |");
    for (int rule = 0; rule < RULE_COUNT; rule++)
        if (summary->judged_by_rules)
            fprintf(out, " %.0f %% |",
                    percent(summary->wrong_by_rule[rule], summary->judged_by_rules));
        else
            fprintf(out, " |");
    fputc('\n', out);
}

static void page_table(FILE *out, const struct tally *tally)
{
    static struct row rows[ROW_LIMIT];
    int count = rows_list(tally, false, rows);
    fprintf(out,
            "| condition | code | verdicts | pass | fail | unproven | unmeasured | "
            "not run | wrong | seconds, median / p95 | score, p5 - p95 |");
    for (int rule = 0; rule < RULE_COUNT; rule++)
        fprintf(out, " %s |", rule_name((enum rule)rule));
    fprintf(out, "\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n");
    for (int i = 0; i < count; i++) page_row(out, &rows[i]);
}

// Copies the page with everything between the two lines written anew.
static int page_copy(FILE *in, FILE *out, const struct tally *tally)
{
    char row[4096];
    int state = 0; // before, between, behind the marks
    while (fgets(row, sizeof row, in)) {
        if (state == 1 && strncmp(row, "<!-- end of campaign", 20) == 0) state = 2;
        if (state != 1) fputs(row, out);
        if (state == 0 && strncmp(row, "<!-- campaign", 13) == 0) {
            state = 1;
            page_table(out, tally);
        }
    }
    return state == 2 ? 0 : -EINVAL;
}

int report_write_page(const struct tally *tally, const char *path)
{
    char *text = NULL;
    size_t size = 0;
    FILE *in = fopen(path, "re"), *out = open_memstream(&text, &size);
    int status = in && out ? page_copy(in, out, tally) : -errno;
    if (in) fclose(in);
    if (out) fclose(out);
    FILE *page = status ? NULL : fopen(path, "we");
    if (page) {
        fwrite(text, 1, size, page);
        if (fclose(page)) status = -EIO;
    } else if (!status) {
        status = -errno;
    }
    free(text);
    return status;
}

// ---- the picture

static void picture_data(FILE *out, const struct tally *tally)
{
    size_t count;
    const struct condition *all = conditions(&count);
    for (size_t i = 0; i < count; i++) {
        struct part part = {all[i].name, NULL, NULL, NULL, -1};
        struct summary summary = summary_of(tally, &part);
        if (summary.judged_by_rules == 0) continue;
        fprintf(out, "%s", all[i].name);
        for (int rule = 0; rule < RULE_COUNT; rule++)
            fprintf(out, " %.2f",
                    percent(summary.wrong_by_rule[rule], summary.judged_by_rules));
        fprintf(out, " %.2f\n", percent(summary.wrong, summary.count));
    }
}

int report_draw(const struct tally *tally, const char *path)
{
    FILE *plot = popen("gnuplot 2>/dev/null", "w");
    if (!plot) return -errno;
    fprintf(plot, "$data << END\n");
    picture_data(plot, tally);
    fprintf(
        plot,
        "END\nset terminal svg size 900,420 background 'white'\nset output '%s'\n"
        "set style data histogram\nset style histogram clustered gap 1\n"
        "set style fill solid 0.8\nset ylabel 'wrong verdicts, %%'\n"
        "set yrange [0:*]\nset xtics rotate by -20\nset grid y\nset key top left\n",
        path);
    fprintf(plot,
            "plot $data using 2:xtic(1) title '%s', '' using 3 title '%s', "
            "'' using 4 title '%s', '' using 5 title 'this procedure'\n",
            rule_name(RULE_ONE_SHOT), rule_name(RULE_BEST_OF_THREE),
            rule_name(RULE_MEDIAN_OF_SEVEN));
    return pclose(plot) == 0 ? 0 : -ENOENT;
}
