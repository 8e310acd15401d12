#include "7.2-conversion/judge_conversion.h"
#include "7.2-conversion/judge_hold.h"
#include "7.2-conversion/judge_read_back.h"
#include "judge/clock.h"
#include "judge/runner_end.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// No run of these tests takes the judge's own code a tenth of this.
static const int64_t LEAST_LIMIT_NS = 4000000000;

static const char old_file[] = "what was there before the call\n";

struct conversion *conversion_start(struct line *line, enum executor_kind executor,
                                    int workers)
{
    static struct conversion conversion;
    conversion = (struct conversion){.line = line,
                                     .executor = executor,
                                     .workers = workers,
                                     .limit_ns = LEAST_LIMIT_NS,
                                     .folder = {.fd = -1}};
    return &conversion;
}

struct input *conversion_add(struct conversion *conversion, struct stock_file *file)
{
    if (conversion->count == INPUT_LIMIT) abort();
    struct input *input = &conversion->input[conversion->count++];
    *input = (struct input){.file = file, .suffix = ".json", .pipe = -1};
    return input;
}

static void names_make(struct conversion *conversion)
{
    static const char *const kinds[][2] = {{"thread", "threads"},
                                           {"process", "processes"}};
    snprintf(
        conversion->text, sizeof conversion->text,
        "convert_files of %u file%s with %d %s", conversion->count,
        conversion->count == 1 ? "" : "s", conversion->workers,
        kinds[conversion->executor == EXECUTOR_PROCESSES][conversion->workers != 1]);
    for (unsigned i = 0; i < conversion->count; i++) {
        struct input *input = &conversion->input[i];
        snprintf(input->json_name, INPUT_NAME_SIZE, "%s%.8s", input->file->name,
                 input->suffix);
        snprintf(input->hdf5_name, INPUT_NAME_SIZE, "%s.h5", input->file->name);
    }
}

// ---- before the call

static int input_prepare(const struct conversion *conversion,
                         const struct input *input)
{
    const struct request_folder *folder = &conversion->folder;
    int status = 0;
    if (conversion->delivery != DELIVER_FILES)
        status = mkfifoat(folder->fd, input->json_name, 0644) < 0 ? -errno : 0;
    else if (!input->is_missing)
        status = request_folder_write(folder, input->json_name, input->file->text,
                                      input->file->text_size);
    if (status) return status;
    if (input->before == OLD_FILE_BEFORE)
        return request_folder_write(folder, input->hdf5_name, old_file,
                                    sizeof old_file);
    if (input->before == FOLDER_BEFORE)
        return mkdirat(folder->fd, input->hdf5_name, 0755) < 0 ? -errno : 0;
    return 0;
}

static int folder_prepare(struct conversion *conversion)
{
    int status =
        request_folder_open(&conversion->folder, conversion->line->exercise);
    for (unsigned i = 0; !status && i < conversion->count; i++)
        status = input_prepare(conversion, &conversion->input[i]);
    return status;
}

// The request's bytes: every path and its NUL. NULL: no memory.
static char *paths_join(const struct conversion *conversion, size_t *size)
{
    char *bytes = NULL;
    FILE *out = open_memstream(&bytes, size);
    if (!out) return NULL;
    for (unsigned i = 0; i < conversion->count; i++)
        fprintf(out, "%s/%s%c", conversion->folder.path,
                conversion->input[i].json_name, '\0');
    if (fclose(out)) return NULL;
    return bytes;
}

// ---- the call

static int runner_ask(struct conversion *conversion, struct runner *runner,
                      const char *paths, size_t size)
{
    struct message request = {.operation = OPERATION_FIRST,
                              .executor = conversion->executor,
                              .workers = conversion->workers};
    size_t answer_size =
        (conversion->count + ANSWER_EXTRA) * sizeof *conversion->statuses;
    if (conversion->delivery == DELIVER_FILES)
        return runner_call(runner, &request, paths, size, conversion->statuses,
                           answer_size, conversion->limit_ns, &conversion->returned);
    int status = runner_send(runner, &request, paths, size);
    if (!status && conversion->delivery == DELIVER_HELD)
        status = files_hold(conversion, runner);
    if (!status) status = files_feed(conversion, runner, request.sequence);
    return status;
}

static int call_explain(struct conversion *conversion, const struct runner *runner,
                        int status)
{
    char why[256];
    line_printed(conversion->line, runner->printed.text, runner->printed.size);
    if (!status || status == -1) return status;
    runner_explain(runner, status, why, sizeof why);
    line_fail(conversion->line, runner_diagnosis(runner, status), "%s %s",
              conversion->text, why);
    return -1;
}

int conversion_run(struct conversion *conversion, const char *program)
{
    static struct runner runner;
    const struct exercise *exercise = conversion->line->exercise;
    size_t size = 0;
    for (unsigned i = 0; i < conversion->count; i++)
        if (!conversion->input[i].file) {
            line_error(conversion->line, "there is no memory for the files");
            return -1;
        }
    names_make(conversion);
    int status = folder_prepare(conversion);
    char *paths = status ? NULL : paths_join(conversion, &size);
    if (!status && !paths) status = -ENOMEM;
    if (status) {
        line_error(conversion->line, "the folder of the files cannot be filled: %s",
                   strerror(-status));
        free(paths);
        return -1;
    }
    status = runner_start(&runner, exercise->box, program, conversion->folder.bound);
    if (!status) status = request_folder_place(&conversion->folder);
    if (!status) status = runner_ask(conversion, &runner, paths, size);
    runner_stop(&runner);
    files_release(conversion);
    free(paths);
    conversion->cost = runner.cost;
    return call_explain(conversion, &runner, status);
}

