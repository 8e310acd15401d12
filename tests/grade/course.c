#include "grade/course.h"
#include "grade/text.h"

char *course_path(const struct course *course, const char *folder,
                  const struct submission *submission, const char *end)
{
    return text_format("%s/%s/%s%s", course->out, folder, submission->safe, end);
}
