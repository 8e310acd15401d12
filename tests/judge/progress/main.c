// How far a student has come: every exercise with the best that it reached, and what is next.
//
//     main ATTEMPTS FOLDER=FILE...      7.1-submit=exercises/7.1-submit/submit.c

#include "judge/attempts.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BAR_WIDTH = 20, FILE_ROOM = 1 << 20 };

struct task {
    char folder[NAME_SIZE]; // "7.1-submit"
    char id[16];            // "7.1"
    const char *file;       // the student's
    bool is_untouched;
    struct attempts_sum sum;
};

static bool read_whole(const char *path, char *bytes, size_t *size)
{
    FILE *file = fopen(path, "r");
    if (!file) return false;
    *size = fread(bytes, 1, FILE_ROOM, file);
    fclose(file);
    return true;
}

static bool is_the_same(const char *left, const char *right)
{
    static char bytes[2][FILE_ROOM];
    size_t size[2];
    return read_whole(left, bytes[0], &size[0]) &&
           read_whole(right, bytes[1], &size[1]) && size[0] == size[1] &&
           memcmp(bytes[0], bytes[1], size[0]) == 0;
}

static bool is_full(const struct attempt *attempt)
{
    return attempt->max_points > 0 && attempt->points >= attempt->max_points - 0.05;
}

static bool nothing_is_lost(const struct attempt *attempt)
{
    return attempt->max_points > 0 &&
           attempt->points + attempt->pending_points >= attempt->max_points - 0.05;
}

static int task_open(struct task *task, const char *attempts, char *argument)
{
    char baseline[2 * NAME_SIZE];
    char *equals = argument ? strchr(argument, '=') : NULL;
    if (!equals) return -EINVAL;
    *equals = '\0';
    snprintf(task->folder, sizeof task->folder, "%s", argument);
    snprintf(task->id, sizeof task->id, "%.*s", (int)strcspn(argument, "-"),
             argument);
    task->file = equals + 1;
    snprintf(baseline, sizeof baseline, "tests/%s/baseline.c", task->folder);
    task->is_untouched = is_the_same(task->file, baseline);
    return attempts_read(attempts, task->id, &task->sum);
}

static void bar_print(const struct attempt *best)
{
    char bar[BAR_WIDTH + 1];
    int filled = best->max_points > 0
                     ? (int)(BAR_WIDTH * best->points / best->max_points)
                     : 0;
    for (int k = 0; k < BAR_WIDTH; k++) bar[k] = k < filled ? '#' : '.';
    bar[BAR_WIDTH] = '\0';
    printf("  [%s]  ", bar);
}

static void task_print(const struct task *task)
{
    const struct attempt *best = &task->sum.best, *last = &task->sum.last;
    printf("%-18s", task->folder);
    bar_print(best);
    if (task->sum.count == 0) {
        puts(task->is_untouched ? "not begun" : "never checked");
        return;
    }
    printf("best %.10g of %.10g, in %u check%s", best->points, best->max_points,
           task->sum.count, task->sum.count > 1 ? "s" : "");
    if (last->points < best->points) printf("; the last one %.10g", last->points);
    if (last->pending_points > 0) printf(", %.10g pending", last->pending_points);
    puts(task->is_untouched ? "; the file is as it was given" : "");
}

static void next_print(const struct task *task)
{
    const struct attempt *last = &task->sum.last;
    printf("\nnext: ");
    if (task->sum.count == 0 || task->is_untouched)
        printf("%s: read exercises/%s/README.md, start `make watch`, and edit\n"
               "      %s\n",
               task->id, task->folder, task->file);
    else if (nothing_is_lost(last) && last->is_quick)
        printf("%s holds; `make check EX=%s` looks at its memory and its speed\n",
               task->id, task->id);
    else if (nothing_is_lost(last))
        printf("%s is right, but its speed could not be measured. Try again while\n"
               "      nothing else runs: make check EX=%s\n",
               task->id, task->id);
    else if (*last->next)
        printf("%s: mend \"%s\";\n      `make check EX=%s` says what is wrong\n",
               task->id, last->next, task->id);
    else
        printf("%s: `make check EX=%s` says what is wrong\n", task->id, task->id);
}

int main(int count, char *values[])
{
    const char *attempts = count > 2 ? values[1] : "";
    struct task next = {.id = ""};
    for (int i = 2; i < count; i++) {
        struct task task = {.id = ""};
        int status = task_open(&task, attempts, values[i]);
        if (status) {
            fprintf(stderr, "%s: %s\n", attempts, strerror(-status));
            return 2;
        }
        task_print(&task);
        if (!*next.id && !is_full(&task.sum.best)) next = task;
    }
    if (*next.id)
        next_print(&next);
    else
        puts("\nAll is done. Each statement ends its task with an open question.");
    return 0;
}
