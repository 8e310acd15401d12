// What a student's code prints, and may make up: a sanitizer's report in it becomes a sentence
// without control characters, and its end is kept for the student.

#include "fuzz/shared/fuzzer.h"
#include "judge/printed.h"
#include "judge/rubric.h"
#include "judge/sanitizer_report.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct printed printed;

static void printed_fill(const uint8_t *bytes, size_t size)
{
    int ends[2];
    if (pipe2(ends, O_NONBLOCK)) abort();
    memset(&printed, 0, sizeof printed);
    for (int i = 0; i < 1 + (size > 8 && *bytes == '*' ? 40 : 0); i++) {
        if (size && write(ends[1], bytes, size) < 0) abort();
        printed_take(&printed, ends[0]);
    }
    printed_close(&printed);
    close(ends[0]);
    close(ends[1]);
}

void fuzz(const uint8_t *bytes, size_t size)
{
    static struct line line;
    printed_fill(bytes, size);
    claim(printed.size < sizeof printed.text && !printed.text[printed.size],
          "what is kept has an end");
    struct report report = sanitizer_report(printed.text, "submit.c");
    claim((report.kind == REPORT_FINDING) == (*report.diagnosis != '\0'),
          "a finding has a name");
    line_printed(&line, printed.text, printed.size);
    claim(strlen(line.printed) < sizeof line.printed, "what is kept fits");
    for (const char *at = line.printed; *at; at++)
        claim(*at == '\n' || *at == '\t' || (unsigned char)*at >= 32,
              "what is shown commands no terminal");
}
