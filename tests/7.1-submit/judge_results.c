#include "7.1-submit/judge_results.h"
#include <string.h>

static const char *seen_hint(int seen)
{
    if (seen) return "Is a task submitted twice, or an old call left in?";
    return "Does each task have numbers of its own, not a pointer to the loop's?";
}

// Is it a value that some call returned? Then it only stands in the wrong place.
static bool is_result(const struct calls *calls, int value)
{
    for (int i = 0; i < calls->n; i++)
        for (int j = 0; j < calls->n; j++)
            if (i != j && calls->value[i][j] == value) return true;
    return false;
}

static const char *result_diagnosis(const struct calls *calls, int found)
{
    return is_result(calls, found) ? "wrong order" : "result lost";
}

static const char *result_hint(const struct calls *calls, int found)
{
    if (is_result(calls, found))
        return "Results belong in the order of the loop, whichever call ends first.";
    if (calls->executor == EXECUTOR_PROCESSES)
        return "What a process task writes to a global is lost: its result, and no "
               "more, travels back to future_result.";
    return "Has the task written its result, and future_result waited for it?";
}

static int results_check(struct calls *calls, const char *text)
{
    int place = 0;
    for (int i = 0; i < calls->n; i++)
        for (int j = 0; j < calls->n; j++) {
            if (i == j) continue;
            const char *name = i < j ? "slow_add" : "slow_sub";
            int found = calls->results[place], expected = calls->value[i][j];
            if (calls->seen[i][j] != 1) {
                line_fail(calls->line, "calls missing or repeated",
                          "%s called %s(%d, %d) %d times; once is right. %s", text,
                          name, i, j, calls->seen[i][j],
                          seen_hint(calls->seen[i][j]));
                return -1;
            }
            if (found != expected) {
                line_fail(calls->line, result_diagnosis(calls, found),
                          "%s: results[%d] is %d, but %s(%d, %d) returned %d. %s",
                          text, place, found, name, i, j, expected,
                          result_hint(calls, found));
                return -1;
            }
            place++;
        }
    return 0;
}

int calls_check(struct calls *calls)
{
    char text[128];
    calls_text(calls, text, sizeof text);
    if (calls->returned != 0) {
        line_fail(calls->line, "error returned", "%s returned %d (%s) instead of 0",
                  text, calls->returned, strerror(-calls->returned));
        return -1;
    }
    return results_check(calls, text);
}
