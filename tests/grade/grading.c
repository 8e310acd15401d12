#include "grade/grading.h"
#include "grade/result.h"
#include "grade/text.h"
#include "judge/command.h"
#include "judge/durable_file.h"
#include "judge/json_file.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { JUDGE_LIMIT_S = 3600, TRANSCRIPT_SIZE = 256 << 10, ARGUMENTS = 14 };

// The judge's arguments, in memory that arguments_free gives back.
struct arguments {
    char *values[ARGUMENTS + 1];
    unsigned count;
};

static void argument_add(struct arguments *arguments, char *value)
{
    arguments->values[arguments->count++] = value;
}

static void arguments_free(struct arguments *arguments)
{
    for (unsigned i = 0; i < arguments->count; i++) free(arguments->values[i]);
}

static const char *left_out(const struct course *course, enum pass pass)
{
    if (course->is_quick) return "quick";
    return pass == PASS_OPEN ? NULL : "untimed";
}

// Where an earlier result exists that this one goes on from, it stays with its seed.
static void arguments_go_on(struct arguments *arguments, const struct course *course,
                            const struct submission *submission)
{
    json_t *earlier = result_load(course, submission);
    json_int_t seed = json_integer_value(json_object_get(earlier, "seed"));
    char *path = course_path(course, "results", submission, ".json");
    if (earlier) argument_add(arguments, text_format("from=%s", path));
    if (seed) argument_add(arguments, text_format("seed=%lld", (long long)seed));
    free(path);
    json_decref(earlier);
}

static void arguments_make(struct arguments *arguments, const struct course *course,
                           const struct submission *submission, enum pass pass,
                           const char *workshop)
{
    const char *leaves_out = left_out(course, pass);
    char *best = course_path(course, "best", submission, ".json");
    *arguments = (struct arguments){.count = 0};
    argument_add(arguments, text_format("%s/%s", course->root, course->judge));
    argument_add(arguments, text_format("%s", course->root));
    argument_add(arguments, course_path(course, "sources", submission, ""));
    argument_add(arguments, text_format("%s/results.json", workshop));
    argument_add(arguments, text_format("output=%s", workshop));
    argument_add(arguments, text_format("best=%s", best));
    if (course->exercise)
        argument_add(arguments, text_format("exercise=%s", course->exercise));
    if (course->box) argument_add(arguments, text_format("box=%s", course->box));
    if (leaves_out) argument_add(arguments, text_format("%s", leaves_out));
    if (pass != PASS_ANEW) arguments_go_on(arguments, course, submission);
    free(best);
}

// 0 and what the judge found, the caller's (json_decref), or a negative errno.
static int judge_run(const struct course *course, struct arguments *arguments,
                     char *transcript, json_t **result)
{
    struct command command = {.arguments = (const char *const *)arguments->values,
                              .folder = course->root,
                              .limit_s = JUDGE_LIMIT_S};
    const char *path = arguments->values[3];
    unlink(path);
    int status = command_run(&command, transcript, TRANSCRIPT_SIZE);
    *result = status == 0 || status == 1 ? json_file_read(path) : NULL;
    return status < 0 ? status : *result ? 0 : -EIO;
}

static int submission_judge(const struct course *course,
                            const struct submission *submission,
                            struct arguments *arguments, char *transcript)
{
    json_t *result = NULL;
    char *said = course_path(course, "transcripts", submission, ".txt");
    int status = judge_run(course, arguments, transcript, &result);
    // before the result: who has one is not graded again, and would lack what was said
    if (!status) status = durable_file_write(said, transcript, strlen(transcript));
    if (!status) status = result_store(course, submission, result);
    json_decref(result);
    free(said);
    return status;
}

// What the judge said that found nothing, for whoever asks why: it need not be durable, and the
// grading has failed whether it is kept or not.
static void failure_keep(const char *path, const char *transcript)
{
    FILE *file = fopen(path, "we");
    if (!file) return;
    fputs(transcript, file);
    fclose(file);
}

int grading_run(const struct course *course, const struct submission *submission,
                enum pass pass, const char *workshop)
{
    struct arguments arguments;
    char *transcript = malloc(TRANSCRIPT_SIZE);
    char *failed = course_path(course, "failed", submission, ".txt");
    int status = transcript ? durable_folder_make(workshop) : -ENOMEM;
    if (!status) {
        arguments_make(&arguments, course, submission, pass, workshop);
        status = submission_judge(course, submission, &arguments, transcript);
        arguments_free(&arguments);
        if (status) failure_keep(failed, transcript);
    }
    if (!status) unlink(failed);
    free(failed);
    free(transcript);
    return status;
}

// Copies one file by name; a missing one is left out.
static int file_copy(const char *from, const char *folder, const char *name)
{
    FILE *file = fopen(from, "re");
    if (!file) return errno == ENOENT ? 0 : -errno;
    char *bytes = NULL, *path = text_format("%s/%s", folder, name);
    size_t size = 0;
    FILE *copy = open_memstream(&bytes, &size);
    for (int byte; copy && (byte = getc(file)) != EOF;) putc(byte, copy);
    int status = !copy || fclose(copy) || ferror(file) ? -EIO : 0;
    if (!status) status = durable_file_write(path, bytes, size);
    free(path);
    free(bytes);
    fclose(file);
    return status;
}

static int result_copy(const struct course *course,
                       const struct submission *submission, const char *folder,
                       const char *name)
{
    char *path = course_path(course, "results", submission, ".json");
    int status = file_copy(path, folder, name);
    free(path);
    return status;
}

char *grading_appeal_open(const struct course *course,
                          const struct submission *submission)
{
    char *folder = NULL;
    for (unsigned number = 1; !folder; number++) {
        char end[16];
        snprintf(end, sizeof end, "/%u", number);
        folder = course_path(course, "appeals", submission, end);
        if (access(folder, F_OK) < 0) break;
        free(folder);
        folder = NULL;
    }
    int status = durable_folder_make(folder);
    for (unsigned i = 0; i < course->workbook.count && !status; i++) {
        const char *name = course->workbook.exercises[i].file;
        char *path =
            text_format("%s/sources/%s/%s", course->out, submission->safe, name);
        status = file_copy(path, folder, name);
        free(path);
    }
    if (!status) status = result_copy(course, submission, folder, "before.json");
    if (!status) return folder;
    free(folder);
    errno = -status;
    return NULL;
}

int grading_appeal_close(const struct course *course,
                         const struct submission *submission, const char *folder)
{
    char *said = course_path(course, "transcripts", submission, ".txt");
    int status = result_copy(course, submission, folder, "after.json");
    if (!status) status = file_copy(said, folder, "transcript.txt");
    free(said);
    return status;
}
