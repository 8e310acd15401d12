// Files for the tests of the stocks.

#include "stock_folder.h"
#include <check.h>
#include <dirent.h>
#include <hdf5.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[64];

void stock_folder_create(void)
{
    strcpy(folder, "/tmp/test_stock_XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

// Calls act, if there is one, for the path of every file; how many there are.
static size_t each_file(int (*act)(const char *path))
{
    char path[PATH_MAX];
    size_t count = 0;
    DIR *entries = opendir(folder);
    ck_assert_ptr_nonnull(entries);
    for (struct dirent *entry; (entry = readdir(entries));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (act) act(path);
        count++;
    }
    closedir(entries);
    return count;
}

void stock_folder_remove(void)
{
    each_file(remove);
    ck_assert_int_eq(rmdir(folder), 0);
}

const char *stock_folder_path(const char *name)
{
    static char paths[4][512];
    static unsigned next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

const char *stock_folder_write(const char *name, const void *bytes, size_t size)
{
    const char *path = stock_folder_path(name);
    remove(
        path); // some file systems write out at once what takes the place of a file
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
    ck_assert_int_eq(fclose(file), 0);
    return path;
}

const char *stock_folder_write_text(const char *name, const char *text)
{
    return stock_folder_write(name, text, strlen(text));
}

char *stock_folder_read(const char *name, size_t *size)
{
    FILE *file = fopen(stock_folder_path(name), "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_eq(fseek(file, 0, SEEK_END), 0);
    *size = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*size + 1);
    ck_assert_ptr_nonnull(bytes);
    ck_assert_uint_eq(fread(bytes, 1, *size, file), *size);
    bytes[*size] = '\0';
    fclose(file);
    return bytes;
}

size_t stock_folder_count(void)
{
    return each_file(NULL);
}

void stock_folder_check_no_ids(void)
{
    ck_assert_int_eq(H5Fget_obj_count(H5F_OBJ_ALL, H5F_OBJ_ALL), 0);
}
