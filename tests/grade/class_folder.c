#include "grade/class_folder.h"
#include "grade/platform_name.h"
#include "grade/text.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { OTHERS_LONGEST = 400 };

// The names in a folder, sorted, but for those with a dot first; how many, or a negative errno.
static int is_listed(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && strcmp(entry->d_name, "__MACOSX") != 0;
}

static int names_read(const char *path, struct dirent ***names)
{
    int count = scandir(path, names, is_listed, alphasort);
    return count < 0 ? -errno : count;
}

static void names_free(struct dirent **names, int count)
{
    for (int i = 0; i < count; i++) free(names[i]);
    free(names);
}

static mode_t kind_of(const char *path)
{
    struct stat what;
    return lstat(path, &what) < 0 ? 0 : what.st_mode & S_IFMT;
}

// Hands in folder/name, whatever it is, if something is there. Frees folder.
static bool file_hand_in(struct submission *submission, unsigned exercise,
                         char *folder, const char *name)
{
    char *path = text_format("%s/%s", folder, name);
    bool is_there = kind_of(folder) == S_IFDIR && kind_of(path) != 0;
    if (is_there) submission_file(submission, exercise, folder, name, 0);
    free(path);
    free(folder);
    return is_there;
}

// Looks for an exercise's file in a folder as the judge does, and in a clone of the workbook.
static bool file_find(struct submission *submission, unsigned exercise,
                      const struct workbook_exercise *wanted, const char *folder)
{
    char *exercises = text_format("%s/exercises", folder);
    bool is_found =
        file_hand_in(submission, exercise,
                     text_format("%s/%s", folder, wanted->folder), wanted->file) ||
        file_hand_in(submission, exercise, text_format("%s", folder),
                     wanted->file) ||
        (kind_of(exercises) == S_IFDIR &&
         file_hand_in(submission, exercise,
                      text_format("%s/%s", exercises, wanted->folder),
                      wanted->file));
    free(exercises);
    return is_found;
}

// In a clone these hold files of the same names that are not the student's work.
static bool is_given(const char *name)
{
    static const char *const given[] = {"solutions", "tests", "build", "data"};
    for (unsigned i = 0; i < sizeof given / sizeof *given; i++)
        if (strcmp(name, given[i]) == 0) return true;
    return false;
}

static void other_note(struct submission *submission, const char *name)
{
    char *valid = text_valid(name);
    if (strlen(submission->others) < OTHERS_LONGEST)
        text_add(&submission->others, valid);
    free(valid);
}

// Is the name one of the files or folders that an exercise has?
static bool is_expected(const struct workbook *workbook, const char *name)
{
    for (unsigned i = 0; i < workbook->count; i++)
        if (strcmp(name, workbook->exercises[i].file) == 0 ||
            strcmp(name, workbook->exercises[i].folder) == 0)
            return true;
    return strcmp(name, "exercises") == 0;
}

static void level_down_search(struct submission *submission,
                              const struct workbook *workbook, const char *path,
                              struct dirent *const names[], int count)
{
    for (int i = 0; i < count; i++) {
        char *inner = text_format("%s/%s", path, names[i]->d_name);
        bool is_folder = kind_of(inner) == S_IFDIR;
        for (unsigned k = 0; k < workbook->count; k++)
            if (is_folder && !is_given(names[i]->d_name) &&
                !submission->files[k].folder)
                file_find(submission, k, &workbook->exercises[k], inner);
        if (!is_folder && !is_expected(workbook, names[i]->d_name))
            other_note(submission, names[i]->d_name);
        free(inner);
    }
}

// Takes a person's folder.
static void person_read(struct submission *submission,
                        const struct workbook *workbook, const char *path)
{
    struct dirent **names;
    submission->has_folder = true;
    for (unsigned i = 0; i < workbook->count; i++)
        if (!submission->files[i].folder)
            file_find(submission, i, &workbook->exercises[i], path);
    int count = names_read(path, &names);
    if (count < 0) {
        submission_flag(submission, "the folder cannot be read");
        return;
    }
    level_down_search(submission, workbook, path, names, count);
    names_free(names, count);
}

static struct submission *platform_submission(struct submissions *submissions,
                                              const struct platform_name *name,
                                              const char *label)
{
    struct submission *submission =
        submissions_at(submissions, label, name->person, name->number);
    submission->has_folder = true;
    submission->is_moodle = name->is_moodle;
    if (name->is_late) submission_flag(submission, "late");
    return submission;
}

static void platform_file_read(struct submissions *submissions,
                               const struct workbook *workbook, const char *folder,
                               const char *entry, const struct platform_name *name)
{
    struct submission *submission = platform_submission(submissions, name, entry);
    for (unsigned i = 0; i < workbook->count; i++) {
        long version =
            platform_file_version(name->file, workbook->exercises[i].file);
        if (version < 0) continue;
        submission_file(submission, i, folder, entry, version);
        return;
    }
    other_note(submission, name->file);
}

static void entry_read(struct submissions *submissions,
                       const struct workbook *workbook, const char *folder,
                       const char *entry)
{
    struct platform_name name;
    char *path = text_format("%s/%s", folder, entry);
    bool is_platforms = platform_name_read(entry, &name);
    if (kind_of(path) == S_IFDIR) {
        struct submission *submission =
            is_platforms && name.is_moodle
                ? platform_submission(submissions, &name, entry)
                : submissions_at(submissions, entry, "", NULL);
        person_read(submission, workbook, path);
    } else if (is_platforms) {
        platform_file_read(submissions, workbook, folder, entry, &name);
    } else {
        submissions_stray(submissions, entry);
    }
    free(path);
}

// A folder with one folder in it, and nothing of a person's, is only a wrapper; its inner path,
// or NULL. Frees nothing.
static char *wrapped_folder(const struct workbook *workbook, const char *path)
{
    struct dirent **names, **inner_names;
    struct platform_name name;
    int count = names_read(path, &names);
    if (count < 0) return NULL;
    char *inner = count == 1 ? text_format("%s/%s", path, names[0]->d_name) : NULL;
    bool is_wrapper = inner && kind_of(inner) == S_IFDIR &&
                      !platform_name_read(names[0]->d_name, &name);
    names_free(names, count);
    int inner_count = is_wrapper ? names_read(inner, &inner_names) : -1;
    is_wrapper = inner_count > 1;
    for (int i = 0; i < inner_count; i++)
        if (is_expected(workbook, inner_names[i]->d_name)) is_wrapper = false;
    if (inner_count >= 0) names_free(inner_names, inner_count);
    if (is_wrapper) return inner;
    free(inner);
    return NULL;
}

int class_folder_read(struct submissions *submissions,
                      const struct workbook *workbook, const char *path)
{
    struct dirent **names;
    char *inner = wrapped_folder(workbook, path);
    const char *folder = inner ? inner : path;
    int count = names_read(folder, &names);
    for (int i = 0; i < count; i++)
        entry_read(submissions, workbook, folder, names[i]->d_name);
    if (count >= 0) names_free(names, count);
    free(inner);
    return count < 0 ? count : 0;
}
