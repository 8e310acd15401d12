#ifndef RANDOM_STREAM_H
#define RANDOM_STREAM_H

// A stream of random whole numbers, the same on every machine: integers only,
// because the last digit of floating point depends on compiler and processor.
//
//     struct random_stream stream = random_stream_start(seed, 7);
//     int64_t move_ppm = random_stream_normal(&stream, 9000);

#include <stdint.h>

struct random_stream {
    uint64_t state;
};

// Stream number `number` of a seed: other numbers and other seeds give unrelated
// streams.
struct random_stream random_stream_start(uint64_t seed, uint64_t number);

// The next 64 random bits.
// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators",
// 2014.
uint64_t random_stream_next(struct random_stream *stream);

// One of least .. most, each as likely as any other.
int64_t random_stream_between(struct random_stream *stream, int64_t least,
                              int64_t most);

// Nearly normal, around 0, within six times the standard deviation (at most 2^40):
// the sum of twelve uniform numbers has variance 1.
int64_t random_stream_normal(struct random_stream *stream,
                             int64_t standard_deviation);

#endif
