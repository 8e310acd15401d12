#include "7.3-correlations/judge_load_call.h"
#include "7.3-correlations/judge_run.h"
#include "judge/folder_remove.h"
#include <stdio.h>
#include <string.h>

enum { WORKERS = 3 };

static const int64_t LIMIT_NS = 6000000000;

bool load_call_init(struct load_call *call, struct line *line,
                    enum executor_kind executor)
{
    *call =
        (struct load_call){.line = line, .executor = executor, .column = "close"};
    int status = load_files_write(call->folder);
    if (!status) return true;
    line_error(line, "the judge could not write its files: %s", strerror(-status));
    folder_remove(call->folder);
    return false;
}

void load_call_add(struct load_call *call, const char *name)
{
    snprintf(call->paths[call->path_count++], LOAD_PATH_SIZE, "%s/%s.h5",
             call->folder, name);
}

void load_call_text(const struct load_call *call, char *text, size_t size)
{
    int used =
        snprintf(text, size, "load_series (%d %s, %s of ", WORKERS,
                 call->executor == EXECUTOR_PROCESSES ? "processes" : "threads",
                 call->column);
    for (size_t k = 0; k < call->path_count; k++)
        used += snprintf(text + used, size - (size_t)used, "%s%s", k ? ", " : "",
                         strrchr(call->paths[k], '/') + 1);
    snprintf(text + used, size - (size_t)used, ")");
}

static void request_fill(const struct load_call *call, struct load_request *request)
{
    *request = (struct load_request){.path_count = call->path_count};
    strcpy(request->names, call->column);
    char *at = request->names + strlen(call->column) + 1;
    for (size_t k = 0; k < call->path_count; k++)
        at = stpcpy(at, call->paths[k]) + 1;
}

int load_call_make(struct load_call *call)
{
    static struct runner runner;
    static struct load_request load;
    struct message request = {
        .operation = OPERATION_LOAD, .executor = call->executor, .workers = WORKERS};
    request_fill(call, &load);
    int status = runner_start(&runner, call->line->exercise->box,
                              call->line->exercise->runner, call->folder);
    if (!status)
        status = runner_call(&runner, &request, &load, sizeof load, &call->answer,
                             sizeof call->answer, LIMIT_NS, &call->returned);
    runner_stop(&runner);
    line_printed(call->line, runner.printed.text, runner.printed.size);
    if (!status) return 0;
    char text[256];
    load_call_text(call, text, sizeof text);
    run_explain(call->line, &runner, status, text);
    return -1;
}

void load_call_close(struct load_call *call)
{
    folder_remove(call->folder);
}
