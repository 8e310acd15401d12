// What the reader found is taken from its answer by pread, and never more than is expected: a
// reader that a file has taken over cannot make the judge read, or keep, what it does not want.

#include "7.2-conversion/judge_read_back.h"
#include "7.2-conversion/judge_reader.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { ITEM_BYTES = 8, TIME_SIZE = 40 };

// Where the comparison stands.
struct read_back {
    struct conversion *conversion;
    const struct input *input;
    int answer; // the reader's
    off_t offset;
};

static bool take(struct read_back *back, void *bytes, size_t size)
{
    for (size_t done = 0; done < size;) {
        ssize_t part =
            pread(back->answer, (char *)bytes + done, size - done, back->offset);
        if (part <= 0) return false;
        done += (size_t)part;
        back->offset += part;
    }
    return true;
}

static int broken_fail(const struct read_back *back)
{
    return input_fail(back->conversion, back->input, "bad file",
                      "cannot be read: HDF5 gives up");
}

static int status_fail(const struct read_back *back, uint32_t status)
{
    static const char *const what[] = {
        [READING_NOT_HDF5] = "is no complete HDF5 file",
        [READING_NO_TABLE] = "has no table /data/table",
        [READING_BAD_TABLE] = "holds something else than rows at /data/table",
        [READING_TOO_LARGE] = "has far more rows than it should",
        [READING_BROKEN] = "has rows that HDF5 cannot read"};
    bool is_known = status && status < sizeof what / sizeof *what;
    return is_known
               ? input_fail(back->conversion, back->input, "bad file", what[status])
               : broken_fail(back);
}

static int shape_check(const struct read_back *back, const struct reading *reading)
{
    const struct stock_file *file = back->input->file;
    if (reading->status != READING_OK) return status_fail(back, reading->status);
    if (!reading->has_pandas)
        return input_fail(back->conversion, back->input, "not for pandas",
                          "lacks the attributes that pandas looks for");
    if (reading->row_count == file->row_count &&
        reading->column_count == file->column_count + 1)
        return 0;
    line_fail(
        back->conversion->line, "wrong shape",
        "%s: %s has %llu rows and, with the timestamp, %llu columns; the lines "
        "of %s make %zu rows and %zu columns.",
        back->conversion->text, back->input->hdf5_name,
        (unsigned long long)reading->row_count,
        (unsigned long long)reading->column_count, back->input->json_name,
        file->row_count, file->column_count + 1);
    return -1;
}

static int column_check(const struct read_back *back, size_t place,
                        struct reading_column *column)
{
    const struct stock_file *file = back->input->file;
    const char *name = place ? file->column_names[place - 1] : "timestamp";
    column->name[READING_NAME_SIZE - 1] = '\0';
    if (strcmp(column->name, name) != 0) {
        line_fail(back->conversion->line, "wrong columns",
                  "%s: column %zu of %s is \"%s\"; \"%s\" is right: the timestamp "
                  "first, then the keys in the order of the first line.",
                  back->conversion->text, place, back->input->hdf5_name,
                  column->name, name);
        return -1;
    }
    if (column->type == (place ? READING_DOUBLE : READING_INT64)) return 0;
    line_fail(back->conversion->line, "wrong type", "%s: \"%s\" in %s is not of %s.",
              back->conversion->text, name, back->input->hdf5_name,
              place ? "doubles" : "64-bit whole numbers, nanoseconds since 1970");
    return -1;
}

static int moment_fail(const struct read_back *back, size_t row, int64_t found_ns)
{
    char text[TIME_SIZE];
    int64_t expected_ns = back->input->file->timestamps_ns[row];
    time_t seconds = expected_ns / 1000000000;
    struct tm tm;
    strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", gmtime_r(&seconds, &tm));
    line_fail(back->conversion->line, "wrong timestamp",
              "%s: row %zu of %s has the timestamp %lld; line %zu of %s says %s, "
              "which is %lld ns after 1970.",
              back->conversion->text, row, back->input->hdf5_name,
              (long long)found_ns, row + 1, back->input->json_name, text,
              (long long)expected_ns);
    return -1;
}

static int value_fail(const struct read_back *back, size_t row, size_t column,
                      double found)
{
    const struct stock_file *file = back->input->file;
    double expected = file->values[row * file->column_count + column];
    const char *name = file->column_names[column];
    if (isnan(expected))
        line_fail(back->conversion->line, "missing value",
                  "%s: \"%s\" in row %zu of %s is %.17g; line %zu of %s says null, "
                  "which is NaN: missing, and no number.",
                  back->conversion->text, name, row, back->input->hdf5_name, found,
                  row + 1, back->input->json_name);
    else
        line_fail(back->conversion->line, "wrong value",
                  "%s: \"%s\" in row %zu of %s is %.17g; line %zu of %s says %.17g. "
                  "Is each file converted from its own table, exactly?",
                  back->conversion->text, name, row, back->input->hdf5_name, found,
                  row + 1, back->input->json_name, expected);
    return -1;
}

static int rows_check(const struct read_back *back, const char *at)
{
    const struct stock_file *file = back->input->file;
    for (size_t row = 0; row < file->row_count; row++) {
        int64_t moment_ns;
        memcpy(&moment_ns, at, sizeof moment_ns);
        at += ITEM_BYTES;
        if (moment_ns != file->timestamps_ns[row])
            return moment_fail(back, row, moment_ns);
        for (size_t i = 0; i < file->column_count; i++, at += ITEM_BYTES) {
            double found, expected = file->values[row * file->column_count + i];
            memcpy(&found, at, sizeof found);
            if (found != expected && !(isnan(found) && isnan(expected)))
                return value_fail(back, row, i, found);
        }
    }
    return 0;
}

static int file_check(struct read_back *back)
{
    struct reading reading;
    const struct stock_file *file = back->input->file;
    if (!take(back, &reading, sizeof reading)) return broken_fail(back);
    if (shape_check(back, &reading)) return -1;
    for (size_t i = 0; i <= file->column_count; i++) {
        struct reading_column column;
        if (!take(back, &column, sizeof column)) return broken_fail(back);
        if (column_check(back, i, &column)) return -1;
    }
    size_t size = file->row_count * (file->column_count + 1) * ITEM_BYTES;
    char *rows = malloc(size + 1);
    int status = !rows ? -1 : take(back, rows, size) ? rows_check(back, rows) : 1;
    if (!rows) line_error(back->conversion->line, "there is no memory for the rows");
    free(rows);
    return status > 0 ? broken_fail(back) : status;
}

static int files_check(struct conversion *conversion, int answer)
{
    struct read_back back = {conversion, NULL, answer, 0};
    for (unsigned i = 0; i < conversion->count; i++) {
        back.input = &conversion->input[i];
        if (!back.input->status && file_check(&back)) return -1;
    }
    return 0;
}

int files_read_back(struct conversion *conversion)
{
    int answer = memfd_create("read back", MFD_CLOEXEC);
    if (answer < 0) {
        line_error(conversion->line, "no memory for reading back: %s",
                   strerror(errno));
        return -1;
    }
    int status = reader_ask(conversion, answer);
    if (!status) status = files_check(conversion, answer);
    close(answer);
    return status;
}
