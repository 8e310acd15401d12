#ifndef JUDGE_ANSWER_H
#define JUDGE_ANSWER_H

// The bytes of an answer, as the judge takes them: from a descriptor of a process that is not
// trusted, into memory of its own.

#include <stddef.h>
#include <stdint.h>
#include "judge/protocol.h"

// Takes the bytes of an answer: exactly output_size of them. 0 or -EPROTO. Closes fd.
int answer_take(const struct message *answer, uint64_t sequence, int fd,
                void *output, size_t output_size);

#endif
