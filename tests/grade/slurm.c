#include "grade/slurm.h"
#include "judge/command.h"
#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    COMMAND_LIMIT_S = 120,
    ARRAY_LIMIT = 1001, // what Slurm has where nobody changed it
};

int slurm_run(const char *const arguments[], char *text, size_t size)
{
    struct command command = {.arguments = arguments, .limit_s = COMMAND_LIMIT_S};
    int status = command_run(&command, text, size);
    size_t length = strlen(text);
    while (length && isspace((unsigned char)text[length - 1])) text[--length] = '\0';
    return status;
}

void slurm_said_clean(char *said)
{
    static const char *const noise[] = {
        "sbatch: ", "sinfo: ", "squeue: ", "error: "};
    for (unsigned i = 0; i < sizeof noise / sizeof *noise; i++) {
        size_t length = strlen(noise[i]);
        for (char *at; (at = strstr(said, noise[i]));)
            memmove(at, at + length, strlen(at + length) + 1);
    }
    for (char *c = said; *c; c++)
        if (*c == '\n') *c = ' ';
}

static bool has_word(const char *lines, const char *wanted)
{
    size_t length = strlen(wanted);
    for (const char *at = lines; (at = strstr(at, wanted)); at += length) {
        bool begins = at == lines || isspace((unsigned char)at[-1]);
        if (begins && (!at[length] || isspace((unsigned char)at[length])))
            return true;
    }
    return false;
}

int slurm_check(const struct site *site, char *text, size_t size)
{
    char said[8192];
    int status = slurm_run((const char *const[]){"sinfo", "-h", "-o", "%R", NULL},
                           said, sizeof said);
    if (status == -ENOENT) {
        snprintf(text, size,
                 "There is no Slurm here: sinfo and sbatch are not on the PATH. "
                 "Without ENGINE=slurm this machine grades.");
        return -ENOENT;
    }
    slurm_said_clean(said);
    if (status) {
        snprintf(text, size, "Slurm does not answer: %.400s", said);
        return status < 0 ? status : -EHOSTDOWN;
    }
    if (!site->partition || has_word(said, site->partition)) return 0;
    snprintf(text, size, "There is no partition \"%s\" here, but: %.400s",
             site->partition, said);
    return -ENOENT;
}

size_t slurm_array_limit(void)
{
    static char said[64 << 10];
    unsigned long limit = 0;
    if (slurm_run((const char *const[]){"scontrol", "show", "config", NULL}, said,
                  sizeof said) != 0)
        return ARRAY_LIMIT;
    const char *at = strstr(said, "MaxArraySize");
    if (at && sscanf(at, "MaxArraySize = %lu", &limit) != 1) limit = 0;
    return limit ? limit : ARRAY_LIMIT;
}
