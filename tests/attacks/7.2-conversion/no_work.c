// Says that all went well, and does nothing.
// caught by: threads: every value arrives
// says: is not there
// points: 0

#include "conversion.h"

int convert_files(enum executor_kind kind, int workers,
                  const char *const json_paths[], size_t count, int statuses[])
{
    for (size_t k = 0; k < count; k++) statuses[k] = 0;
    return 0;
}
