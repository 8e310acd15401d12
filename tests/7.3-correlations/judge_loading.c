#include "7.3-correlations/judge_loading.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "7.3-correlations/judge_run.h"
#include "judge/folder_remove.h"
#include "stocks/stock_table.h"

enum { DAYS = 24, FILES = 4, WORKERS = 3, FOLDER_SIZE = 64, PATH_ROOM = 128 };

static const int64_t DAY_NS = 86400000000000;
static const int64_t FIRST_DAY = 17897; // 2019-01-01
static const int64_t LIMIT_NS = 6000000000;

// Written in this order and handed over in another: names are no order.
static const char *const names[FILES] = {"WOOD", "IRON", "SALT", "CLAY"};

// One call of load_series: what is asked, and what came of it.
struct loading {
    struct line *line;
    enum executor_kind executor;
    char folder[FOLDER_SIZE];
    const char *column;
    char paths[FILES][PATH_ROOM];
    size_t path_count;
    int returned;
    struct load_answer answer;
};

// ---- the files

// Does file k have that day, and with a number? Each lacks some days and some values.
static bool has_day(int k, int day)
{
    return (day + 3 * k) % 7 != 0 && day >= k && day < DAYS - 2 * k;
}

static bool has_value(int k, int day)
{
    return (day * 5 + k) % 11 != 0;
}

// Another one for each test: who knows this file must still load the others.
static double level;

static double value_of(int k, int column, int day)
{
    return level + 10 * (k + 1) + 3 * column + 0.25 * ((day * day + k) % 13);
}

static int table_write(const char *folder, int k)
{
    char path[PATH_ROOM];
    char *columns[] = {"open", "close"};
    int64_t timestamps_ns[DAYS];
    double values[2][DAYS];
    double *rows[] = {values[0], values[1]};
    struct stock_table table = {0, 2, columns, timestamps_ns, rows};
    for (int day = 0; day < DAYS; day++) {
        if (!has_day(k, day)) continue;
        timestamps_ns[table.row_count] = (FIRST_DAY + day) * DAY_NS;
        for (int column = 0; column < 2; column++)
            values[column][table.row_count] =
                has_value(k, day) ? value_of(k, column, day) : NAN;
        table.row_count++;
    }
    snprintf(path, sizeof path, "%s/%s.h5", folder, names[k]);
    return stock_table_write_hdf5(&table, path, NULL, NULL);
}

static int folder_fill(struct loading *loading)
{
    strcpy(loading->folder, "/tmp/correlations-XXXXXX");
    if (!mkdtemp(loading->folder)) return -errno;
    int status = 0;
    for (int k = 0; k < FILES && !status; k++)
        status = table_write(loading->folder, k);
    char path[PATH_ROOM];
    snprintf(path, sizeof path, "%s/broken.h5", loading->folder);
    FILE *file = status ? NULL : fopen(path, "w");
    if (!file) return status ? status : -errno;
    for (int line = 0; line < 100; line++) fputs("this is no table\n", file);
    return fclose(file) ? -EIO : 0;
}

static bool loading_init(struct loading *loading, struct line *line,
                         enum executor_kind executor)
{
    *loading =
        (struct loading){.line = line, .executor = executor, .column = "close"};
    level = 0.25 * (rand() % 4000);
    int status = folder_fill(loading);
    if (!status) return true;
    line_error(line, "the judge could not write its files: %s", strerror(-status));
    folder_remove(loading->folder);
    return false;
}

static void path_add(struct loading *loading, const char *name)
{
    snprintf(loading->paths[loading->path_count++], PATH_ROOM, "%s/%s.h5",
             loading->folder, name);
}

// ---- the call

static void loading_text(const struct loading *loading, char *text, size_t size)
{
    int used =
        snprintf(text, size, "load_series (%d %s, %s of ", WORKERS,
                 loading->executor == EXECUTOR_PROCESSES ? "processes" : "threads",
                 loading->column);
    for (size_t k = 0; k < loading->path_count; k++)
        used += snprintf(text + used, size - (size_t)used, "%s%s", k ? ", " : "",
                         strrchr(loading->paths[k], '/') + 1);
    snprintf(text + used, size - (size_t)used, ")");
}

