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

// Writes a pickle and frees it; NULL is what a failed allocation left.
static int write_pickle(hid_t object, const char *name, char *pickle)
{
    if (!pickle) return -ENOMEM;
    int status = hdf5_attribute_write_text(object, name, pickle);
    free(pickle);
    return status;
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
    char **names = table->column_names;
    size_t count = table->column_count;
    if (count == 0) return pandas_mark_bare_index(group, table);
    int status =
        hdf5_attribute_write_texts(group, texts, sizeof texts / sizeof texts[0]);
    if (status == 0) status = hdf5_attribute_write_number(group, "levels", 1);
    if (status == 0)
        status =
            write_pickle(group, "values_cols", pandas_pickle_names(names, count));
    if (status == 0)
        status =
            write_pickle(group, "data_columns", pandas_pickle_names(names, count));
    if (status == 0)
        status = write_pickle(group, "non_index_axes",
                              pandas_pickle_columns(names, count));
    return status;
}

static int mark_column(hid_t dataset, char **column_name)
{
    char *name;
    if (asprintf(&name, "%s_dtype", *column_name) < 0) return -ENOMEM;
    int status = hdf5_attribute_write_text(dataset, name, "float64");
    free(name);
    if (status < 0) return status;
    if (asprintf(&name, "%s_kind", *column_name) < 0) return -ENOMEM;
    status = write_pickle(dataset, name, pandas_pickle_names(column_name, 1));
    free(name);
    return status;
}

static int mark_field(hid_t dataset, size_t number, const char *field)
{
    char name[48];
    snprintf(name, sizeof name, "FIELD_%zu_NAME", number);
    return hdf5_attribute_write_text(dataset, name, field);
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
    for (size_t i = 0; i < table->column_count && status == 0; i++)
        status = mark_field(dataset, i + 1, table->column_names[i]);
    for (size_t i = 0; i < table->column_count && status == 0; i++)
        status = mark_column(dataset, &table->column_names[i]);
    return status;
}
