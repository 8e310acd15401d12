// Files of JSON lines, as 7.2 reads them: a table in order, or a sentence with the file's name.

#include "fuzz/shared/fuzzer.h"
#include "fuzz/shared/input_file.h"
#include "stocks/stock_table.h"
#include <errno.h>
#include <string.h>

static void table_check(const struct stock_table *table)
{
    for (size_t row = 1; row < table->row_count; row++)
        claim(table->timestamps_ns[row] > table->timestamps_ns[row - 1],
              "timestamps increase");
    for (size_t i = 0; i < table->column_count; i++)
        claim(*table->column_names[i] &&
                  strcmp(table->column_names[i], "timestamp") != 0,
              "columns have names");
}

void fuzz(const uint8_t *bytes, size_t size)
{
    struct stock_error error = {""};
    const char *path = input_file(bytes, size);
    errno = 0;
    struct stock_table *table = stock_table_read_json(path, &error);
    if (table) {
        table_check(table);
    } else {
        claim(errno == EINVAL, "a bad line is EINVAL");
        claim(strncmp(error.text, path, strlen(path)) == 0, "the file is named");
        claim_printable(error.text);
    }
    stock_table_destroy(table);
}
