// The judge copies the files' bytes into a memfd for the reader, which sees no folder.

#include "7.2-conversion/judge_reader.h"
#include "judge/bytes_write.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { READER_LIMIT_MS = 20000, SIZE_LIMIT = 1 << 28 };

// Appends a file's bytes; its size in *size. 0 or a negative errno: -ESTALE when it is no
// regular file, -EFBIG.
static int file_append(const struct conversion *conversion,
                       const struct input *input, int out, uint64_t *size)
{
    char bytes[65536];
    struct stat what;
    int status = 0, fd = openat(conversion->folder.fd, input->hdf5_name,
                                O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) return errno == ELOOP ? -ESTALE : -errno;
    *size = 0;
    if (fstat(fd, &what) < 0 || !S_ISREG(what.st_mode)) status = -ESTALE;
    while (!status) {
        ssize_t part = read(fd, bytes, sizeof bytes);
        if (part <= 0) {
            status = part < 0 ? -errno : 0;
            break;
        }
        *size += (uint64_t)part;
        if (*size > SIZE_LIMIT) status = -EFBIG;
        if (!status) status = bytes_write(out, bytes, (size_t)part);
    }
    close(fd);
    return status;
}

static int files_append(struct conversion *conversion, struct reading_input *head,
                        int out)
{
    for (unsigned i = 0; i < conversion->count; i++) {
        const struct input *input = &conversion->input[i];
        if (input->status) continue;
        int status =
            file_append(conversion, input, out, &head->size_bytes[head->count++]);
        if (status == -ENOENT)
            return input_fail(conversion, input, "file missing", "is not there");
        if (status == -ESTALE)
            return input_fail(conversion, input, "bad file", "is no regular file");
        if (status == -EFBIG)
            return input_fail(conversion, input, "bad file", "is far too large");
        if (status) {
            line_error(conversion->line, "%s could not be read: %s",
                       input->hdf5_name, strerror(-status));
            return -1;
        }
    }
    return 0;
}

// Runs the reader to its end, whatever that is. 0 or a negative errno.
static int reader_run(const struct exercise *exercise, int input, int answer)
{
    char program[PATH_SIZE + 8];
    const char *slash = strrchr(exercise->baseline, '/');
    snprintf(program, sizeof program, "%.*s/reader",
             (int)(slash - exercise->baseline), exercise->baseline);
    struct box_command command = {
        .program = program, .socket = input, .page = answer, .output = -1};
    struct cgroup group;
    pid_t pid = box_start(exercise->box, &command, &group);
    if (pid < 0) return pid;
    struct pollfd ended = {.fd = pidfd_open(pid, 0), .events = POLLIN};
    int status = ended.fd < 0 ? -errno : 0, how = 0;
    if (status || poll(&ended, 1, READER_LIMIT_MS) <= 0) kill(pid, SIGKILL);
    if (ended.fd >= 0) close(ended.fd);
    while (waitpid(pid, &how, 0) < 0 && errno == EINTR)
        ;
    cgroup_destroy(&group);
    return status;
}

int reader_ask(struct conversion *conversion, int answer)
{
    struct reading_input head = {0};
    int input = memfd_create("files", MFD_CLOEXEC), how = 0;
    if (input < 0 || lseek(input, sizeof head, SEEK_SET) < 0)
        how = -errno;
    else if (files_append(conversion, &head, input)) {
        close(input);
        return -1;
    } else if (pwrite(input, &head, sizeof head, 0) != (ssize_t)sizeof head)
        how = -EIO;
    else
        how = reader_run(conversion->line->exercise, input, answer);
    if (input >= 0) close(input);
    if (how < 0)
        line_error(conversion->line, "the reader did not run: %s", strerror(-how));
    return how < 0 ? -1 : 0;
}
