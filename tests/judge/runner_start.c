// How a runner comes to be: its box, its socket, its page, and the moment from which it only
// waits for a request.

#include "judge/runner_process.h"
#include "judge/clock.h"
#include "judge/given_environment.h"
#include "judge/trouble.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { START_LIMIT_MS = 20000, SETTLE_LOOKS = 20000, SETTLE_PAUSE_US = 100 };

static int page_create(struct runner *runner)
{
    int fd = memfd_create("page", MFD_CLOEXEC);
    if (fd < 0) return -errno;
    if (ftruncate(fd, sizeof *runner->page) == 0) {
        void *page = mmap(NULL, sizeof *runner->page, PROT_READ | PROT_WRITE,
                          MAP_SHARED, fd, 0);
        if (page != MAP_FAILED) {
            runner->page = page;
            runner->page->shake.seed = runner_shake_seed();
            return fd;
        }
    }
    int error = errno;
    close(fd);
    return -error;
}

// Waits until the runner has said READY and then sleeps in its next receive.
static int runner_settle(struct runner *runner, const struct box *box)
{
    struct message message;
    int fd;
    pid_t sender;
    int64_t deadline_ns = clock_now_ns() + (int64_t)START_LIMIT_MS * 1000000;
    int status = runner_receive(runner, &message, &fd, &sender, deadline_ns);
    if (fd >= 0) close(fd);
    if (status) return status;
    if (message.kind != MESSAGE_READY) return -EPROTO;
    runner->inside = sender;
    runner->inside_thread = message.thread;
    if (!box->tool && !process_has_given_environment(sender)) return -ESTALE;
    // Looks are counted, not time: a machine may stop as a whole for seconds.
    for (int looks = 0; looks < SETTLE_LOOKS; looks++) {
        if (tree_is_asleep(runner->pid)) return 0;
        usleep(SETTLE_PAUSE_US);
    }
    return -EBUSY;
}

int runner_start(struct runner *runner, const struct box *box, const char *program,
                 const char *folder)
{
    *runner = (struct runner){.pid = -1, .pidfd = -1, .socket = -1, .output = -1};
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    runner->watch.folder = folder_watch_start(folder);
    runner->watch.memory_bytes = box->has_cgroups ? 0 : box->memory_bytes;
    runner->watch.is_sampled = runner_is_sampled();
    runner->is_wrapped = box->isolation == ISOLATION_FULL;
    runner->reaped_before_ns = cost_reaped_ns();
    int pair[2] = {-1, -1}, output[2] = {-1, -1}, status;
    int page = page_create(runner);
    if (page < 0) return trouble_note(-page);
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0 ||
        pipe2(output, O_CLOEXEC) < 0) {
        status = -errno;
        goto out;
    }
    setsockopt(pair[0], SOL_SOCKET, SO_PASSCRED, &(int){1}, sizeof(int));
    fcntl(output[0], F_SETFL, O_NONBLOCK);
    struct box_command command = {.program = program,
                                  .folder = folder,
                                  .socket = pair[1],
                                  .page = page,
                                  .output = output[1],
                                  .is_narrow = runner_is_narrow()};
    status = box_start(box, &command, &runner->group);
    if (status < 0) goto out;
    runner->pid = status;
    runner->pidfd = pidfd_open(runner->pid, 0);
    status = runner->pidfd < 0 ? -errno : 0;
    runner->socket = pair[0];
    runner->output = output[0];
    pair[0] = output[0] = -1;
out:
    close(page);
    for (int i = 0; i < 2; i++) {
        if (pair[i] >= 0) close(pair[i]);
        if (output[i] >= 0) close(output[i]);
    }
    return status ? trouble_note(-status) : runner_settle(runner, box);
}
