#include "grade/course.h"
#include "grade/intake.h"
#include "grade/text.h"
#include <stdlib.h>

char *course_path(const struct course *course, const char *folder,
                  const struct submission *submission, const char *end)
{
    return text_format("%s/%s/%s%s", course->out, folder, submission->safe, end);
}

int course_hashes_take(struct course *course)
{
    char *script = text_format(
        "cat %s/tests/judge/judge %s/tests/judge/probe/main "
        "%s/tests/7.*/parts/* %s/tests/7.*/baseline tests/7.*/speedup.txt",
        course->built, course->built, course->built, course->built);
    int status = hash_of_command(course->root, script, course->grader);
    if (!status)
        status = hash_of_command(course->root, "cat tests/7.*/points.txt",
                                 course->points);
    free(script);
    return status;
}
