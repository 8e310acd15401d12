#ifndef STOCKS_TABLE_BUILDER_H
#define STOCKS_TABLE_BUILDER_H

// A stock table that grows: columns first, then rows. Internal.

#include "stocks/stock_table.h"

struct table_builder {
    struct stock_table *table; // owned until table_builder_finish
    size_t capacity;           // rows that the arrays have room for
    size_t limit_bytes; // the arrays take no more; 0: what memory_budget_bytes says
};

int table_builder_init(struct table_builder *builder, size_t limit_bytes);

// Frees the table, unless it has been finished.
void table_builder_close(struct table_builder *builder);

// A new last column; only while there are no rows. The name is copied.
int table_builder_add_column(struct table_builder *builder, const char *name);

// Room for one more row, which the caller fills at index table->row_count and counts
// there. 0, -ENOMEM, or -EFBIG (limit_bytes, or what the machine has free, does not
// allow it).
int table_builder_reserve_row(struct table_builder *builder);

// The table, owned by the caller (stock_table_destroy).
struct stock_table *table_builder_finish(struct table_builder *builder);

#endif
