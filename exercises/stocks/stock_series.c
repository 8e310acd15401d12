// A series in memory, and as one block of bytes to cross from process to process:
// length, timestamps, values, each of 8 bytes, in this machine's order.

#include "stocks/stock_series.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

// Marks a block as a series, so that other bytes are not taken for one.
static const uint64_t pack_mark = 0x5345524945533031;

struct pack_header {
    uint64_t mark;
    uint64_t length;
};

enum { BYTES_PER_MOMENT = sizeof(int64_t) + sizeof(double) };

void stock_series_close(struct stock_series *series)
{
    free(series->timestamps_ns);
    free(series->values);
    *series = (struct stock_series){0};
}

void *stock_series_pack(const struct stock_series *series, size_t *size_bytes)
{
    struct pack_header header = {pack_mark, series->length};
    size_t array_bytes = series->length * sizeof(double);
    *size_bytes = sizeof header + 2 * array_bytes;
    char *bytes = malloc(*size_bytes);
    if (!bytes) return NULL;
    memcpy(bytes, &header, sizeof header);
    if (series->length == 0) return bytes;
    memcpy(bytes + sizeof header, series->timestamps_ns, array_bytes);
    memcpy(bytes + sizeof header + array_bytes, series->values, array_bytes);
    return bytes;
}

int stock_series_unpack(const void *bytes, size_t size_bytes,
                        struct stock_series *series)
{
    struct pack_header header;
    *series = (struct stock_series){0};
    if (size_bytes < sizeof header) return -EINVAL;
    memcpy(&header, bytes, sizeof header);
    size_t rest = size_bytes - sizeof header;
    if (header.mark != pack_mark || rest % BYTES_PER_MOMENT != 0 ||
        header.length != rest / BYTES_PER_MOMENT)
        return -EINVAL;
    series->timestamps_ns = malloc(rest / 2 + 1);
    series->values = malloc(rest / 2 + 1);
    if (!series->timestamps_ns || !series->values) {
        stock_series_close(series);
        return -ENOMEM;
    }
    series->length = header.length;
    memcpy(series->timestamps_ns, (const char *)bytes + sizeof header, rest / 2);
    memcpy(series->values, (const char *)bytes + sizeof header + rest / 2, rest / 2);
    return 0;
}
