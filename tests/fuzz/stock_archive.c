// An archive of stock data, from anybody: a folder of NAME.json appears as a whole, or none.

#include "../../data/stock_archive.h"
#include "fuzz/shared/archive_maker.h"
#include "fuzz/shared/fuzzer.h"
#include "fuzz/shared/scratch.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static size_t entries_check(const char *path)
{
    size_t count = 0;
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder && (entry = readdir(folder)); count++) {
        struct stat what;
        if (entry->d_name[0] == '.' &&
            entry->d_name[1 + (entry->d_name[1] == '.')] == 0) {
            count--;
            continue;
        }
        claim(entry->d_name[0] != '.' && strstr(entry->d_name, ".json"),
              "only NAME.json is extracted");
        claim(fstatat(dirfd(folder), entry->d_name, &what, AT_SYMLINK_NOFOLLOW) ==
                      0 &&
                  S_ISREG(what.st_mode),
              "only regular files are extracted");
    }
    if (folder) closedir(folder);
    return count;
}

void fuzz(const uint8_t *bytes, size_t size)
{
    struct parts parts = {bytes, size};
    char path[4200];
    struct archive_error error = {""};
    struct stat what;
    const char *folder = scratch_folder();
    snprintf(path, sizeof path, "%s/daily-stock", folder);
    int status = stock_archive_extract(archive_make(&parts), path, &error);
    claim((status == 0) == (stat(path, &what) == 0),
          "all of the folder, or nothing");
    if (status == 0) claim(entries_check(path) > 0, "a folder has files");
    for (const char *at = error.text; *at && status < 0; at++)
        claim((unsigned char)*at >= 32 && *at != 127,
              "no control characters in a text");
    scratch_claim_inside();
}
