// HDF5 files that somebody made or damaged, as 7.3 loads them: a series in order, or a sentence.

#include "fuzz/shared/fuzzer.h"
#include "fuzz/shared/input_file.h"
#include "stocks/stock_series.h"
#include <hdf5.h>
#include <string.h>

static void series_check(const struct stock_series *series)
{
    for (size_t i = 1; i < series->length; i++)
        claim(series->timestamps_ns[i] > series->timestamps_ns[i - 1],
              "timestamps increase");
}

void fuzz(const uint8_t *bytes, size_t size)
{
    struct stock_series series;
    struct stock_error error = {""};
    const char *path = input_file(bytes, size);
    int status = stock_series_read_hdf5(path, "close", &series, &error);
    if (status == 0) {
        series_check(&series);
    } else {
        claim(strncmp(error.text, path, strlen(path)) == 0, "the file is named");
        claim_printable(error.text);
    }
    stock_series_close(&series);
    claim(H5Fget_obj_count(H5F_OBJ_ALL, H5F_OBJ_ALL) <= 0,
          "nothing of HDF5 is open");
}
