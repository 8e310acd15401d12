// One suite, printed as TAP: Check's own summary counts tests, but says nothing of a
// program that ended before its last one, while TAP's closing plan is missing then.

#include "unit.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int unit_run(Suite *suite)
{
    char turn[40] = "/tmp/unit-turn-XXXXXX";
    int fd = mkstemp(turn);
    if (fd < 0) return EXIT_FAILURE;
    setenv("WORKBOOK_TURN", turn, 1); // no test waits for a judge that measures
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    unlink(turn);
    strcat(turn, "-next");
    unlink(turn);
    close(fd);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
