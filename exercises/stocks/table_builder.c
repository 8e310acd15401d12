// Arrays that double. Before they become large, what the machine has free is asked:
// a table that does not fit is refused while the machine still runs well.

#include "stocks/table_builder.h"
#include "stocks/memory_budget.h"
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const size_t first_capacity = 4096;
static const size_t small_bytes = 16 * 1024 * 1024; // less needs no question

int table_builder_init(struct table_builder *builder, size_t limit_bytes)
{
    *builder = (struct table_builder){.limit_bytes = limit_bytes};
    builder->table = calloc(1, sizeof *builder->table);
    return builder->table ? 0 : -ENOMEM;
}

void table_builder_close(struct table_builder *builder)
{
    stock_table_destroy(builder->table);
    builder->table = NULL;
}

// Pointers to columns grow by doubling as well: at each power of two they are full.
static int grow_pointers(struct stock_table *table)
{
    size_t count = table->column_count, room = count ? count * 2 : 1;
    if (count & (count - 1)) return 0;
    char **names = realloc(table->column_names, room * sizeof *names);
    if (!names) return -ENOMEM;
    table->column_names = names;
    double **columns = realloc(table->columns, room * sizeof *columns);
    if (!columns) return -ENOMEM;
    table->columns = columns;
    return 0;
}

int table_builder_add_column(struct table_builder *builder, const char *name)
{
    struct stock_table *table = builder->table;
    size_t count = table->column_count;
    if (grow_pointers(table) < 0) return -ENOMEM;
    table->columns[count] = NULL;
    table->column_names[count] = strdup(name);
    if (!table->column_names[count]) return -ENOMEM;
    table->column_count++;
    return 0;
}

static int allow(const struct table_builder *builder, size_t bytes)
{
    size_t limit = builder->limit_bytes;
    if (limit == 0)
        limit = bytes <= small_bytes ? small_bytes : memory_budget_bytes();
    return bytes <= limit ? 0 : -EFBIG;
}

static int grow_rows(struct stock_table *table, size_t capacity)
{
    int64_t *moments = realloc(table->timestamps_ns, capacity * sizeof *moments);
    if (!moments) return -ENOMEM;
    table->timestamps_ns = moments;
    for (size_t i = 0; i < table->column_count; i++) {
        double *column = realloc(table->columns[i], capacity * sizeof *column);
        if (!column) return -ENOMEM;
        table->columns[i] = column;
    }
    return 0;
}

int table_builder_reserve_row(struct table_builder *builder)
{
    struct stock_table *table = builder->table;
    if (table->row_count < builder->capacity) return 0;
    size_t capacity = builder->capacity ? builder->capacity * 2 : first_capacity;
    size_t row_bytes = (table->column_count + 1) * sizeof(double);
    if (capacity > SIZE_MAX / row_bytes) return -EFBIG;
    int status = allow(builder, capacity * row_bytes);
    if (status == 0) status = grow_rows(table, capacity);
    if (status == 0) builder->capacity = capacity;
    return status;
}

struct stock_table *table_builder_finish(struct table_builder *builder)
{
    struct stock_table *table = builder->table;
    builder->table = NULL;
    return table;
}
