// make has written two response files a variant: compile.rsp with the compiler's flags, and
// tests/7.x/runner.rsp with what a runner is linked from.

#include "judge/build.h"
#include "judge/command.h"
#include "judge/importer.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { COMPILE_LIMIT_S = 60 };

static int folder_make(const char *path)
{
    char part[PATH_SIZE];
    for (const char *slash = path; slash; slash = strchr(slash + 1, '/')) {
        snprintf(part, sizeof part, "%.*s", (int)(slash - path), path);
        if (*part && mkdir(part, 0755) < 0 && errno != EEXIST) return -errno;
    }
    return mkdir(path, 0755) < 0 && errno != EEXIST ? -errno : 0;
}

static void hash_take(struct exercise *exercise, const char *folder,
                      const char *name)
{
    const char *arguments[] = {"sha256sum", "--", name, NULL};
    struct command command = {arguments, folder, 10};
    char text[PATH_SIZE];
    if (command_run(&command, text, sizeof text) == 0 && strlen(text) > 64)
        snprintf(exercise->source_hash, sizeof exercise->source_hash, "%.64s", text);
}

// Runs one step of the compiler in the exercise's folder, where the student's file has its
// own name. 0, or 1 with what it said in build_message.
static int compiler_run(struct exercise *exercise, const char *folder,
                        const char *const arguments[])
{
    struct command command = {arguments, folder, COMPILE_LIMIT_S};
    char *text = exercise->build_message;
    int status = command_run(&command, text, sizeof exercise->build_message);
    if (status == -ETIMEDOUT)
        snprintf(text, sizeof exercise->build_message,
                 "the compiler did not finish in %d s", COMPILE_LIMIT_S);
    return status != 0;
}

static int compile(struct exercise *exercise, const struct build_place *place,
                   const char *folder, const char *name)
{
    char response[PATH_SIZE + 32], include[PATH_SIZE + 32];
    snprintf(response, sizeof response, "@%s/%s/compile.rsp", place->root,
             place->built);
    snprintf(include, sizeof include, "-I%s/exercises/%s", place->root,
             exercise->folder);
    const char *const arguments[] = {JUDGE_COMPILER,
                                     response,
                                     include,
                                     "-fmax-errors=5",
                                     "-ftrack-macro-expansion=0",
                                     "-c",
                                     name,
                                     "-o",
                                     "submission.o",
                                     NULL};
    return compiler_run(exercise, folder, arguments);
}

static int link_runner(struct exercise *exercise, const struct build_place *place,
                       const char *folder)
{
    char response[2 * PATH_SIZE];
    snprintf(response, sizeof response, "@%s/%s/tests/%s/runner.rsp", place->root,
             place->built, exercise->folder);
    const char *const arguments[] = {JUDGE_COMPILER, "submission.o", response,
                                     "-o",           "runner",       NULL};
    return compiler_run(exercise, folder, arguments);
}

int build_runner(struct exercise *exercise, const struct build_place *place,
                 const char *submission)
{
    char name[64], folder[PATH_SIZE - 64], path[PATH_SIZE];
    snprintf(name, sizeof name, "%s.c", exercise->title);
    snprintf(folder, sizeof folder, "%s/%s/%s", place->root, place->output,
             exercise->folder);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    snprintf(exercise->tests, PATH_SIZE, "%.2000s/tests/%.200s", place->root,
             exercise->folder);
    snprintf(exercise->runner, PATH_SIZE, "%s/runner", folder);
    snprintf(exercise->baseline, PATH_SIZE, "%.2000s/%.900s/tests/%.200s/baseline",
             place->root, place->built, exercise->folder);
    int status = folder_make(folder);
    if (status) return status;
    remove(exercise->runner);
    status = import_file(submission, exercise->folder, name, path,
                         exercise->build_message, sizeof exercise->build_message);
    exercise->build = BUILD_MISSING;
    if (status) return 0;
    hash_take(exercise, folder, name);
    bool failed = compile(exercise, place, folder, name) ||
                  link_runner(exercise, place, folder);
    exercise->build = failed ? BUILD_FAILED : BUILD_OK;
    return 0;
}
