// make has laid out, in tests/7.x/parts/ of its output, all that a submission is compiled and
// linked with, and nothing else, since the compiler may read it: libraries, objects, and the
// response files compile.rsp, link.rsp and link_shared.rsp.

#include "judge/build.h"
#include "judge/clean_text.h"
#include "judge/command.h"
#include "judge/compiler_box.h"
#include "judge/durable_file.h"
#include "judge/folder_remove.h"
#include "judge/importer.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COMPILE_LIMIT_S = 60 };

// Where one submission is built.
struct workshop {
    char folder[PATH_SIZE]; // its file, its object, its runner
    char given[PATH_SIZE];  // exercises/: the headers
    char parts[PATH_SIZE];  // what it is linked with
};

static void hash_take(struct exercise *exercise, const char *folder,
                      const char *name)
{
    const char *arguments[] = {"sha256sum", "--", name, NULL};
    struct command command = {
        .arguments = arguments, .folder = folder, .limit_s = 10};
    char text[PATH_SIZE];
    if (command_run(&command, text, sizeof text) == 0 && strlen(text) > 64)
        snprintf(exercise->source_hash, sizeof exercise->source_hash, "%.64s", text);
}

// Runs one step of the compiler in the exercise's folder, where the student's file has its
// own name. 0; 1 with what it said in build_message; a negative errno when it could not be run.
static int compiler_run(struct exercise *exercise, const struct workshop *workshop,
                        const char *const arguments[])
{
    const char *const readable[] = {workshop->given, workshop->parts, NULL};
    struct compiler_box box = {exercise->box, workshop->folder, readable};
    struct command command = {arguments, NULL, COMPILE_LIMIT_S, compiler_box_become,
                              &box};
    char *text = exercise->build_message;
    int status = command_run(&command, text, sizeof exercise->build_message);
    if (status < 0 && status != -ETIMEDOUT) return status;
    if (status == -ETIMEDOUT)
        snprintf(text, sizeof exercise->build_message,
                 "the compiler did not finish in %d s", COMPILE_LIMIT_S);
    else if (status && !*text)
        snprintf(
            text, sizeof exercise->build_message,
            "the compiler ended with status %d: it needed too much memory or time",
            status);
    text_clean(text);
    return status != 0;
}

// The file's own conditions must not know that it is built with a sanitizer. what: -c or -E.
static int compile(struct exercise *exercise, const struct workshop *workshop,
                   const char *name, const char *what, const char *output)
{
    char response[2 * PATH_SIZE], include[2 * PATH_SIZE];
    snprintf(response, sizeof response, "@%s/compile.rsp", workshop->parts);
    snprintf(include, sizeof include, "-I%s/%s", workshop->given, exercise->folder);
    const char *const arguments[] = {JUDGE_COMPILER,
                                     response,
                                     include,
                                     "-fmax-errors=5",
                                     "-ftrack-macro-expansion=0",
                                     "-U__SANITIZE_ADDRESS__",
                                     "-U__SANITIZE_THREAD__",
                                     what,
                                     name,
                                     "-o",
                                     output,
                                     NULL};
    return compiler_run(exercise, workshop, arguments);
}

// Says which of the words by which code gives orders to a sanitizer stands in the file, after
// all its macros; NULL: none.
static const char *order_find(const char *path)
{
    static const char *const orders[] = {"no_sanitize", "no_address_safety_analysis",
                                         "__asan_",     "__lsan_",
                                         "__tsan_",     "__ubsan_",
                                         "__sanitizer_"};
    const char *found = NULL;
    char row[4096];
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "r");
    while (file && !found && fgets(row, sizeof row, file))
        for (unsigned i = 0; i < sizeof orders / sizeof *orders; i++)
            if (!found && strstr(row, orders[i])) found = orders[i];
    if (!file || ferror(file)) found = "what could not be read";
    if (file) fclose(file);
    if (!file && fd >= 0) close(fd);
    return found;
}

// A file that tells the tool to look away must not pass for one in which it saw nothing.
static bool orders_tool(struct exercise *exercise, const struct workshop *workshop,
                        const char *name)
{
    char path[2 * PATH_SIZE];
    snprintf(path, sizeof path, "%s/submission.i", workshop->folder);
    if (compile(exercise, workshop, name, "-E", "submission.i") > 0) return false;
    const char *order = order_find(path);
    unlink(path);
    if (!order) return false;
    snprintf(exercise->build_message, sizeof exercise->build_message,
             "it holds %s..., by which it would tell the tool to look away", order);
    return true;
}

