// The end of a stock table, whoever has built it.

#include "stocks/stock_table.h"
#include <stdlib.h>

void stock_table_destroy(struct stock_table *table)
{
    if (!table) return;
    for (size_t i = 0; i < table->column_count; i++) {
        free(table->column_names[i]);
        free(table->columns[i]);
    }
    free(table->column_names);
    free(table->columns);
    free(table->timestamps_ns);
    free(table);
}
