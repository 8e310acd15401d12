// The judge's boxed reader of what a submission wrote, on one file: shapes within their limits,
// or a status.

#define main reader_main
#include "../7.2-conversion/reader.c"
#undef main
#include "fuzz/shared/fuzzer.h"

static void reading_check(const struct reading *reading)
{
    claim(reading->status <= READING_BROKEN, "a status is a known one");
    if (reading->status != READING_OK) return;
    claim(reading->column_count > 0 &&
              reading->row_count <= READING_ITEMS / reading->column_count,
          "a table has columns, and is within the limit");
}

void fuzz(const uint8_t *bytes, size_t size)
{
    struct table table = {0};
    H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
    table.reading.status = file_read(&table, bytes, size);
    reading_check(&table.reading);
    claim(H5Fget_obj_count(H5F_OBJ_ALL, H5F_OBJ_ALL) <= 0,
          "nothing of HDF5 is open");
    free(table.columns);
    free(table.rows);
}