static void request_fill(const struct loading *loading, struct load_request *request)
{
    *request = (struct load_request){.path_count = loading->path_count};
    strcpy(request->names, loading->column);
    char *at = request->names + strlen(loading->column) + 1;
    for (size_t k = 0; k < loading->path_count; k++)
        at = stpcpy(at, loading->paths[k]) + 1;
}

static int loading_make(struct loading *loading)
{
    static struct runner runner;
    static struct load_request load;
    struct message request = {.operation = OPERATION_LOAD,
                              .executor = loading->executor,
                              .workers = WORKERS};
    request_fill(loading, &load);
    int status = runner_start(&runner, loading->line->exercise->box,
                              loading->line->exercise->runner, loading->folder);
    if (!status)
        status = runner_call(&runner, &request, &load, sizeof load, &loading->answer,
                             sizeof loading->answer, LIMIT_NS, &loading->returned);
    runner_stop(&runner);
    line_printed(loading->line, runner.printed.text, runner.printed.size);
    if (!status) return 0;
    char text[256];
    loading_text(loading, text, sizeof text);
    run_explain(loading->line, &runner, status, text);
    return -1;
}

// ---- what is right

static int file_of(const char *path)
{
    for (int k = 0; k < FILES; k++)
        if (strstr(path, names[k])) return k;
    return -1;
}

static bool is_common(const struct loading *loading, int day)
{
    for (size_t i = 0; i < loading->path_count; i++) {
        int k = file_of(loading->paths[i]);
        if (!has_day(k, day) || !has_value(k, day)) return false;
    }
    return true;
}

static int common_days(const struct loading *loading, int days[])
{
    int count = 0;
    for (int day = 0; day < DAYS; day++)
        if (is_common(loading, day)) days[count++] = day;
    return count;
}

static const char *shape_hint(const struct loading *loading, int length)
{
    const struct load_answer *answer = &loading->answer;
    if (loading->executor == EXECUTOR_PROCESSES && answer->length == 0)
        return "What a process task stores in the caller's variables is lost: "
               "return "
               "the column (stock_series_pack, task_set_result).";
    if (answer->length > (uint64_t)length)
        return "Only moments that every file has, with a number and not NaN, are "
               "kept: aligned_series_init does it.";
    return "Every moment that all files have belongs in it: were all files loaded, "
           "each into a series of its own?";
}

static int shape_check(struct loading *loading, const char *text, int length)
{
    const struct load_answer *answer = &loading->answer;
    bool is_right = answer->series_count == loading->path_count &&
                    answer->length == (uint64_t)length;
    bool is_there = length == 0 || (answer->has_timestamps && answer->has_values);
    if (is_right && is_there) return 0;
    line_fail(loading->line, "wrong shape",
              "%s gave %d series of %d moments%s, expected %d of %d. %s", text,
              (int)answer->series_count, (int)answer->length,
              is_right ? " without values or timestamps" : "",
              (int)loading->path_count, length, shape_hint(loading, length));
    return -1;
}

// Which file's row it is, if it is one of them.
static const char *value_hint(const struct loading *loading, int day, size_t i,
                              double found)
{
    int column = strcmp(loading->column, "close") == 0;
    if (found == value_of(file_of(loading->paths[i]), !column, day))
        return "That is the other column: `column` says which one is wanted.";
    for (size_t k = 0; k < loading->path_count; k++)
        if (k != i && found == value_of(file_of(loading->paths[k]), column, day))
            return "That is another file's value: series k belongs to path k, "
                   "whichever task ends first, and each task needs its own "
                   "argument.";
    if (isnan(found)) return "A moment with NaN in any file is left out.";
    return "Series are aligned by timestamp, not by row number.";
}

