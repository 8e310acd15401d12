#include "mutants/submission.h"
#include "judge/command.h"
#include <stdio.h>
#include <string.h>

enum { OUTPUT_SIZE = 1024, LAY_LIMIT_S = 30, JUDGE_LIMIT_S = 300 };

static bool is_script(const char *path)
{
    size_t length = strlen(path);
    return length > 3 && strcmp(path + length - 3, ".sh") == 0;
}

bool submission_name(struct submission *submission, const char *output,
                     const char *file, const char *kind)
{
    const char *slash = strrchr(file, '/'), *start = slash;
    while (start && start > file && start[-1] != '/') start--;
    const char *dash = start ? strchr(start, '-') : NULL;
    const char *end = strrchr(file, '.');
    if (!dash || dash > slash || !end || end < slash) return false;
    snprintf(submission->file, PATH_LIMIT, "%s", file);
    snprintf(submission->name, PATH_LIMIT, "%.*s%s%s", (int)(end - start), start,
             kind ? "_on_" : "", kind ? kind : "");
    snprintf(submission->id, sizeof submission->id, "%.*s", (int)(dash - start),
             start);
    snprintf(submission->folder, PATH_LIMIT, "%.1000s/%.1000s", output,
             submission->name);
    submission->kind = kind;
    return true;
}

static bool shell_run(const char *script)
{
    const char *const arguments[] = {"sh", "-c", script, NULL};
    struct command command = {.arguments = arguments, .limit_s = LAY_LIMIT_S};
    char text[OUTPUT_SIZE];
    return command_run(&command, text, sizeof text) == 0;
}

bool submission_lay(const struct submission *submission,
                    const struct setting *setting)
{
    char script[8 * PATH_LIMIT], target[2 * PATH_LIMIT];
    const char *dash = strchr(submission->name, '-') + 1,
               *folder = submission->folder;
    int length = (int)strcspn(dash, "/");
    snprintf(target, sizeof target, "%s/%.*s.c", folder, length, dash);
    int used = snprintf(script, sizeof script, "rm -rf '%s' && mkdir -p '%s' && ",
                        folder, folder);
    char *rest = script + used;
    size_t size = sizeof script - (size_t)used;
    if (is_script(submission->file))
        snprintf(rest, size, "sh '%s' '%s'", submission->file, folder);
    else if (!submission->kind)
        snprintf(rest, size, "cp '%s' '%s'", submission->file, target);
    else
        snprintf(rest, size,
                 "sh '%s/tests/mutants/one_kind.sh' '%s' "
                 "'%s/solutions/%s-%.*s/%.*s.c' %s >'%s'",
                 setting->root, submission->file, setting->root, submission->id,
                 length, dash, length, dash, submission->kind, target);
    return shell_run(script);
}

json_t *submission_judge(const struct submission *submission,
                         const struct setting *setting, const char *leaves_out)
{
    char results[PATH_LIMIT + 32], exercise[96], output[PATH_LIMIT + 32],
        text[OUTPUT_SIZE];
    snprintf(results, sizeof results, "%s/results.json", submission->folder);
    snprintf(exercise, sizeof exercise, "exercise=%s", submission->id);
    snprintf(output, sizeof output, "output=%s/build", submission->folder);
    const char *arguments[9] = {setting->judge, setting->root, submission->folder,
                                results,        exercise,      output};
    int count = 6;
    if (setting->box) arguments[count++] = setting->box;
    if (leaves_out) arguments[count++] = leaves_out;
    struct command command = {.arguments = arguments, .limit_s = JUDGE_LIMIT_S};
    int status = command_run(&command, text, sizeof text);
    return status == 0 || status == 1 ? json_load_file(results, 0, NULL) : NULL;
}
