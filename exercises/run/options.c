// One table of names; an option that is not in it, or has a value that cannot be,
// ends in a sentence instead of in a default that nobody asked for.

#include "run/options.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool parse_number(const char *name, const char *value, int least,
                         int greatest, int *number)
{
    char *end = NULL;
    long parsed = strtol(value, &end, 10);
    if (end == value || *end || parsed < least || parsed > greatest) {
        fprintf(stderr, "%s=%s is not a whole number from %d to %d.\n", name, value,
                least, greatest);
        return false;
    }
    *number = (int)parsed;
    return true;
}

static bool parse_executor(const char *value, struct run_options *options)
{
    static const struct {
        const char *name;
        enum executor_kind kind;
    } kinds[] = {{"threads", EXECUTOR_THREADS},
                 {"processes", EXECUTOR_PROCESSES},
                 {"textbook", EXECUTOR_TEXTBOOK}};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        if (strcmp(value, kinds[k].name) != 0) continue;
        options->kind = kinds[k].kind;
        options->executor_name = kinds[k].name;
        return true;
    }
    fprintf(stderr, "EXECUTOR=%s is not one of threads, processes, textbook.\n",
            value);
    return false;
}

static bool parse_text(const char *name, const char *value, const char **text)
{
    if (!*value) fprintf(stderr, "%s= names nothing.\n", name);
    *text = value;
    return *value;
}

static bool parse_option(const char *argument, struct run_options *options)
{
    size_t length = strcspn(argument, "=");
    const char *value = argument[length] ? argument + length + 1 : "";
    char name[16] = "";
    if (argument[length]) snprintf(name, sizeof name, "%.*s", (int)length, argument);
    if (!strcmp(name, "WORKERS"))
        return parse_number(name, value, 1, 1024, &options->workers);
    if (!strcmp(name, "N")) return parse_number(name, value, 2, 32, &options->n);
    if (!strcmp(name, "EXECUTOR")) return parse_executor(value, options);
    if (!strcmp(name, "COLUMN")) return parse_text(name, value, &options->column);
    if (!strcmp(name, "DATA")) return parse_text(name, value, &options->data_folder);
    fprintf(stderr, "`%s` is not one of WORKERS=, EXECUTOR=, N=, COLUMN=, DATA=.\n",
            argument);
    return false;
}

bool run_options_parse(struct run_options *options, int argc, char *argv[])
{
    *options = (struct run_options){.kind = EXECUTOR_THREADS,
                                    .executor_name = "threads",
                                    .n = 4,
                                    .column = "close",
                                    .data_folder = "data/daily-stock"};
    for (int k = 1; k < argc; k++)
        if (!parse_option(argv[k], options)) return false;
    return true;
}
