#ifndef STOCKS_STOCK_TABLE_JSON_H
#define STOCKS_STOCK_TABLE_JSON_H

// stock_table_read_json with a limit of one's own. Internal.

#include "stocks/stock_table.h"

// As stock_table_read_json; the table takes at most limit_bytes (0: what the machine
// allows), else NULL with errno EFBIG.
struct stock_table *stock_table_read_json_within(const char *path,
                                                 size_t limit_bytes,
                                                 struct stock_error *error);

#endif
