#include "7.2-conversion/judge_conversion.h"
#include "7.2-conversion/judge_feed.h"
#include "7.2-conversion/judge_hold.h"
#include "judge/clock.h"
#include "judge/runner_end.h"
#include "judge/trouble.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

// No run of these tests takes the judge's own code a tenth of this.
static const int64_t LEAST_LIMIT_NS = 4000000000;

const char old_content[OLD_SIZE] = "what was there before the call\n";

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
        return request_folder_write(folder, input->hdf5_name, old_content,
                                    sizeof old_content);
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
    if (!status) status = trouble_note(-request_folder_place(&conversion->folder));
    if (!status) status = runner_ask(conversion, &runner, paths, size);
    runner_stop(&runner);
    files_release(conversion);
    free(paths);
    conversion->cost = runner.cost;
    return call_explain(conversion, &runner, status);
}

int input_fail(const struct conversion *conversion, const struct input *input,
               const char *diagnosis, const char *what)
{
    line_fail(
        conversion->line, diagnosis,
        "%s: %s has status 0, but %s %s. Write it with stock_table_write_hdf5, and "
        "return when all is written.",
        conversion->text, input->json_name, input->hdf5_name, what);
    return -1;
}

void conversion_close(struct conversion *conversion)
{
    for (unsigned i = 0; i < conversion->count; i++)
        stock_file_destroy(conversion->input[i].file);
    request_folder_close(&conversion->folder);
    conversion->count = 0;
}
