// A class's folder in which people made what they liked: names of any bytes, links, pipes, folders
// where files should be. Each file is taken as it is or refused, never through a link.

#include "fuzz/shared/fuzzer.h"
#include "fuzz/shared/parts.h"
#include "fuzz/shared/scratch.h"
#include "grade/class_folder.h"
#include "grade/text.h"
#include "judge/importer.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ENTRIES = 24, KINDS = 6 };

static const struct workbook workbook = {
    2,
    {{"7.1-submit", "7.1", "submit.c"}, {"7.2-conversion", "7.2", "conversion.c"}}};

static const char secret[] = "the text of a file that nobody may read";

static void file_make(int folder, const char *name, const char *text, off_t size)
{
    int fd =
        openat(folder, name, O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0644);
    if (fd < 0) return;
    if (write(fd, text, strlen(text)) < 0 || (size && ftruncate(fd, size) < 0))
        abort();
    close(fd);
}

// Folders on the way to the name are made; it may not lead out, as no archive's or disk's would.
static void entry_make(int folder, unsigned kind, char *name)
{
    if (!*name || *name == '/' || strstr(name, "..")) return;
    for (char *slash = strchr(name, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdirat(folder, name, 0700);
        *slash = '/';
    }
    switch (kind) {
    case 0:
        file_make(folder, name, "int x;\n", 0);
        break;
    case 1:
        if (symlinkat("../secret", folder, name)) break;
        break;
    case 2:
        mkfifoat(folder, name, 0600);
        break;
    case 3:
        mkdirat(folder, name, 0700);
        break;
    case 4:
        file_make(folder, name, "int y;\n", IMPORT_LIMIT + 1);
        break;
    default:
        if (symlinkat("..", folder, name)) break;
    }
}

static void tree_make(struct parts *parts, const char *path)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY);
    for (int i = 0; parts->size && i < ENTRIES; i++) {
        char name[300];
        unsigned kind = parts_number(parts, KINDS);
        parts_text(parts, name, sizeof name);
        entry_make(folder, kind, name);
    }
    close(folder);
}

// What was taken is a regular file's text, whole.
static void taken_check(const char *path)
{
    char bytes[64] = "";
    int fd = open(path, O_RDONLY);
    claim(fd >= 0 && read(fd, bytes, sizeof bytes - 1) >= 0,
          "what is taken is there");
    claim(strcmp(bytes, secret) != 0, "no file is taken through a link");
    claim(strncmp(bytes, "int ", 4) == 0, "a file is taken as it is");
    close(fd);
}

static void submission_check(const struct submission *one, const char *taken)
{
    claim(*one->id && *one->safe && !strchr(one->safe, '/'),
          "ids are names of files");
    claim(strlen(one->safe) < 200, "ids are short enough for a file");
    for (unsigned k = 0; k < workbook.count; k++) {
        char text[512] = "";
        const struct submitted_file *file = &one->files[k];
        if (!file->folder) continue;
        int status =
            import_file(file->folder, ".", file->name, taken, text, sizeof text);
        if (status == 0) taken_check(taken);
        claim(status == 0 || *text, "what is refused has a sentence");
    }
}

void fuzz(const uint8_t *bytes, size_t size)
{
    struct parts parts = {bytes, size};
    struct submissions submissions;
    const char *inside = scratch_folder();
    char *path = text_format("%s/class", inside),
         *taken = text_format("%s/taken", inside);
    int folder = open(inside, O_RDONLY | O_DIRECTORY);
    file_make(folder, "secret", secret, 0);
    close(folder);
    if (mkdir(path, 0700) < 0) abort();
    tree_make(&parts, path);
    submissions_init(&submissions);
    class_folder_read(&submissions, &workbook, path);
    submissions_settle(&submissions);
    for (size_t i = 0; i < submissions.count; i++)
        submission_check(submissions.all[i], taken);
    submissions_close(&submissions);
    free(path);
    free(taken);
}
