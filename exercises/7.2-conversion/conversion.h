#ifndef CONVERSION_H
#define CONVERSION_H

// Stock files of JSON lines into HDF5 files: what 7.2 does.

#include <stddef.h>
#include "futures/futures.h"

// Converts json_paths[0 .. count-1], each NAME.json, into NAME.h5 beside it. statuses, the
// caller's, gets one number a file: 0, or the negative errno of stock_table_read_json or
// stock_table_write_hdf5; -EINVAL where the name does not end in .json. A file that fails
// leaves no .h5 behind that was not there before, and does not keep the others from being
// converted. Files are converted at the same time on an executor of the given kind with the
// given number of workers, which is created and destroyed in here.
// 0 when every file was converted or has its status, else a negative errno.
int convert_files(enum executor_kind kind, int workers,
                  const char *const json_paths[], size_t count, int statuses[]);

#endif
