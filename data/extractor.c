// Extracts an archive of stock data into a new folder:
//     extractor ARCHIVE FOLDER
// Where the folder is there already, nothing is done.

#include "stock_archive.h"
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

int main(int count, char *words[])
{
    if (count != 3) {
        fprintf(stderr, "usage: %s ARCHIVE FOLDER\n", words[0]);
        return 2;
    }
    struct stat found;
    if (stat(words[2], &found) == 0 && S_ISDIR(found.st_mode)) return 0;

    struct archive_error error;
    int status = stock_archive_extract(words[1], words[2], &error);
    if (status == -EEXIST && stat(words[2], &found) == 0 && S_ISDIR(found.st_mode))
        return 0; // another make was faster
    if (status < 0) {
        fprintf(stderr, "%s\n", error.text);
        return 1;
    }
    return 0;
}
