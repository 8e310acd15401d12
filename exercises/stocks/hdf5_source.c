// Looks at every object of a file once, in the order of their names, so that a group
// comes before what is in it: what belongs to a table that has been found is no
// table of its own.

#include "stocks/hdf5_source.h"
#include "stocks/frame_layout.h"
#include "stocks/hdf5_attribute.h"
#include "stocks/hdf5_session.h"
#include "stocks/stock_error.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct search {
    struct hdf5_source *source;
    size_t found; // tables
    FILE *tables; // their names, for a sentence
    FILE *others; // the names of all else
};

static void list_name(FILE *out, const char *name, const char *what)
{
    fprintf(out, "%s/%s%s", ftell(out) > 0 ? ", " : "",
            strcmp(name, ".") ? name : "", what);
}

static bool is_row_table(hid_t dataset)
{
    hid_t type = H5Dget_type(dataset), space = H5Dget_space(dataset);
    bool is = type >= 0 && space >= 0 && H5Tget_class(type) == H5T_COMPOUND &&
              H5Sget_simple_extent_ndims(space) == 1;
    hdf5_close(space);
    hdf5_close(type);
    return is;
}

static bool has_dataset(hid_t group, const char *name)
{
    struct hdf5_column column;
    if (!frame_arrays_find(group, name, &column)) return false;
    hdf5_column_close(&column);
    return true;
}

// Whether the object is a stock table, and of which layout.
static bool recognise(hid_t object, enum source_layout *layout)
{
    if (H5Iget_type(object) == H5I_DATASET) {
        *layout = SOURCE_TABLE;
        return is_row_table(object);
    }
    if (H5Iget_type(object) != H5I_GROUP) return false;
    char *type = hdf5_attribute_text(object, "pandas_type");
    bool is_fixed = type && strcmp(type, "frame") == 0;
    bool is_table = type && strstr(type, "_table") && has_dataset(object, "table");
    free(type);
    *layout = is_fixed ? SOURCE_FIXED : is_table ? SOURCE_TABLE : SOURCE_ARRAYS;
    return is_fixed || is_table || has_dataset(object, "timestamp");
}

// Whether `name` is inside the table that was found last.
static bool is_inside(const struct search *search, const char *name)
{
    const char *table = search->source->name;
    if (!table) return false;
    size_t length = strlen(table + 1); // without the first slash
    return length == 0 ||
           (strncmp(name, table + 1, length) == 0 && name[length] == '/');
}

static int keep(struct search *search, const char *name, enum source_layout layout)
{
    struct hdf5_source *source = search->source;
    free(source->name);
    source->layout = layout;
    list_name(search->tables, name, "");
    search->found++;
    if (asprintf(&source->name, "/%s", strcmp(name, ".") ? name : "") >= 0) return 0;
    source->name = hdf5_session_memory(NULL);
    return -1;
}

static herr_t look_at(hid_t file, const char *name, const H5O_info_t *info,
                      void *data)
{
    struct search *search = data;
    enum source_layout layout;
    if (is_inside(search, name)) return 0;
    hid_t object = H5Oopen(file, name, H5P_DEFAULT);
    if (object < 0) return -1;
    int status = 0;
    if (recognise(object, &layout)) {
        status = keep(search, name, layout);
    } else if (strcmp(name, ".") != 0) {
        list_name(search->others, name,
                  H5Iget_type(object) == H5I_GROUP ? " (group)" : "");
    }
    hdf5_close(object);
    return status;
}

static int refuse_search(const struct hdf5_source *source, size_t found,
                         const char *tables, const char *others)
{
    if (found > 1)
        return stock_error_set(source->error, source->path, -EINVAL,
                               "%zu tables where one must be: %s", found, tables);
    return stock_error_set(source->error, source->path, -EINVAL,
                           "no stock table in this HDF5 file; it has %s",
                           *others ? others : "nothing");
}

static int refuse_hdf5(const struct hdf5_source *source, const char *what)
{
    return stock_error_set(source->error, source->path, -EINVAL, "%s: %s", what,
                           hdf5_session_reason());
}

// Sets the source's name and layout.
static int search_file(struct hdf5_source *source)
{
    char *tables = NULL, *others = NULL;
    size_t size;
    struct search search = {.source = source};
    int status = -ENOMEM;
    search.tables = open_memstream(&tables, &size);
    search.others = open_memstream(&others, &size);
    if (search.tables && search.others) {
        herr_t seen = H5Ovisit2(source->file, H5_INDEX_NAME, H5_ITER_INC, look_at,
                                &search, H5O_INFO_BASIC);
        fflush(search.tables);
        fflush(search.others);
        status = seen < 0 ? refuse_hdf5(source, "damaged")
                 : search.found == 1
                     ? 0
                     : refuse_search(source, search.found, tables, others);
    }
    if (search.tables) fclose(search.tables);
    if (search.others) fclose(search.others);
    free(tables);
    free(others);
    return status;
}

// What the system says of the file, which HDF5 would not.
static int check_file(const struct hdf5_source *source)
{
    struct stat file;
    int status =
        stat(source->path, &file) < 0 || access(source->path, R_OK) < 0 ? -errno : 0;
    if (status < 0)
        return stock_error_set(source->error, source->path, status, "%s",
                               strerror(-status));
    if (S_ISREG(file.st_mode)) return 0;
    return stock_error_set(source->error, source->path, -EINVAL,
                           "not a regular file");
}

static int open_object(struct hdf5_source *source)
{
    source->object = H5Oopen(source->file, source->name, H5P_DEFAULT);
    if (source->object < 0) return refuse_hdf5(source, "damaged");
    if (source->layout != SOURCE_TABLE || H5Iget_type(source->object) == H5I_DATASET)
        return 0;
    hid_t group = source->object;
    source->object = H5Dopen2(group, "table", H5P_DEFAULT);
    hdf5_close(group);
    if (source->object < 0) return refuse_hdf5(source, "damaged");
    if (is_row_table(source->object)) return 0;
    return stock_error_set(source->error, source->path, -EINVAL,
                           "%s/table is not a table of rows", source->name);
}

int hdf5_source_open(struct hdf5_source *source, const char *path,
                     struct stock_error *error)
{
    *source = (struct hdf5_source){.path = path, .error = error};
    source->file = source->object = H5I_INVALID_HID;
    int status = check_file(source);
    if (status < 0) return status;
    source->file = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
    status = source->file < 0 ? refuse_hdf5(source, "not an HDF5 file, or damaged")
                              : search_file(source);
    if (status == 0) status = open_object(source);
    if (status < 0) hdf5_source_close(source);
    return status;
}

void hdf5_source_close(struct hdf5_source *source)
{
    source->object = hdf5_close(source->object);
    source->file = hdf5_close(source->file);
    free(source->name);
    source->name = NULL;
}
