#include "grade/likeness.h"
#include "futures/futures.h"
#include "grade/class_progress.h"
#include "grade/text.h"
#include "judge/command.h"
#include "judge/needed_memory.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Texts are compared in parts, so that all processors take part: those of a part with all.
enum { PART_SIZE = 25, PART_LIMIT_S = 1800, MARK_LIMIT_S = 60, DRAW_MS = 500 };

struct part {
    const char *folder;
    size_t first;
};

// Runs a shell's command in the folder; text gets what it printed.
static int script_run(const char *folder, char *script, unsigned limit_s, char *text,
                      size_t size)
{
    const char *arguments[] = {"sh", "-c", script, NULL};
    struct command command = {
        .arguments = arguments, .folder = folder, .limit_s = limit_s};
    int status = command_run(&command, text, size);
    free(script);
    return status < 0 ? status : status ? -EIO : 0;
}

int likeness_check(void)
{
    char text[256];
    char *script = text_format("command -v sim_c");
    int status = script_run(NULL, script, MARK_LIMIT_S, text, sizeof text);
    return status == -EIO ? -ENOENT : status;
}

static char *part_path(const struct part *part, const char *kind)
{
    return text_format("%s/%s-%06zu", part->folder, kind, part->first);
}

// The names of the part's texts, "/", and the names of all: sim_c's new and old ones.
static int list_write(const struct part *part, size_t count)
{
    char *path = part_path(part, "list");
    FILE *file = fopen(path, "we");
    int status = file ? 0 : -errno;
    free(path);
    if (!file) return status;
    for (size_t i = part->first; i < part->first + PART_SIZE && i < count; i++)
        fprintf(file, "%06zu\n", i);
    fputs("/\n", file);
    for (size_t i = 0; i < count; i++) fprintf(file, "%06zu\n", i);
    if (ferror(file)) status = -EIO;
    if (fclose(file)) status = -EIO;
    return status;
}

// -e: each pair by itself, -p: percentages, -u: as they come, -S: the part with all.
static int part_task(const void *args, void *result)
{
    const struct part *part = args;
    char text[1024];
    *(int *)result = script_run(
        part->folder,
        text_format("sim_c -epuST -t 1 -r %d -o found-%06zu -i <list-%06zu",
                    LIKENESS_RUN, part->first, part->first),
        PART_LIMIT_S, text, sizeof text);
    return 0;
}

// Reads lines such as "000003 consists for 12 % of 000001 material".
static int part_read(const struct part *part, unsigned char *percents, size_t count)
{
    char *path = part_path(part, "found"), *line = NULL;
    FILE *file = fopen(path, "re");
    int status = file ? 0 : -errno;
    size_t room = 0;
    free(path);
    while (file && getline(&line, &room, file) > 0) {
        size_t a, b;
        unsigned percent;
        if (sscanf(line, "%zu consists for %u %% of %zu material", &a, &percent,
                   &b) == 3 &&
            a < count && b < count && percent <= 100)
            percents[a * count + b] = (unsigned char)percent;
    }
    if (file && ferror(file)) status = -EIO;
    if (file) fclose(file);
    free(line);
    return status;
}

static int parts_run(const struct part parts[], size_t count, size_t text_count,
                     const char *title, unsigned jobs)
{
    struct class_progress progress;
    struct pool_options options = {.workers = (int)jobs, .name = "similar"};
    struct executor *executor = executor_create(EXECUTOR_THREADS, &options);
    struct future **futures = calloc(count + 1, sizeof *futures);
    int status = 0;
    needed(executor);
    needed(futures);
    class_progress_begin(&progress, title, text_count);
    for (size_t i = 0; i < count; i++) {
        futures[i] = executor_submit(executor, part_task, &parts[i], sizeof *parts,
                                     sizeof(int));
        needed(futures[i]);
    }
    for (size_t i = 0; i < count; i++) {
        int own = -ECHILD;
        while (future_result(futures[i], &own, DRAW_MS) == -ETIMEDOUT)
            class_progress_tell(&progress, parts[i].first);
        if (own && !status) status = own;
        future_free(futures[i]);
    }
    executor_destroy(executor);
    class_progress_end(&progress, text_count);
    free(futures);
    return status;
}

int likeness_measure(unsigned char *percents, const char *folder, size_t count,
                     const char *title, unsigned jobs, bool is_known)
{
    size_t part_count = (count + PART_SIZE - 1) / PART_SIZE;
    struct part *parts = calloc(part_count + 1, sizeof *parts);
    int status = 0;
    needed(parts);
    memset(percents, 0, count * count);
    for (size_t i = 0; i < part_count && !status; i++) {
        parts[i] = (struct part){folder, i * PART_SIZE};
        if (!is_known) status = list_write(&parts[i], count);
    }
    if (!is_known && !status)
        status = parts_run(parts, part_count, count, title, jobs);
    for (size_t i = 0; i < part_count && !status; i++)
        status = part_read(&parts[i], percents, count);
    free(parts);
    return status;
}

static void lines_mark(bool *marks, size_t count, size_t first, size_t last)
{
    for (size_t line = first; line <= last && line <= count; line++)
        if (line) marks[line - 1] = true;
}

int likeness_mark(const char *folder, size_t a, size_t b, bool *marks_a,
                  size_t count_a, bool *marks_b, size_t count_b)
{
    enum { SIZE = 256 << 10 };
    char *text = malloc(SIZE);
    needed(text);
    int status = script_run(
        folder, text_format("sim_c -nsT -r %d %06zu %06zu", LIKENESS_RUN, a, b),
        MARK_LIMIT_S, text, SIZE);
    // "000000: line 2-3    |000001: line 6-7    [87]"
    for (const char *row = text; row && *row && !status;) {
        size_t first_a, last_a, first_b, last_b;
        if (sscanf(row, "%*u: line %zu-%zu |%*u: line %zu-%zu", &first_a, &last_a,
                   &first_b, &last_b) == 4) {
            lines_mark(marks_a, count_a, first_a, last_a);
            lines_mark(marks_b, count_b, first_b, last_b);
        }
        row = strchr(row, '\n');
        if (row) row++;
    }
    free(text);
    return status;
}
