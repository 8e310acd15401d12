#include "grade/platform_name.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// How many digits stand here before an underscore; 0: none, or none follows.
static size_t number_length(const char *text)
{
    size_t length = strspn(text, "0123456789");
    return length < 20 && text[length] == '_' ? length : 0;
}

static bool moodle_read(const char *text, struct platform_name *name)
{
    static const char mark[] = "_assignsubmission_";
    const char *at = strstr(text, mark);
    if (!at) return false;
    const char *number = at;
    while (number > text && isdigit((unsigned char)number[-1])) number--;
    if (number == at || at - number > 19 || number == text || number[-1] != '_')
        return false;
    const char *plugin = at + strlen(mark);
    const char *file = plugin + strcspn(plugin, "_");
    snprintf(name->person, PLATFORM_TEXT, "%.*s", (int)(number - 1 - text), text);
    snprintf(name->number, sizeof name->number, "%.*s", (int)(at - number), number);
    snprintf(name->file, PLATFORM_TEXT, "%s", *file ? file + 1 : "");
    name->is_moodle = true;
    return true;
}

// What follows the person's name in Canvas: [LATE_]number_number_file.
static bool canvas_rest_read(const char *rest, struct platform_name *name)
{
    bool is_late = strncmp(rest, "LATE_", 5) == 0;
    if (is_late) rest += 5;
    size_t person = number_length(rest);
    if (!person) return false;
    const char *attempt = rest + person + 1;
    size_t length = number_length(attempt);
    if (!length || !attempt[length + 1]) return false;
    snprintf(name->number, sizeof name->number, "%.*s", (int)person, rest);
    snprintf(name->file, PLATFORM_TEXT, "%s", attempt + length + 1);
    name->is_late = is_late;
    return true;
}

bool platform_name_read(const char *text, struct platform_name *name)
{
    *name = (struct platform_name){.person = ""};
    if (moodle_read(text, name)) return true;
    for (const char *at = strchr(text, '_'); at; at = strchr(at + 1, '_')) {
        if (!canvas_rest_read(at + 1, name)) continue;
        snprintf(name->person, PLATFORM_TEXT, "%.*s", (int)(at - text), text);
        return true;
    }
    return false;
}

long platform_file_version(const char *name, const char *file)
{
    size_t stem = strlen(file) - 2; // without .c
    if (strcmp(name, file) == 0) return 0;
    if (strncmp(name, file, stem) != 0 || name[stem] != '-') return -1;
    char *end;
    long version = strtol(name + stem + 1, &end, 10);
    bool is_number = isdigit((unsigned char)name[stem + 1]) && end - name < 200;
    return is_number && strcmp(end, ".c") == 0 ? version : -1;
}
