#include "7.2-conversion/judge_outcome.h"
#include "7.2-conversion/judge_read_back.h"
#include "judge/trouble.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { STATUS_TEXT_SIZE = 96, ERRNO_LIMIT = 4096 };

static const char *status_text(int status, char text[STATUS_TEXT_SIZE])
{
    if (status == NO_STATUS) return "missing";
    snprintf(text, STATUS_TEXT_SIZE, "%d", status);
    if (status < 0 && status > -ERRNO_LIMIT)
        snprintf(text, STATUS_TEXT_SIZE, "%d (%s)", status, strerror(-status));
    return text;
}

// What to look at where a status is wrong.
static const char *status_advice(const struct input *input, int found)
{
    if (found == NO_STATUS)
        return "Every path is to be converted and to get its status.";
    if (found == -ECHILD && input->status != -ECHILD)
        return "Map says so of a task whose worker died: it crashed, or ended the "
               "program.";
    if (found == -ECANCELED)
        return "Map says so of a task that it did not start, because another "
               "failed: see its options.";
    return input->status ? "A file's status is what reading or writing it returned."
                         : "One bad file keeps no other from being converted.";
}

static const char *status_diagnosis(int found)
{
    return found == NO_STATUS ? "status missing"
           : found == -ECHILD ? "worker died"
                              : "wrong status";
}

static int status_check(struct conversion *conversion, unsigned place)
{
    const struct input *input = &conversion->input[place];
    int found = conversion->statuses[place];
    if (found == input->status) return 0;
    char found_text[STATUS_TEXT_SIZE], expected_text[STATUS_TEXT_SIZE];
    line_fail(conversion->line, status_diagnosis(found),
              "%s: the status of %s (%s) is %s; %s is right. %s", conversion->text,
              input->json_name, input->what ? input->what : "sound",
              status_text(found, found_text),
              status_text(input->status, expected_text),
              status_advice(input, found));
    return -1;
}

// What stood there before the call and must stand there still.
static int old_check(struct conversion *conversion, const struct input *input)
{
    char bytes[sizeof old_content + 1];
    if (!input->status || input->before != OLD_FILE_BEFORE) return 0;
    int fd = openat(conversion->folder.fd, input->hdf5_name,
                    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    ssize_t size = fd < 0 ? -1 : read(fd, bytes, sizeof bytes);
    if (size < 0) trouble_look();
    if (fd >= 0) close(fd);
    if (size == (ssize_t)sizeof old_content &&
        !memcmp(bytes, old_content, sizeof old_content))
        return 0;
    line_fail(
        conversion->line, "old file changed",
        "%s: %s (%s) cannot be converted, so the %s that was there before "
        "must stay as it was; it has been %s. Write when reading has succeeded.",
        conversion->text, input->json_name, input->what, input->hdf5_name,
        fd < 0 ? "removed" : "overwritten");
    return -1;
}

// Nothing may be in the folder but what was there and the files of what was converted.
static int folder_check(struct conversion *conversion)
{
    const char *expected[2 * INPUT_LIMIT];
    unsigned count = 0;
    for (unsigned i = 0; i < conversion->count; i++) {
        const struct input *input = &conversion->input[i];
        expected[count++] = input->json_name;
        if (!input->status || input->before != NOTHING_BEFORE)
            expected[count++] = input->hdf5_name;
    }
    const char *stranger =
        request_folder_stranger(&conversion->folder, expected, count);
    if (!stranger) return 0;
    for (unsigned i = 0; i < conversion->count; i++) {
        const struct input *input = &conversion->input[i];
        if (strcmp(stranger, input->hdf5_name) != 0) continue;
        line_fail(conversion->line, "file left by a failure",
                  "%s: %s (%s) cannot be converted, and %s appeared all the same. "
                  "Write it only when reading has succeeded.",
                  conversion->text, input->json_name, input->what, stranger);
        return -1;
    }
    line_fail(conversion->line, "stray file",
              "%s left a file \"%.64s\" in the folder. Nothing but NAME.h5 beside "
              "NAME.json belongs there.",
              conversion->text, stranger);
    return -1;
}

// What a process worker leaves open ends with it; what threads leave open stays.
static int handles_check(struct conversion *conversion)
{
    int left = conversion->statuses[conversion->count];
    if (left <= 0) return 0;
    line_fail(conversion->line, "handles left open",
              "%s left %d HDF5 objects open. Close what you open: H5Fclose for "
              "H5Fopen, H5Dclose for H5Dopen, whichever way the function ends.",
              conversion->text, left);
    return -1;
}

int outcome_check(struct conversion *conversion)
{
    char text[STATUS_TEXT_SIZE];
    if (conversion->returned != 0) {
        line_fail(
            conversion->line, "error returned",
            "%s returned %s instead of 0. That a file is bad is in its status; "
            "convert_files itself has then not failed.",
            conversion->text, status_text(conversion->returned, text));
        return -1;
    }
    for (unsigned i = 0; i < conversion->count; i++)
        if (status_check(conversion, i)) return -1;
    for (unsigned i = 0; i < conversion->count; i++)
        if (old_check(conversion, &conversion->input[i])) return -1;
    if (files_read_back(conversion)) return -1;
    return folder_check(conversion) ? -1 : handles_check(conversion);
}