static int link_runner(struct exercise *exercise, const struct workshop *workshop,
                       const char *words, const char *runner)
{
    char response[2 * PATH_SIZE];
    snprintf(response, sizeof response, "@%s/%s.rsp", workshop->parts, words);
    const char *const arguments[] = {JUDGE_COMPILER, "submission.o", response,
                                     "-o",           runner,         NULL};
    return compiler_run(exercise, workshop, arguments);
}

static void workshop_name(struct workshop *workshop, const struct exercise *exercise,
                          const struct build_place *place)
{
    bool is_below = *place->output != '/';
    snprintf(workshop->folder, PATH_SIZE, "%.2000s%s%.1000s/%.500s",
             is_below ? place->root : "", is_below ? "/" : "", place->output,
             exercise->folder);
    snprintf(workshop->given, PATH_SIZE, "%.4000s/exercises", place->root);
    snprintf(workshop->parts, PATH_SIZE, "%.2000s/%.1000s/tests/%.500s/parts",
             place->root, place->built, exercise->folder);
}

// Makes the folder the box's own. 0 or a negative errno.
static int workshop_open(const struct workshop *workshop,
                         const struct exercise *exercise)
{
    int status = durable_folder_make(workshop->folder);
    if (status) return status;
    uid_t uid = exercise->box->uid ? exercise->box->uid : geteuid();
    return chown(workshop->folder, uid, (gid_t)-1) < 0 ? -errno : 0;
}

int build_runner(struct exercise *exercise, const struct build_place *place,
                 const char *submission)
{
    static struct workshop workshop;
    char name[64], path[2 * PATH_SIZE];
    workshop_name(&workshop, exercise, place);
    // What another submission left may be another user's, and in the way.
    int status = folder_remove(workshop.folder);
    if (!status) status = workshop_open(&workshop, exercise);
    if (status) return status;
    exercise->place = place;
    snprintf(name, sizeof name, "%s.c", exercise->title);
    snprintf(path, sizeof path, "%s/%s", workshop.folder, name);
    snprintf(exercise->tests, PATH_SIZE, "%.2000s/tests/%.200s", place->root,
             exercise->folder);
    snprintf(exercise->runner, PATH_SIZE, "%.4000s/runner", workshop.folder);
    snprintf(exercise->baseline, PATH_SIZE, "%.2000s/%.900s/tests/%.200s/baseline",
             place->root, place->built, exercise->folder);
    exercise->build = BUILD_MISSING;
    status = import_file(submission, exercise->folder, name, path,
                         exercise->build_message, sizeof exercise->build_message);
    if (status) return import_is_unable(status) ? status : 0;
    hash_take(exercise, workshop.folder, name);
    status = compile(exercise, &workshop, name, "-c", "submission.o");
    if (!status) status = link_runner(exercise, &workshop, "link", "runner");
    if (status < 0) return status;
    exercise->build = status ? BUILD_FAILED : BUILD_OK;
    return 0;
}

// Builds the runner once more, under another name. 0 or a negative errno.
static int build_again(struct exercise *exercise, const struct build_place *place,
                       const char *words, const char *runner)
{
    static struct workshop workshop;
    char name[64];
    snprintf(name, sizeof name, "%s.c", exercise->title);
    workshop_name(&workshop, exercise, place);
    int status = workshop_open(&workshop, exercise);
    if (status) return status;
    snprintf(exercise->runner, PATH_SIZE, "%.4000s/%s", workshop.folder, runner);
    if (access(exercise->runner, X_OK) == 0) return 0;
    bool failed = orders_tool(exercise, &workshop, name) ||
                  compile(exercise, &workshop, name, "-c", "submission.o") ||
                  link_runner(exercise, &workshop, words, runner);
    return failed ? -EINVAL : 0;
}

int build_flavour(struct exercise *exercise, const char *flavour)
{
    char built[64], runner[64];
    snprintf(built, sizeof built, "build/%s", flavour);
    snprintf(runner, sizeof runner, "runner-%s", flavour);
    struct build_place place = *exercise->place;
    place.built = built;
    return build_again(exercise, &place, "link", runner);
}

int build_shared(struct exercise *exercise)
{
    return build_again(exercise, exercise->place, "link_shared", "runner-shared");
}
