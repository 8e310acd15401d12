#include "fuzz/shared/scratch.h"
#include "fuzz/shared/fuzzer.h"
#include "judge/folder_remove.h"
#include <dirent.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

static char around[PATH_MAX - 16];

static void around_make(void)
{
    const char *place = getenv("SCRATCH");
    snprintf(around, sizeof around, "%s/fuzz-XXXXXX", place ? place : "/tmp");
    if (!mkdtemp(around)) abort();
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){4 << 20, 4 << 20});
    signal(SIGXFSZ, SIG_IGN);
}

const char *scratch_folder(void)
{
    static char inside[PATH_MAX];
    if (!*around) around_make();
    snprintf(inside, sizeof inside, "%s/inside", around);
    folder_remove(inside);
    if (mkdir(inside, 0700) < 0) abort();
    return inside;
}

void scratch_claim_inside(void)
{
    DIR *folder = opendir(around);
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        claim(entry->d_name[0] == '.' || strcmp(entry->d_name, "inside") == 0,
              "nothing is written outside of the folder");
    if (folder) closedir(folder);
}
