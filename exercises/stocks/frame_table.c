// Tables of rows. A field is a column by its own name; or it is one of pandas'
// blocks, an array values_block_N of columns of one type, whose names stand in the
// dataset's attribute values_block_N_kind. Source: pandas/io/pytables.py, class
// Table.

#include "stocks/frame_layout.h"
#include "stocks/hdf5_attribute.h"
#include "stocks/hdf5_session.h"
#include "stocks/pandas_pickle.h"
#include <stdlib.h>
#include <string.h>

static const char block_prefix[] = "values_block_";

static bool is_block(const char *field)
{
    return strncmp(field, block_prefix, sizeof block_prefix - 1) == 0;
}

// The attribute FIELD_SUFFIX. Owned by the caller (free); NULL where there is none.
static char *field_attribute(hid_t dataset, const char *field, const char *suffix)
{
    char *name;
    if (asprintf(&name, "%s_%s", field, suffix) < 0)
        return hdf5_session_memory(NULL);
    char *text = hdf5_attribute_text(dataset, name);
    free(name);
    return text;
}

static void place(hid_t dataset, unsigned field, const char *field_name,
                  hsize_t element, const char *unit_suffix,
                  struct hdf5_column *column)
{
    *column = (struct hdf5_column){
        .dataset = dataset, .field = (int)field, .element = element};
    char *unit = field_attribute(dataset, field_name, unit_suffix);
    if (unit) snprintf(column->unit, sizeof column->unit, "%s", unit);
    free(unit);
    H5Iinc_ref(dataset); // the column's own hold on it
}

// Which of the field's items has the name; -1: none.
static long element_of(hid_t dataset, const char *field, const char *name)
{
    char *names = is_block(field) ? field_attribute(dataset, field, "kind") : NULL;
    long element = names                      ? pandas_pickle_find(names, name)
                   : strcmp(field, name) == 0 ? 0
                                              : -1;
    free(names);
    return element;
}

bool frame_table_find(hid_t dataset, const char *name, struct hdf5_column *column)
{
    bool found = false;
    hid_t type = H5Dget_type(dataset);
    int count = type >= 0 ? H5Tget_nmembers(type) : 0;
    for (int i = 0; i < count && !found; i++) {
        char *field = H5Tget_member_name(type, (unsigned)i);
        long element = field ? element_of(dataset, field, name) : -1;
        found = element >= 0;
        if (found)
            place(dataset, (unsigned)i, field, (hsize_t)element, "dtype", column);
        H5free_memory(field);
    }
    hdf5_close(type);
    return found;
}

bool frame_table_index(hid_t dataset, struct hdf5_column *column)
{
    hid_t type = H5Dget_type(dataset);
    int field = type >= 0 ? H5Tget_member_index(type, "index") : -1;
    if (field >= 0) place(dataset, (unsigned)field, "index", 0, "kind", column);
    hdf5_close(type);
    return field >= 0;
}

static void list_field(hid_t dataset, const char *field, const char **comma,
                       FILE *out)
{
    char *names = is_block(field) ? field_attribute(dataset, field, "kind") : NULL;
    char *listing = names ? pandas_pickle_listing(names) : NULL;
    bool is_index =
        strcmp(field, "index") == 0 && hdf5_has_attribute(dataset, "index_kind");
    if (!is_index) {
        fprintf(out, "%s%s", *comma, listing ? listing : field);
        *comma = ", ";
    }
    free(listing);
    free(names);
}

void frame_table_list(hid_t dataset, FILE *out)
{
    const char *comma = "";
    hid_t type = H5Dget_type(dataset);
    int count = type >= 0 ? H5Tget_nmembers(type) : 0;
    for (int i = 0; i < count; i++) {
        char *field = H5Tget_member_name(type, (unsigned)i);
        if (field) list_field(dataset, field, &comma, out);
        H5free_memory(field);
    }
    hdf5_close(type);
}
