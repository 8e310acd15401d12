// Includes the judge's own files, by ways that lead there from where it is compiled.
// caught by: build
// says: test
// points: 0

#include "submit.h"

#if __has_include("../../../../../tests/7.1-submit/judge.c")
#include "../../../../../tests/7.1-submit/judge.c"
#elif __has_include("../../../../../../tests/7.1-submit/judge.c")
#include "../../../../../../tests/7.1-submit/judge.c"
#elif __has_include(<../tests/judge/protocol.h>)
#include <../tests/judge/protocol.h>
#else
#error "no test in sight"
#endif

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    return 0;
}