// ---- after the call

enum { STATUS_TEXT_SIZE = 96, ERRNO_LIMIT = 4096 };

static const char *status_text(int status, char text[STATUS_TEXT_SIZE])
{
    if (status == NO_STATUS) return "missing";
    snprintf(text, STATUS_TEXT_SIZE, "%d", status);
    if (status < 0 && status > -ERRNO_LIMIT)
        snprintf(text, STATUS_TEXT_SIZE, "%d (%s)", status, strerror(-status));
    return text;
}

// What to look at where a status is wrong.
static const char *status_advice(const struct input *input, int found)
{
    if (found == NO_STATUS)
        return "Every path is to be converted and to get its status.";
    if (found == -ECHILD && input->status != -ECHILD)
        return "Map says so of a task whose worker died: it crashed, or ended the "
               "program.";
    if (found == -ECANCELED)
        return "Map says so of a task that it did not start, because another "
               "failed: see its options.";
    return input->status ? "A file's status is what reading or writing it returned."
                         : "One bad file keeps no other from being converted.";
}

static const char *status_diagnosis(int found)
{
    return found == NO_STATUS ? "status missing"
           : found == -ECHILD ? "worker died"
                              : "wrong status";
}

static int status_check(struct conversion *conversion, unsigned place)
{
    const struct input *input = &conversion->input[place];
    int found = conversion->statuses[place];
    if (found == input->status) return 0;
    char found_text[STATUS_TEXT_SIZE], expected_text[STATUS_TEXT_SIZE];
    line_fail(conversion->line, status_diagnosis(found),
              "%s: the status of %s (%s) is %s; %s is right. %s", conversion->text,
              input->json_name, input->what ? input->what : "sound",
              status_text(found, found_text),
              status_text(input->status, expected_text),
              status_advice(input, found));
    return -1;
}

// What stood there before the call and must stand there still.
static int old_check(struct conversion *conversion, const struct input *input)
{
    char bytes[sizeof old_file + 1];
    if (!input->status || input->before != OLD_FILE_BEFORE) return 0;
    int fd = openat(conversion->folder.fd, input->hdf5_name,
                    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    ssize_t size = fd < 0 ? -1 : read(fd, bytes, sizeof bytes);
    if (fd >= 0) close(fd);
    if (size == (ssize_t)sizeof old_file &&
        !memcmp(bytes, old_file, sizeof old_file))
        return 0;
    line_fail(
        conversion->line, "old file changed",
        "%s: %s (%s) cannot be converted, so the %s that was there before "
        "must stay as it was; it has been %s. Write when reading has succeeded.",
        conversion->text, input->json_name, input->what, input->hdf5_name,
        fd < 0 ? "removed" : "overwritten");
    return -1;
}

// Nothing may be in the folder but what was there and the files of what was converted.
static int folder_check(struct conversion *conversion)
{
    const char *expected[2 * INPUT_LIMIT];
    unsigned count = 0;
    for (unsigned i = 0; i < conversion->count; i++) {
        const struct input *input = &conversion->input[i];
        expected[count++] = input->json_name;
        if (!input->status || input->before != NOTHING_BEFORE)
            expected[count++] = input->hdf5_name;
    }
    const char *stranger =
        request_folder_stranger(&conversion->folder, expected, count);
    if (!stranger) return 0;
    for (unsigned i = 0; i < conversion->count; i++) {
        const struct input *input = &conversion->input[i];
        if (strcmp(stranger, input->hdf5_name)) continue;
        line_fail(conversion->line, "file left by a failure",
                  "%s: %s (%s) cannot be converted, and %s appeared all the same. "
                  "Write it only when reading has succeeded.",
                  conversion->text, input->json_name, input->what, stranger);
        return -1;
    }
    line_fail(conversion->line, "stray file",
              "%s left a file \"%.64s\" in the folder. Nothing but NAME.h5 beside "
              "NAME.json belongs there.",
              conversion->text, stranger);
    return -1;
}

// What a process worker leaves open ends with it; what threads leave open stays.
static int handles_check(struct conversion *conversion)
{
    int left = conversion->statuses[conversion->count];
    if (left <= 0) return 0;
    line_fail(conversion->line, "handles left open",
              "%s left %d HDF5 objects open. Close what you open: H5Fclose for "
              "H5Fopen, H5Dclose for H5Dopen, whichever way the function ends.",
              conversion->text, left);
    return -1;
}

int conversion_check(struct conversion *conversion)
{
    char text[STATUS_TEXT_SIZE];
    if (conversion->returned != 0) {
        line_fail(
            conversion->line, "error returned",
            "%s returned %s instead of 0. That a file is bad is in its status; "
            "convert_files itself has then not failed.",
            conversion->text, status_text(conversion->returned, text));
        return -1;
    }
    for (unsigned i = 0; i < conversion->count; i++)
        if (status_check(conversion, i)) return -1;
    for (unsigned i = 0; i < conversion->count; i++)
        if (old_check(conversion, &conversion->input[i])) return -1;
    if (files_read_back(conversion)) return -1;
    return folder_check(conversion) ? -1 : handles_check(conversion);
}

void conversion_close(struct conversion *conversion)
{
    for (unsigned i = 0; i < conversion->count; i++)
        stock_file_destroy(conversion->input[i].file);
    request_folder_close(&conversion->folder);
    conversion->count = 0;
}
