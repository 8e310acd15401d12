#include "7.3-correlations/judge_loading.h"
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "7.3-correlations/judge_load_call.h"

// ---- what is right

static bool is_common(const struct load_call *call, int day)
{
    for (size_t i = 0; i < call->path_count; i++)
        if (!load_file_has(load_file_of(call->paths[i]), day)) return false;
    return true;
}

static int common_days(const struct load_call *call, int days[])
{
    int count = 0;
    for (int day = 0; day < LOAD_DAYS; day++)
        if (is_common(call, day)) days[count++] = day;
    return count;
}

static const char *shape_hint(const struct load_call *call, int length)
{
    const struct load_answer *answer = &call->answer;
    if (call->executor == EXECUTOR_PROCESSES && answer->length == 0)
        return "What a process task stores in the caller's variables is lost: "
               "return "
               "the column (stock_series_pack, task_set_result).";
    if (answer->length > (uint64_t)length)
        return "Only moments that every file has, with a number and not NaN, are "
               "kept: aligned_series_init does it.";
    return "Every moment that all files have belongs in it: were all files loaded, "
           "each into a series of its own?";
}

static int shape_check(struct load_call *call, const char *text, int length)
{
    const struct load_answer *answer = &call->answer;
    bool is_right = answer->series_count == call->path_count &&
                    answer->length == (uint64_t)length;
    bool is_there = length == 0 || (answer->has_timestamps && answer->has_values);
    if (is_right && is_there) return 0;
    line_fail(call->line, "wrong shape",
              "%s gave %d series of %d moments%s, expected %d of %d. %s", text,
              (int)answer->series_count, (int)answer->length,
              is_right ? " without values or timestamps" : "", (int)call->path_count,
              length, shape_hint(call, length));
    return -1;
}

// Which file's row it is, if it is one of them.
static const char *value_hint(const struct load_call *call, int day, size_t i,
                              double found)
{
    int column = strcmp(call->column, "close") == 0;
    if (found == load_file_value(load_file_of(call->paths[i]), !column, day))
        return "That is the other column: `column` says which one is wanted.";
    for (size_t k = 0; k < call->path_count; k++)
        if (k != i &&
            found == load_file_value(load_file_of(call->paths[k]), column, day))
            return "That is another file's value: series k belongs to path k, "
                   "whichever task ends first, and each task needs its own "
                   "argument.";
    if (isnan(found)) return "A moment with NaN in any file is left out.";
    return "Series are aligned by timestamp, not by row number.";
}

static int values_check(struct load_call *call, const char *text, const int days[],
                        int length)
{
    const struct load_answer *answer = &call->answer;
    int column = strcmp(call->column, "close") == 0;
    for (int m = 0; m < length; m++) {
        int64_t timestamp_ns = load_file_moment_ns(days[m]);
        if (answer->timestamps_ns[m] != timestamp_ns) {
            line_fail(call->line, "wrong moments",
                      "%s: timestamps_ns[%d] is %lld, expected %lld. Series are "
                      "aligned by timestamp, in ascending order.",
                      text, m, (long long)answer->timestamps_ns[m],
                      (long long)timestamp_ns);
            return -1;
        }
        for (size_t i = 0; i < call->path_count; i++) {
            double found = answer->values[i * (size_t)length + (size_t)m];
            double expected =
                load_file_value(load_file_of(call->paths[i]), column, days[m]);
            if (found == expected) continue;
            line_fail(call->line, "wrong values",
                      "%s: series %d has %.10g at moment %d, expected %.10g. %s",
                      text, (int)i, found, m, expected,
                      value_hint(call, days[m], i, found));
            return -1;
        }
    }
    return 0;
}

static int aligned_check(struct load_call *call)
{
    char text[256];
    int days[LOAD_DAYS], length = common_days(call, days);
    load_call_text(call, text, sizeof text);
    if (load_call_make(call)) return -1;
    if (call->returned) {
        line_fail(call->line, "error returned", "%s returned %d (%s); 0 is right",
                  text, call->returned, strerror((int)labs(call->returned)));
        return -1;
    }
    if (shape_check(call, text, length)) return -1;
    return values_check(call, text, days, length);
}

void loading_align_check(struct line *line, enum executor_kind executor)
{
    static const char *const columns[] = {"close", "open"};
    struct load_call call;
    if (!load_call_init(&call, line, executor)) return;
    int status = 0;
    for (size_t count = LOAD_FILES; count >= 1 && !status; count /= 2) {
        call.path_count = 0;
        call.column = columns[count % 4 != 0];
        for (size_t k = 0; k < count; k++) load_call_add(&call, load_file_names[k]);
        status = aligned_check(&call);
    }
    load_call_close(&call);
    if (!status) line_pass(line);
}

// ---- files that cannot be read

static int failure_check(struct load_call *call, int expected, const char *why)
{
    char text[256];
    const struct load_answer *answer = &call->answer;
    load_call_text(call, text, sizeof text);
    if (load_call_make(call)) return -1;
    if (call->returned != expected) {
        const char *hint =
            call->returned == -ECHILD ? " future_error has the task's own number."
            : call->returned == 0     ? " Is every task's error looked at?"
                                      : "";
        line_fail(call->line, "wrong status",
                  "%s returned %d (%s), expected %d: %s.%s", text, call->returned,
                  strerror((int)labs(call->returned)), expected, why, hint);
        return -1;
    }
    if (answer->series_count || answer->length || answer->has_values ||
        answer->has_timestamps) {
        line_fail(
            call->line, "not empty",
            "%s returned %d, as it should, but aligned is not empty: %d series "
            "of %d moments. After a failure it is all zero.",
            text, call->returned, (int)answer->series_count, (int)answer->length);
        return -1;
    }
    return 0;
}

static int failures_check(struct load_call *call)
{
    load_call_add(call, load_file_names[0]);
    load_call_add(call, "broken");
    load_call_add(call, "missing");
    load_call_add(call, load_file_names[1]);
    int status =
        failure_check(call, -EINVAL, "broken.h5 comes first, and is no stock table");
    if (status) return status;
    call->path_count = 0;
    load_call_add(call, load_file_names[0]);
    load_call_add(call, "missing");
    load_call_add(call, "broken");
    status =
        failure_check(call, -ENOENT, "missing.h5 comes first, and is not there");
    if (status) return status;
    call->path_count = 0;
    call->column = "volume";
    load_call_add(call, load_file_names[0]);
    load_call_add(call, load_file_names[1]);
    return failure_check(call, -ENOENT, "no file has that column");
}

void loading_failure_check(struct line *line, enum executor_kind executor)
{
    struct load_call call;
    if (!load_call_init(&call, line, executor)) return;
    int status = failures_check(&call);
    load_call_close(&call);
    if (!status) line_pass(line);
}
