#include "7.2-conversion/judge_feed.h"
#include "judge/answer.h"
#include "judge/clock.h"
#include "judge/trouble.h"
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static const int64_t STEP_NS = 2000000;
// Nobody is in the middle of a file when all have slept so long; who waits without sleeping is
// given more.
static const int64_t SETTLE_NS = 60000000;
static const int64_t SETTLE_AWAKE_NS = 400000000;

// Opening the writing end succeeds exactly when somebody has opened the other.
void input_pipes_open(struct conversion *conversion)
{
    for (unsigned i = 0; i < conversion->count; i++) {
        struct input *input = &conversion->input[i];
        if (input->pipe >= 0 || input->is_fed) continue;
        input->pipe = openat(conversion->folder.fd, input->json_name,
                             O_WRONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
        if (input->pipe < 0) trouble_look();
    }
}

// A reader that went away before it got anything may have only looked whether the file is
// there: it will come again.
static void input_feed(struct input *input)
{
    const struct stock_file *file = input->file;
    while (input->pipe >= 0) {
        ssize_t part = write(input->pipe, file->text + input->written,
                             file->text_size - input->written);
        if (part < 0 && errno == EINTR) continue;
        if (part < 0 && errno == EAGAIN) return;
        if (part < 0) trouble_look();
        if (part > 0) input->written += (size_t)part;
        bool is_gone = part < 0, is_whole = input->written == file->text_size;
        if (!is_gone && !is_whole) continue;
        input->is_fed = is_whole || input->written > 0;
        close(input->pipe);
        input->pipe = -1;
    }
}

// A file may be read more than once. When all sleep, nobody is in the middle of one, so who
// has a pipe open waits at its beginning: input_pipes_open finds them again.
static void inputs_rewind(struct conversion *conversion)
{
    for (unsigned i = 0; i < conversion->count; i++) {
        struct input *input = &conversion->input[i];
        if (!input->is_fed) continue;
        input->is_fed = false;
        input->written = 0;
    }
}

// Writes to those of the first `count` that are being read.
static void inputs_feed(struct conversion *conversion, unsigned count)
{
    input_pipes_open(conversion);
    for (unsigned i = 0; i < count; i++) input_feed(&conversion->input[i]);
}

int files_feed(struct conversion *conversion, struct runner *runner,
               uint64_t sequence)
{
    struct message message;
    struct tree_stillness stillness = {0};
    int fd, status;
    unsigned count = conversion->delivery == DELIVER_FIRST ? 1 : conversion->count;
    pid_t sender;
    size_t size = (conversion->count + ANSWER_EXTRA) * sizeof *conversion->statuses;
    int64_t begin_ns = clock_now_ns(), spent_ns = 0;
    do {
        inputs_feed(conversion, count);
        int64_t still_ns = tree_still_ns(&stillness, runner->pid, false);
        bool is_past_first = still_ns > SETTLE_NS && conversion->input[0].is_fed;
        if (is_past_first || spent_ns > SETTLE_AWAKE_NS) count = conversion->count;
        if (still_ns > SETTLE_NS) {
            inputs_rewind(conversion);
            stillness.since_ns = 0;
        }
        int64_t until_ns = clock_now_ns() + STEP_NS;
        status = runner_receive(runner, &message, &fd, &sender, until_ns);
        spent_ns = clock_now_ns() - begin_ns;
    } while (status == -ETIMEDOUT && spent_ns < conversion->limit_ns);
    if (status) return status;
    conversion->returned = message.status;
    return answer_take(&message, sequence, fd, conversion->statuses, size);
}

void files_release(struct conversion *conversion)
{
    for (unsigned i = 0; i < conversion->count; i++) {
        struct input *input = &conversion->input[i];
        if (input->pipe >= 0) close(input->pipe);
        input->pipe = -1;
        input->is_fed = false;
        input->written = 0;
    }
}
