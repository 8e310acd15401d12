#ifndef READING_H
#define READING_H

// What judge and reader say to each other. The judge never opens an HDF5 file: it copies the
// files' bytes, and a process of its own, the reader, says what is in them. So a file made to
// hurt its reader hurts nobody else, and the judge checks every size before it believes it.
//
//     descriptor 3, the judge's:  struct reading_input, then the bytes of each file
//     descriptor 4, the reader's: for each file a struct reading; if it is READING_OK, then
//                                 a struct reading_column for each column and the rows,
//                                 8 bytes an item: int64_t or double
//
// The reader writes a file's part when it has read all of that file. Where its parts end
// early, the next file ended the reader.

#include <limits.h>
#include <stdint.h>

enum { READING_LIMIT = 64, READING_ITEMS = 1 << 24, READING_NAME_SIZE = 56 };

// A status that no file can have: convert_files gave it none.
enum { NO_STATUS = INT_MAX };

// A runner's answer: a status a file, then how many HDF5 objects were left open in its process.
enum { ANSWER_EXTRA = 1 };

struct reading_input {
    uint64_t count;
    uint64_t size_bytes[READING_LIMIT];
};

enum reading_status {
    READING_OK,
    READING_NOT_HDF5,
    READING_NO_TABLE,  // no dataset /data/table
    READING_BAD_TABLE, // but it has not one dimension, or is not of rows
    READING_TOO_LARGE, // more than READING_ITEMS
    READING_BROKEN,    // HDF5 cannot read the rows
};

struct reading {
    uint32_t status;
    uint32_t has_pandas; // the group /data has the attribute that pandas looks for
    uint64_t row_count;
    uint64_t column_count; // with the timestamp
};

enum reading_type { READING_OTHER, READING_INT64, READING_DOUBLE };

struct reading_column {
    uint32_t type; // enum reading_type
    uint32_t unused;
    char name[READING_NAME_SIZE]; // cut to fit, ended by a NUL
};

#endif
