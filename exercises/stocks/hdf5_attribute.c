// Every size here comes from a file that may be damaged, so it is checked before it
// is used.

#include "stocks/hdf5_attribute.h"
#include "stocks/hdf5_session.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const size_t max_text_bytes = 16 * 1024 * 1024;

static char *read_fixed(hid_t attribute, hid_t type)
{
    size_t size = H5Tget_size(type);
    if (size == 0 || size > max_text_bytes) return NULL;
    char *text = hdf5_session_memory(calloc(size + 1, 1));
    if (text && H5Aread(attribute, type, text) >= 0) return text;
    free(text);
    return NULL;
}

static char *read_variable(hid_t attribute, hid_t type)
{
    char *theirs = NULL, *text = NULL;
    if (H5Aread(attribute, type, &theirs) >= 0 && theirs)
        text = hdf5_session_memory(strdup(theirs));
    H5free_memory(theirs);
    return text;
}

static bool is_single(hid_t attribute)
{
    hid_t space = H5Aget_space(attribute);
    bool single = space >= 0 && H5Sget_simple_extent_npoints(space) == 1;
    hdf5_close(space);
    return single;
}

// The type of an attribute of one value.
static hid_t open_type(hid_t attribute)
{
    if (attribute < 0 || !is_single(attribute)) return H5I_INVALID_HID;
    return H5Aget_type(attribute);
}

bool hdf5_has_attribute(hid_t object, const char *name)
{
    return H5Aexists(object, name) > 0;
}

char *hdf5_attribute_text(hid_t object, const char *name)
{
    if (!hdf5_has_attribute(object, name)) return NULL;
    char *text = NULL;
    hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
    hid_t type = open_type(attribute);
    if (type >= 0 && H5Tget_class(type) == H5T_STRING)
        text = H5Tis_variable_str(type) > 0 ? read_variable(attribute, type)
                                            : read_fixed(attribute, type);
    hdf5_close(type);
    hdf5_close(attribute);
    return text;
}

// PyTables stores True and False as a field of bits, which HDF5 does not turn into a
// number.
static long read_number(hid_t attribute, hid_t type, long otherwise)
{
    long number;
    unsigned char bits;
    switch (H5Tget_class(type)) {
    case H5T_INTEGER:
        return H5Aread(attribute, H5T_NATIVE_LONG, &number) < 0 ? otherwise : number;
    case H5T_BITFIELD:
        return H5Aread(attribute, H5T_NATIVE_B8, &bits) < 0 ? otherwise : bits;
    default:
        return otherwise;
    }
}

long hdf5_attribute_number(hid_t object, const char *name, long otherwise)
{
    if (!hdf5_has_attribute(object, name)) return otherwise;
    long number = otherwise;
    hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
    hid_t type = open_type(attribute);
    if (type >= 0) number = read_number(attribute, type, otherwise);
    hdf5_close(type);
    hdf5_close(attribute);
    return number;
}

static int write_attribute(hid_t object, const char *name, hid_t type,
                           const void *value)
{
    hid_t space = H5Screate(H5S_SCALAR), attribute = H5I_INVALID_HID;
    int status = -EIO;
    if (space >= 0)
        attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    if (attribute >= 0 && H5Awrite(attribute, type, value) >= 0) status = 0;
    hdf5_close(attribute);
    hdf5_close(space);
    return status;
}

int hdf5_attribute_write_text(hid_t object, const char *name, const char *text)
{
    hid_t type = H5Tcopy(H5T_C_S1);
    int status = -EIO;
    if (type >= 0 && H5Tset_size(type, strlen(text)) >= 0)
        status = write_attribute(object, name, type, text);
    hdf5_close(type);
    return status;
}

int hdf5_attribute_write_texts(hid_t object, const char *const pairs[][2],
                               size_t count)
{
    int status = 0;
    for (size_t i = 0; i < count && status == 0; i++)
        status = hdf5_attribute_write_text(object, pairs[i][0], pairs[i][1]);
    return status;
}

int hdf5_attribute_write_number(hid_t object, const char *name, int64_t number)
{
    return write_attribute(object, name, H5T_NATIVE_INT64, &number);
}
