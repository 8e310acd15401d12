#ifndef STOCKS_HDF5_ATTRIBUTE_H
#define STOCKS_HDF5_ATTRIBUTE_H

// Attributes of HDF5 objects that hold one text or one number. Internal, inside a
// session.

#include <hdf5.h>
#include <stdbool.h>

// The object's attribute `name`, whether of fixed or variable length. Owned by the
// caller (free); NULL where there is none or it is something else.
char *hdf5_attribute_text(hid_t object, const char *name);

bool hdf5_has_attribute(hid_t object, const char *name);

// An integer attribute; `otherwise` where there is none.
long hdf5_attribute_number(hid_t object, const char *name, long otherwise);

#endif
