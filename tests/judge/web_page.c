// In a script element only "<" could end or change anything, so data have none.

#include "judge/web_page.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_ROOM = 4096 };

static const char DATA[] = "@DATA@";

// A whole file, owned by the caller (free); NULL with errno.
static char *file_read(const char *root, const char *name)
{
    char path[PATH_ROOM], *text = NULL;
    size_t room = 0;
    snprintf(path, sizeof path, "%s/%s", root, name);
    FILE *file = fopen(path, "re");
    if (!file) return NULL;
    if (getdelim(&text, &room, '\0', file) < 0) {
        free(text);
        text = NULL;
        errno = EINVAL;
    }
    fclose(file);
    return text;
}

static int file_put(FILE *stream, const char *root, const char *name)
{
    char *text = file_read(root, name);
    if (!text) return -errno;
    fputs(text, stream);
    free(text);
    return 0;
}

// Writes text up to its end, with the shared files in their places.
static int shared_put(FILE *stream, const char *root, const char *text,
                      const char *end)
{
    static const char *const places[][2] = {{"@STYLE@", "tests/judge/web_page.css"},
                                            {"@SCRIPT@", "tests/judge/web_page.js"}};
    for (int k = 0; k < 2; k++) {
        const char *place = strstr(text, places[k][0]);
        if (!place || place >= end) continue;
        fwrite(text, 1, (size_t)(place - text), stream);
        int status = file_put(stream, root, places[k][1]);
        if (status) return status;
        text = place + strlen(places[k][0]);
    }
    fwrite(text, 1, (size_t)(end - text), stream);
    return 0;
}

int web_page_write(FILE *stream, const char *root, const char *template_path,
                   web_page_data_fn *put_data, const void *context)
{
    char *page = file_read(root, template_path);
    if (!page) return -errno;
    const char *place = strstr(page, DATA);
    int status = place ? shared_put(stream, root, page, place) : -EINVAL;
    if (!status) status = put_data(stream, context);
    if (!status)
        status = shared_put(stream, root, place + strlen(DATA), page + strlen(page));
    free(page);
    return status;
}

int web_page_put_json(FILE *stream, json_t *object)
{
    char *text = json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(12));
    json_decref(object);
    if (!text) return -ENOMEM;
    for (const char *at = text; *at; at++)
        if (*at == '<')
            fputs("\\u003c", stream);
        else
            fputc(*at, stream);
    free(text);
    return 0;
}
