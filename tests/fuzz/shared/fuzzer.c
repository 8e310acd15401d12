// What libFuzzer calls, and what fuzzers have to say to it.

#include "fuzz/shared/fuzzer.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// libFuzzer's own name for it.
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

void claim(bool is_true, const char *promise)
{
    if (is_true) return;
    fprintf(stderr, "SUMMARY: a promise is broken: %s\n", promise);
    abort();
}

// How many bytes of a character follow its first one; -1: nothing begins so.
static int followers(unsigned char first)
{
    if (first < 0x80) return 0;
    if (first < 0xc2 || first > 0xf4) return -1;
    return first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
}

void claim_printable(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    while (*at) {
        int more = followers(*at);
        bool is_command = *at < 32 || *at == 127 ||
                          (at[0] == 0xc2 && at[1] >= 0x80 && at[1] <= 0x9f);
        claim(!is_command, "no control characters in a text");
        claim(more >= 0, "a text is UTF-8");
        for (at++; more > 0; more--, at++)
            claim((*at & 0xc0) == 0x80, "a text is UTF-8");
    }
}

// The lowest descriptor that is free: the next one that is opened.
static int next_descriptor(void)
{
    int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    close(fd);
    return fd;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    int before = next_descriptor();
    fuzz(bytes, size);
    claim(next_descriptor() == before, "no descriptor is left open");
    return 0;
}
