// The answer of the boxed reader, which a submission's file may have taken over: the judge compares
// it with what it expects, and finds it right only where it is.

#include "../7.2-conversion/judge_read_back.c"
#include "fuzz/shared/fuzzer.h"

enum { ROWS = 3, COLUMNS = 2 };

static int64_t timestamps_ns[ROWS] = {1, 2, 3};
static double values[ROWS * COLUMNS] = {1, 2, 3, 4, 5, 6};
static struct stock_file stock_file = {.name = "AB",
                                       .row_count = ROWS,
                                       .column_count = COLUMNS,
                                       .column_names = {"open", "close"},
                                       .timestamps_ns = timestamps_ns,
                                       .values = values};
static struct line line;
static struct conversion conversion = {
    .line = &line,
    .count = 2,
    .text = "convert_files of 2 files with 1 thread",
    .input = {{.file = &stock_file, .json_name = "AB.json", .hdf5_name = "AB.h5"},
              {.file = &stock_file, .json_name = "CD.json", .hdf5_name = "CD.h5"}}};

void fuzz(const uint8_t *bytes, size_t size)
{
    const size_t part = sizeof(struct reading) +
                        (COLUMNS + 1) * sizeof(struct reading_column) +
                        ROWS * (COLUMNS + 1) * ITEM_BYTES;
    int answer = memfd_create("answer", MFD_CLOEXEC);
    if (answer < 0 || pwrite(answer, bytes, size, 0) != (ssize_t)size) abort();
    memset(&line, 0, sizeof line);
    int status = files_check(&conversion, answer);
    claim(status == 0 || status == -1, "an answer is right, or has a verdict");
    claim((status == 0) == (line.status == LINE_NOT_RUN),
          "a wrong answer has a verdict");
    claim(status || size >= 2 * part, "no file is right that was not read");
    claim(strlen(line.message) < sizeof line.message, "a sentence has an end");
    for (const char *at = line.message; *at; at++)
        claim(strchr("\n\t", *at) || ((unsigned char)*at >= 32 && *at != 127),
              "a sentence commands no terminal");
    close(answer);
}
