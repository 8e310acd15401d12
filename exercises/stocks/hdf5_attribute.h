#ifndef STOCKS_HDF5_ATTRIBUTE_H
#define STOCKS_HDF5_ATTRIBUTE_H

// Attributes of HDF5 objects that hold one text or one number. Internal, inside a
// session.

#include <hdf5.h>
#include <stdbool.h>
#include <stdint.h>

// The object's attribute `name`, whether of fixed or variable length. Owned by the
// caller (free); NULL where there is none or it is something else.
char *hdf5_attribute_text(hid_t object, const char *name);

bool hdf5_has_attribute(hid_t object, const char *name);

// An integer attribute; `otherwise` where there is none.
long hdf5_attribute_number(hid_t object, const char *name, long otherwise);

// Writes new attributes: a text (not an empty one) of fixed length, several by name
// and text, a number. 0 or -EIO.
int hdf5_attribute_write_text(hid_t object, const char *name, const char *text);
int hdf5_attribute_write_texts(hid_t object, const char *const pairs[][2],
                               size_t count);
int hdf5_attribute_write_number(hid_t object, const char *name, int64_t number);

#endif
