#ifndef STOCKS_STOCK_TABLE_H
#define STOCKS_STOCK_TABLE_H

// A stock table: one row a moment, one column of doubles a key, in memory.
// It is read from JSON lines and written as the HDF5 table /data that pandas reads:
//
//     struct stock_error error;
//     struct stock_table *table = stock_table_read_json("AAPL.json", &error);
//     if (!table) { fputs(error.text, stderr); return -errno; }
//     int status = stock_table_write_hdf5(table, "AAPL.h5", NULL, &error);
//     stock_table_destroy(table);
//
// Threads: any number of threads may call these at the same time, each on a table of
// its own. Never create a process pool while another thread is inside one of them:
// the fork would copy HDF5's lock in its locked state.

#include <stddef.h>
#include <stdint.h>

// Why a call failed, as one sentence that names the file; written only on failure.
struct stock_error {
    char text[512];
};

struct stock_table {
    size_t row_count;
    size_t column_count;    // without the timestamp
    char **column_names;    // column_count strings
    int64_t *timestamps_ns; // row_count, ns since 1970 UTC, strictly increasing
    double **columns;       // column_count arrays of row_count; NaN: missing
};

struct stock_options {
    int deflate_level; // 0 (none) to 9, how hard HDF5 compresses the table
};

// Reads a file of one JSON object a line. The first line's keys, but for
// `timestamp`, are the columns, in their order; a later line may lack some (NaN),
// but have no others. A timestamp is text, "YYYY-MM-DD" or with a time as
// "2013-07-01 09:30:00" or "2013-07-01T09:30:00.5Z", and means UTC. Empty lines are
// skipped; an empty file is an empty table. The caller owns the table
// (stock_table_destroy). NULL with errno ENOENT, EACCES, ... (the file), EINVAL (a
// bad line; error names file, line, column and reason), EFBIG, ENOMEM. The file is
// opened once and read to its end, so a pipe will do. error may be NULL.
struct stock_table *stock_table_read_json(const char *path,
                                          struct stock_error *error);

// Writes the table to an HDF5 file at path, complete or not at all: it appears under
// another name first and is renamed over whatever path was. options NULL: no
// compression. 0, or a negative errno with the sentence in error (may be NULL).
int stock_table_write_hdf5(const struct stock_table *table, const char *path,
                           const struct stock_options *options,
                           struct stock_error *error);

// Frees a table; NULL is allowed.
void stock_table_destroy(struct stock_table *table);

#endif
