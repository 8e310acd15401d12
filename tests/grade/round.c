#include "grade/round.h"
#include "judge/durable_file.h"
#include "grade/result.h"
#include "grade/text.h"
#include "judge/folder_remove.h"
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

static const char SCHEMA[] = "workbook-round/1";
static const char *const passes[] = {"anew", "continue", "open"};

char *round_path(const struct round *round, const char *name)
{
    return text_format("%s/%s", round->folder, name);
}

static json_t *course_line(const struct round *round, const struct course *course)
{
    return json_pack("{s:s, s:s, s:I, s:s, s:s?, s:s?, s:b, s:s}", "schema", SCHEMA,
                     "id", round->id, "count", (json_int_t)round->count, "built",
                     course->built, "exercise", course->exercise, "box", course->box,
                     "quick", course->is_quick, "grader", course->grader);
}

static json_t *work_line(const struct course *course, const struct work *work)
{
    const struct submission *submission = work->submission;
    json_t *files = json_array();
    for (unsigned i = 0; i < course->workbook.count; i++)
        json_array_append_new(files, json_pack("{s:s, s:s?}", "hash",
                                               submission->files[i].hash, "reason",
                                               submission->files[i].reason));
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:o}", "id", submission->id, "name",
                     submission->name, "label", submission->label, "safe",
                     submission->safe, "pass", passes[work->pass], "files", files);
}

// Writes one line and frees what is in it.
static int line_write(FILE *file, json_t *line)
{
    int status = line ? json_dumpf(line, file, JSON_COMPACT) : -1;
    json_decref(line);
    return status < 0 || fputc('\n', file) == EOF ? -EIO : 0;
}

static int list_write(const struct round *round, const struct course *course,
                      const struct work work[])
{
    char *bytes = NULL, *path = round_path(round, "list.jsonl");
    size_t size = 0;
    FILE *file = open_memstream(&bytes, &size);
    int status = file ? line_write(file, course_line(round, course)) : -errno;
    for (size_t i = 0; i < round->count && !status; i++)
        status = line_write(file, work_line(course, &work[i]));
    if (file && fclose(file) && !status) status = -errno;
    if (!status) status = durable_file_write(path, bytes, size);
    free(bytes);
    free(path);
    return status;
}

int round_create(struct round *round, const struct course *course,
                 const struct work work[], size_t count)
{
    uint64_t number;
    *round = (struct round){.folder = text_format("%s/round", course->out),
                            .count = count};
    if (getrandom(&number, sizeof number, 0) != sizeof number) return -errno;
    snprintf(round->id, sizeof round->id, "%016" PRIx64, number);
    char *done = round_path(round, "done"), *token = round_path(round, "token");
    int status = folder_remove(round->folder);
    if (!status) status = durable_folder_make(done);
    if (!status) status = list_write(round, course, work);
    if (!status) status = durable_file_write(token, round->id, strlen(round->id));
    free(token);
    free(done);
    return status;
}

// The line of that number, the course's being 0. The caller's (json_decref); NULL and errno.
static json_t *line_read(const struct round *round, size_t number)
{
    char *line = NULL, *path = round_path(round, "list.jsonl");
    size_t room = 0;
    ssize_t size = -1;
    FILE *file = fopen(path, "re");
    free(path);
    if (!file) return NULL;
    for (size_t i = 0; i <= number; i++) {
        size = getline(&line, &room, file);
        if (size < 0) break;
    }
    json_t *value = size > 0 ? json_loadb(line, (size_t)size, 0, NULL) : NULL;
    free(line);
    fclose(file);
    if (!value) errno = ENOENT;
    return value;
}

int round_open(struct round *round, const char *folder)
{
    *round = (struct round){.folder = text_format("%s", folder)};
    json_t *line = line_read(round, 0);
    if (!line) return -errno;
    bool is_known = strcmp(result_text(line, "schema"), SCHEMA) == 0;
    snprintf(round->id, sizeof round->id, "%s", result_text(line, "id"));
    round->count = (size_t)result_number(line, "count");
    json_decref(line);
    return is_known ? 0 : -EINVAL;
}

void round_close(struct round *round)
{
    free(round->folder);
    round->folder = NULL;
}

// A copy of a text, NULL where there is none.
static char *copy_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text_format("%s", text) : NULL;
}

static void course_fill(struct course *course, const json_t *line)
{
    course->built = copy_of(line, "built");
    course->judge = text_format("%s/tests/judge/judge", course->built);
    course->exercise = copy_of(line, "exercise");
    course->box = copy_of(line, "box");
    course->is_quick = json_is_true(json_object_get(line, "quick"));
    snprintf(course->round, sizeof course->round, "%s", result_text(line, "id"));
    snprintf(course->grader, sizeof course->grader, "%s",
             result_text(line, "grader"));
}

static void submission_fill(struct submission *submission, const json_t *line)
{
    size_t index;
    const json_t *file, *files = json_object_get(line, "files");
    free(submission->id);
    free(submission->safe);
    submission->id = copy_of(line, "id");
    submission->safe = copy_of(line, "safe");
    json_array_foreach(files, index, file)
    {
        if (index == WORKBOOK_LIMIT) break;
        struct submitted_file *filled = &submission->files[index];
        snprintf(filled->hash, sizeof filled->hash, "%s", result_text(file, "hash"));
        filled->reason = copy_of(file, "reason");
    }
}

static enum pass pass_of(const json_t *line)
{
    enum pass pass = PASS_ANEW;
    for (unsigned i = 0; i < sizeof passes / sizeof *passes; i++)
        if (strcmp(result_text(line, "pass"), passes[i]) == 0) pass = (enum pass)i;
    return pass;
}

int round_read(const struct round *round, size_t number, struct course *course,
               enum pass *pass)
{
    json_t *line = line_read(round, 0), *own = line_read(round, number + 1);
    int status = line && own ? 0 : -errno;
    submissions_init(&course->submissions);
    if (!status) {
        course_fill(course, line);
        status = workbook_read(&course->workbook, course->root, course->exercise);
        struct submission *submission =
            submissions_at(&course->submissions, result_text(own, "label"),
                           result_text(own, "name"), NULL);
        submission_fill(submission, own);
        *pass = pass_of(own);
    }
    json_decref(own);
    json_decref(line);
    return status;
}

void round_course_close(struct course *course)
{
    free((char *)course->built);
    free((char *)course->judge);
    free((char *)course->exercise);
    free((char *)course->box);
    submissions_close(&course->submissions);
}

static char *mark_path(const struct round *round, size_t number)
{
    return text_format("%s/done/%zu", round->folder, number);
}

int round_mark(const struct round *round, size_t number, int status)
{
    char text[16], *path = mark_path(round, number);
    snprintf(text, sizeof text, "%d\n", status);
    int written = durable_file_write(path, text, strlen(text));
    free(path);
    return written;
}

int round_status(const struct round *round, size_t number)
{
    char *path = mark_path(round, number);
    int status = 1;
    FILE *file = fopen(path, "re");
    free(path);
    if (!file) return 1;
    if (fscanf(file, "%d", &status) != 1) status = 1;
    fclose(file);
    return status;
}

size_t round_done(const struct round *round)
{
    char *path = round_path(round, "done");
    size_t done = 0;
    DIR *folder = opendir(path);
    free(path);
    if (!folder) return 0;
    for (struct dirent *entry; (entry = readdir(folder));)
        done += !strpbrk(entry->d_name, ".");
    closedir(folder);
    return done;
}
