#ifndef STOCKS_MEMORY_BUDGET_H
#define STOCKS_MEMORY_BUDGET_H

// How much memory one table may take before it would hurt the machine. Internal.

#include <stddef.h>

// A quarter of what is free now (in this machine, in its control group, under this
// process's limit), so that the table, its rows and its file all fit. Reads a few
// small files of the system: ask only when megabytes are wanted.
size_t memory_budget_bytes(void);

#endif
