// What the high-level library's tables have (CLASS to FIELD_n_NAME), and what pandas
// adds for its format "table" with every column a data column. The texts are of
// fixed length: pandas (through PyTables) does not read variable-length ones. A text
// that ends in '.' is taken for a pickle. Source: pandas/io/pytables.py, class
// AppendableFrameTable.

#include "stocks/pandas_attributes.h"
#include "stocks/hdf5_attribute.h"
#include "stocks/pandas_bare_index.h"
#include "stocks/pandas_pickle.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Writes a pickle and frees it; NULL is what a failed allocation left.
static int write_pickle(hid_t object, const char *name, char *pickle)
{
    if (!pickle) return -ENOMEM;
    int status = hdf5_attribute_write_text(object, name, pickle);
    free(pickle);
    return status;
}

// Source: tables/path.py of PyTables, check_name_validity.
static bool is_reserved(const char *name)
{
    size_t length = strlen(name);
    bool has_prefix =
        length > 2 && name[0] == '_' && strchr("cfgivo", name[1]) && name[2] == '_';
    bool is_special = length > 4 && strncmp(name, "__", 2) == 0 &&
                      strcmp(name + length - 2, "__") == 0;
    return has_prefix || is_special || strchr(name, '/') || strcmp(name, ".") == 0;
}

bool pandas_needs_block(const struct stock_table *table)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (is_reserved(table->column_names[i])) return true;
    return false;
}

int pandas_mark_group(hid_t group, const struct stock_table *table)
{
    static const char *const texts[][2] = {
        {"pandas_type", "frame_table"},
        {"pandas_version", "0.15.2"}, // of the format, not of the program
        {"table_type", "appendable_frame"},
        {"encoding", "UTF-8"},
        {"errors", "strict"},
        {"nan_rep", "nan"},
        {"index_cols", "(l(I0\nVtimestamp\nta."},
        {"info", "(dI1\n(dVnames\n(lNasVtype\nVIndex\nssVtimestamp\n"
                 "(dVindex_name\nVtimestamp\nss."},
    };
    char **names = table->column_names, *block[] = {PANDAS_BLOCK};
    size_t count = table->column_count;
    bool is_block = pandas_needs_block(table);
    if (count == 0) return pandas_mark_bare_index(group, table);
    int status =
        hdf5_attribute_write_texts(group, texts, sizeof texts / sizeof texts[0]);
    if (status == 0) status = hdf5_attribute_write_number(group, "levels", 1);
    if (status == 0)
        status = write_pickle(group, "values_cols",
                              is_block ? pandas_pickle_names(block, 1)
                                       : pandas_pickle_names(names, count));
    if (status == 0)
        status = write_pickle(group, "data_columns",
                              pandas_pickle_names(names, is_block ? 0 : count));
    if (status == 0)
        status = write_pickle(group, "non_index_axes",
                              pandas_pickle_columns(names, count));
    return status;
}

// What pandas reads beside a field: its type, and the columns that it holds.
static int mark_values(hid_t dataset, const char *field, char *const names[],
                       size_t count)
{
    char *name;
    if (asprintf(&name, "%s_dtype", field) < 0) return -ENOMEM;
    int status = hdf5_attribute_write_text(dataset, name, "float64");
    free(name);
    if (status < 0) return status;
    if (asprintf(&name, "%s_kind", field) < 0) return -ENOMEM;
    status = write_pickle(dataset, name, pandas_pickle_names(names, count));
    free(name);
    return status;
}

static int mark_field(hid_t dataset, size_t number, const char *field)
{
    char name[48];
    snprintf(name, sizeof name, "FIELD_%zu_NAME", number);
    return hdf5_attribute_write_text(dataset, name, field);
}

static int mark_block(hid_t dataset, const struct stock_table *table)
{
    int status = mark_field(dataset, 1, PANDAS_BLOCK);
    if (status < 0) return status;
    return mark_values(dataset, PANDAS_BLOCK, table->column_names,
                       table->column_count);
}

static int mark_columns(hid_t dataset, const struct stock_table *table)
{
    char **names = table->column_names;
    int status = 0;
    for (size_t i = 0; i < table->column_count && status == 0; i++) {
        status = mark_field(dataset, i + 1, names[i]);
        if (status == 0) status = mark_values(dataset, names[i], &names[i], 1);
    }
    return status;
}

int pandas_mark_dataset(hid_t dataset, const struct stock_table *table)
{
    static const char *const texts[][2] = {
        {"CLASS", "TABLE"},
        {"VERSION", "3.0"},
        {"TITLE", "stock table"},
        {"timestamp_kind", "datetime64"},
    };
    int status =
        hdf5_attribute_write_texts(dataset, texts, sizeof texts / sizeof texts[0]);
    if (status == 0) status = mark_field(dataset, 0, "timestamp");
    if (status < 0) return status;
    return pandas_needs_block(table) ? mark_block(dataset, table)
                                     : mark_columns(dataset, table);
}
