#ifndef THEIR_FILE_H
#define THEIR_FILE_H

// An HDF5 file as others write it: anything but what the stocks' own writer would. One at a time,
// in a folder of its own (stock_folder.h). Every failure ends the test.

#include <hdf5.h>
#include <stdint.h>

extern char their_path[512];
extern hid_t their_file; // open until their_file_close

// A test's setup and teardown.
void their_file_create(void);
void their_file_remove(void);

void their_file_close(void);
void their_file_add_group(const char *name);

// An array of `count` values of `type` in memory, kept as `stored`.
void their_file_add_array(const char *name, hid_t stored, hid_t type, hsize_t count,
                          const void *values);

// A table of the user's own, of the first `count` of three rows: columns volume, `timestamp`
// (text) and close, at their_moments.
void their_file_add_rows(const char *name, const char *timestamp, size_t count);
extern const int64_t their_moments[3];

#endif