static int values_check(struct loading *loading, const char *text, const int days[],
                        int length)
{
    const struct load_answer *answer = &loading->answer;
    int column = strcmp(loading->column, "close") == 0;
    for (int m = 0; m < length; m++) {
        int64_t timestamp_ns = (FIRST_DAY + days[m]) * DAY_NS;
        if (answer->timestamps_ns[m] != timestamp_ns) {
            line_fail(loading->line, "wrong moments",
                      "%s: timestamps_ns[%d] is %lld, expected %lld. Series are "
                      "aligned by timestamp, in ascending order.",
                      text, m, (long long)answer->timestamps_ns[m],
                      (long long)timestamp_ns);
            return -1;
        }
        for (size_t i = 0; i < loading->path_count; i++) {
            double found = answer->values[i * (size_t)length + (size_t)m];
            double expected = value_of(file_of(loading->paths[i]), column, days[m]);
            if (found == expected) continue;
            line_fail(loading->line, "wrong values",
                      "%s: series %d has %.10g at moment %d, expected %.10g. %s",
                      text, (int)i, found, m, expected,
                      value_hint(loading, days[m], i, found));
            return -1;
        }
    }
    return 0;
}

static int aligned_check(struct loading *loading)
{
    char text[256];
    int days[DAYS], length = common_days(loading, days);
    loading_text(loading, text, sizeof text);
    if (loading_make(loading)) return -1;
    if (loading->returned) {
        line_fail(loading->line, "error returned", "%s returned %d (%s); 0 is right",
                  text, loading->returned, strerror(abs(loading->returned)));
        return -1;
    }
    if (shape_check(loading, text, length)) return -1;
    return values_check(loading, text, days, length);
}

void loading_align_check(struct line *line, enum executor_kind executor)
{
    static const char *const columns[] = {"close", "open"};
    struct loading loading;
    if (!loading_init(&loading, line, executor)) return;
    int status = 0;
    for (size_t count = FILES; count >= 1 && !status; count /= 2) {
        loading.path_count = 0;
        loading.column = columns[count % 4 != 0];
        for (size_t k = 0; k < count; k++) path_add(&loading, names[k]);
        status = aligned_check(&loading);
    }
    folder_remove(loading.folder);
    if (!status) line_pass(line);
}

// ---- files that cannot be read

static int failure_check(struct loading *loading, int expected, const char *why)
{
    char text[256];
    const struct load_answer *answer = &loading->answer;
    loading_text(loading, text, sizeof text);
    if (loading_make(loading)) return -1;
    if (loading->returned != expected) {
        const char *hint =
            loading->returned == -ECHILD ? " future_error has the task's own number."
            : loading->returned == 0     ? " Is every task's error looked at?"
                                         : "";
        line_fail(loading->line, "wrong status",
                  "%s returned %d (%s), expected %d: %s.%s", text, loading->returned,
                  strerror(abs(loading->returned)), expected, why, hint);
        return -1;
    }
    if (answer->series_count || answer->length || answer->has_values ||
        answer->has_timestamps) {
        line_fail(
            loading->line, "not empty",
            "%s returned %d, as it should, but aligned is not empty: %d series "
            "of %d moments. After a failure it is all zero.",
            text, loading->returned, (int)answer->series_count, (int)answer->length);
        return -1;
    }
    return 0;
}

static int failures_check(struct loading *loading)
{
    path_add(loading, names[0]);
    path_add(loading, "broken");
    path_add(loading, "missing");
    path_add(loading, names[1]);
    int status = failure_check(loading, -EINVAL,
                               "broken.h5 comes first, and is no stock table");
    if (status) return status;
    loading->path_count = 0;
    path_add(loading, names[0]);
    path_add(loading, "missing");
    path_add(loading, "broken");
    status =
        failure_check(loading, -ENOENT, "missing.h5 comes first, and is not there");
    if (status) return status;
    loading->path_count = 0;
    loading->column = "volume";
    path_add(loading, names[0]);
    path_add(loading, names[1]);
    return failure_check(loading, -ENOENT, "no file has that column");
}

void loading_failure_check(struct line *line, enum executor_kind executor)
{
    struct loading loading;
    if (!loading_init(&loading, line, executor)) return;
    int status = failures_check(&loading);
    folder_remove(loading.folder);
    if (!status) line_pass(line);
}
