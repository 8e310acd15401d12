// Includes the solution, by ways that lead there from where it is compiled.
// caught by: build
// says: solution
// points: 0

#include "submit.h"

#if __has_include("../../solutions/7.1-submit/submit.c")
#include "../../solutions/7.1-submit/submit.c"
#elif __has_include("../../../solutions/7.1-submit/submit.c")
#include "../../../solutions/7.1-submit/submit.c"
#elif __has_include("../../../../solutions/7.1-submit/submit.c")
#include "../../../../solutions/7.1-submit/submit.c"
#elif __has_include("../../../../../solutions/7.1-submit/submit.c")
#include "../../../../../solutions/7.1-submit/submit.c"
#elif __has_include("../../../../../../solutions/7.1-submit/submit.c")
#include "../../../../../../solutions/7.1-submit/submit.c"
#elif __has_include(<../solutions/7.1-submit/submit.c>)
#include <../solutions/7.1-submit/submit.c>
#else
#error "no solution in sight"
#endif
