// One suite, printed as TAP: Check's own summary counts tests, but says nothing of a
// program that ended before its last one, while TAP's closing plan is missing then.

#include "unit.h"
#include <stdlib.h>

int unit_run(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
