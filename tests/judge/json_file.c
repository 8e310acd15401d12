#include "judge/json_file.h"
#include <errno.h>
#include <stdio.h>

json_t *json_file_read(const char *path)
{
    FILE *file = fopen(path, "re");
    if (!file) return NULL;
    errno = 0;
    json_t *value = json_loadf(file, 0, NULL);
    int error = value ? 0 : ferror(file) && errno ? errno : EINVAL;
    fclose(file);
    errno = error;
    return value;
}
