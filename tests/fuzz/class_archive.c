// A class's archive, from anybody: unpacked, searched for submissions, and their files taken in.
// Only small regular files and folders appear, and nothing outside.

#include "fuzz/shared/archive_maker.h"
#include "fuzz/shared/fuzzer.h"
#include "fuzz/shared/scratch.h"
#include "grade/class_folder.h"
#include "grade/unpack.h"
#include "judge/importer.h"
#include <ftw.h>
#include <stdio.h>
#include <string.h>

static const struct workbook workbook = {
    2,
    {{"7.1-submit", "7.1", "submit.c"}, {"7.2-conversion", "7.2", "conversion.c"}}};

static int entry_check(const char *path, const struct stat *what, int type,
                       struct FTW *place)
{
    claim(S_ISDIR(what->st_mode) || S_ISREG(what->st_mode),
          "files and folders only");
    claim(S_ISDIR(what->st_mode) || what->st_size <= IMPORT_LIMIT + 1,
          "no file is longer than any that is taken");
    return 0;
}

static void file_import(const struct submitted_file *file)
{
    char text[512] = "", path[] = "/dev/null/never";
    if (file->folder)
        import_file(file->folder, ".", file->name, path, text, sizeof text);
}

static void class_read(const char *folder)
{
    struct submissions submissions;
    submissions_init(&submissions);
    class_folder_read(&submissions, &workbook, folder);
    submissions_settle(&submissions);
    for (size_t i = 0; i < submissions.count; i++) {
        const struct submission *one = submissions.all[i];
        claim(*one->safe && !strchr(one->safe, '/'), "a safe name is a file's name");
        for (unsigned k = 0; k < workbook.count; k++) file_import(&one->files[k]);
    }
    submissions_close(&submissions);
}

void fuzz(const uint8_t *bytes, size_t size)
{
    struct parts parts = {bytes, size};
    char text[512] = "";
    const char *folder = scratch_folder();
    int status = unpack(archive_make(&parts), folder, text, sizeof text);
    claim(!status || *text, "a failure has a sentence");
    for (const char *at = text; *at; at++)
        claim(strchr("\n\t", *at) || ((unsigned char)*at >= 32 && *at != 127),
              "a sentence commands no terminal");
    nftw(folder, entry_check, 16, FTW_PHYS);
    scratch_claim_inside();
    class_read(folder);
}
