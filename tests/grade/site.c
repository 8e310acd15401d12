#include "grade/site.h"
#include "grade/text.h"
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct key {
    const char *name;
    size_t offset;
    const char *otherwise;
    bool is_number;
} keys[] = {
    {"partition", offsetof(struct site, partition), NULL, false},
    {"account", offsetof(struct site, account), NULL, false},
    {"qos", offsetof(struct site, qos), NULL, false},
    {"constraint", offsetof(struct site, constraint), NULL, false},
    {"reservation", offsetof(struct site, reservation), NULL, false},
    {"time", offsetof(struct site, time), NULL, false},
    {"memory", offsetof(struct site, memory), "2G", false},
    {"cpus", offsetof(struct site, cpus), "2", true},
    {"pack", offsetof(struct site, pack), "5", true},
    {"at_once", offsetof(struct site, at_once), NULL, true},
};

enum { KEYS = sizeof keys / sizeof *keys };

static char **value_at(struct site *site, const struct key *key)
{
    return (char **)((char *)site + key->offset);
}

static void value_set(struct site *site, const struct key *key, const char *value)
{
    char **at = value_at(site, key);
    free(*at);
    *at = text_format("%s", value);
}

static const struct key *key_find(const char *name)
{
    for (int i = 0; i < KEYS; i++)
        if (strcmp(keys[i].name, name) == 0) return &keys[i];
    return NULL;
}

static bool is_fitting(const struct key *key, const char *value)
{
    char *end;
    long number = strtol(value, &end, 10);
    return !key->is_number || (number > 0 && number < 100000 && !*end);
}

// A value has no blanks, and nothing that could be another option of sbatch.
static int line_take(struct site *site, const char *line)
{
    char name[32], value[256], more[2];
    int words = sscanf(line, "%31s %255s %1s", name, value, more);
    if (words < 1 || *name == '#') return 0;
    const struct key *key = key_find(name);
    if (!key || words < 2 || (words > 2 && *more != '#') || !is_fitting(key, value))
        return -EINVAL;
    value_set(site, key, value);
    return 0;
}

static int file_read(struct site *site, const char *path, char *text, size_t size)
{
    char line[512];
    int status = 0, number = 0;
    FILE *file = fopen(path, "re");
    if (!file) {
        status = -errno;
        snprintf(text, size, "%s: %s", path, strerror(errno));
        return status;
    }
    while (!status && fgets(line, sizeof line, file)) {
        number++;
        status = line_take(site, line);
    }
    fclose(file);
    if (!status) return 0;
    int length = snprintf(text, size, "%s, line %d: a line is one of", path, number);
    for (int i = 0; i < KEYS && length > 0 && (size_t)length < size; i++)
        length +=
            snprintf(text + length, size - (size_t)length, " %s", keys[i].name);
    if (length > 0 && (size_t)length < size)
        snprintf(text + length, size - (size_t)length, ", and one word.");
    return status;
}

static int environment_read(struct site *site, char *text, size_t size)
{
    for (int i = 0; i < KEYS; i++) {
        char name[32];
        snprintf(name, sizeof name, "SITE_%s", keys[i].name);
        for (char *c = name; *c; c++) *c = (char)toupper((unsigned char)*c);
        const char *value = getenv(name);
        if (!value || !*value) continue;
        if (!is_fitting(&keys[i], value)) {
            snprintf(text, size, "%s: %s is no number above 0.", name, value);
            return -EINVAL;
        }
        value_set(site, &keys[i], value);
    }
    return 0;
}

int site_read(struct site *site, const char *path, char *text, size_t size)
{
    *site = (struct site){0};
    for (int i = 0; i < KEYS; i++)
        if (keys[i].otherwise) value_set(site, &keys[i], keys[i].otherwise);
    int status = path ? file_read(site, path, text, size) : 0;
    return status ? status : environment_read(site, text, size);
}

void site_close(struct site *site)
{
    for (int i = 0; i < KEYS; i++) free(*value_at(site, &keys[i]));
    *site = (struct site){0};
}
