// The answer of load_series, of a runner that says what it likes, beside what the judge expects:
// counts, timestamps, values and the status returned may be any numbers.

#define load_call_make load_call_invent
#include "../7.3-correlations/judge_loading.c"
#undef load_call_make
#include "fuzz/shared/fuzzer.h"
#include "fuzz/shared/parts.h"

static struct parts parts;

// In the place of the runner. Without bytes it is a right answer, of no file.
int load_call_invent(struct load_call *call)
{
    call->returned = (int)parts_wide(&parts);
    memset(&call->answer, 0, sizeof call->answer);
    parts_fill(&parts, &call->answer, sizeof call->answer);
    return 0;
}

void fuzz(const uint8_t *bytes, size_t size)
{
    static struct line line;
    static struct load_call call;
    memset(&line, 0, sizeof line);
    call =
        (struct load_call){.line = &line, .column = "close", .folder = "/nowhere"};
    parts = (struct parts){bytes, size};
    call.executor = parts_number(&parts, 2);
    bool is_failing = parts_number(&parts, 2);
    for (unsigned count = parts_number(&parts, LOAD_FILES + 1); count > 0; count--)
        load_call_add(&call, load_file_names[count - 1]);
    int status = is_failing ? failure_check(&call, -ENOENT, "it is not there")
                            : aligned_check(&call);
    claim((status == 0) == (line.status == LINE_NOT_RUN),
          "a wrong answer has a verdict");
    claim(status || call.returned == (is_failing ? -ENOENT : 0),
          "the status is the right one");
}
