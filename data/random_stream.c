// Random whole numbers: a counter that steps by an odd constant, and a function that
// mixes its bits. Nothing here may depend on the order in which a compiler evaluates
// a sum.

#include "random_stream.h"

static const uint64_t STEP = 0x9e3779b97f4a7c15; // 2^64 / golden ratio, odd

static uint64_t mixed(uint64_t bits)
{
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
    return bits ^ (bits >> 31);
}

struct random_stream random_stream_start(uint64_t seed, uint64_t number)
{
    return (struct random_stream){mixed(mixed(seed + STEP) ^ (number + 1) * STEP)};
}

uint64_t random_stream_next(struct random_stream *stream)
{
    stream->state += STEP;
    return mixed(stream->state);
}

int64_t random_stream_between(struct random_stream *stream, int64_t least,
                              int64_t most)
{
    // The remainder favours small numbers by less than one in 2^64 / (most - least).
    return least +
           (int64_t)(random_stream_next(stream) % (uint64_t)(most - least + 1));
}

int64_t random_stream_normal(struct random_stream *stream,
                             int64_t standard_deviation)
{
    int64_t sum = -6 * 65536; // the mean of twelve numbers of 16 bits
    for (int word = 0; word < 3; word++) {
        uint64_t bits = random_stream_next(stream);
        for (int shift = 0; shift < 64; shift += 16)
            sum += (int64_t)(bits >> shift & 0xffff);
    }
    return sum * standard_deviation / 65536;
}
