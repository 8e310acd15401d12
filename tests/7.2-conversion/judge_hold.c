#include "7.2-conversion/judge_hold.h"
#include "7.2-conversion/judge_feed.h"
#include "judge/blocked_reads.h"
#include "judge/clock.h"
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

static const int64_t STEP_NS = 2000000;
// Time for workers to come beyond those that there shall be, when all sleep, and when the
// one who waits for them does it without sleeping.
static const int64_t SETTLE_NS = 60000000;
static const int64_t SETTLE_AWAKE_NS = 400000000;
enum { READS_LIMIT = 256 };

// Who waits for a pipe of ours, all at the same moment.
struct waiting {
    int threads;
    int processes;
};

static bool is_ours(const struct conversion *conversion,
                    const struct blocked_read *read)
{
    struct stat what;
    for (unsigned i = 0; i < conversion->count; i++) {
        int pipe = conversion->input[i].pipe;
        if (pipe >= 0 && fstat(pipe, &what) == 0 && what.st_ino == read->inode &&
            what.st_dev == read->device)
            return true;
    }
    return false;
}

// 0, or -EACCES where this machine does not show it.
static int waiting_count(const struct conversion *conversion,
                         const struct runner *runner, struct waiting *waiting)
{
    static struct blocked_read reads[READS_LIMIT];
    *waiting = (struct waiting){0, 0};
    int count = blocked_reads_find(runner->pid, reads, READS_LIMIT);
    if (count < 0) return count;
    for (int i = 0; i < count; i++) {
        if (!is_ours(conversion, &reads[i])) continue;
        bool is_new = true;
        for (int k = 0; k < i; k++)
            is_new &= reads[k].process != reads[i].process ||
                      !is_ours(conversion, &reads[k]);
        waiting->threads++;
        waiting->processes += is_new;
    }
    return 0;
}

static int inside(const struct conversion *conversion, const struct waiting *waiting)
{
    return conversion->executor == EXECUTOR_PROCESSES ? waiting->processes
                                                      : waiting->threads;
}

static int too_few_fail(struct conversion *conversion, const struct runner *runner,
                        const struct waiting *most)
{
    struct line *line = conversion->line;
    int threads = (int)tree_thread_count(runner->pid) - (int)runner->before.count;
    if (most->threads >= conversion->workers)
        line_fail(line, "threads for processes",
                  "%s: the files are read by threads of one process. Hand the kind "
                  "that convert_files was given to executor_create.",
                  conversion->text);
    else if (most->threads == 0)
        line_fail(line, "not read",
                  "%s: no file is being read. Each file is to be opened once, by "
                  "stock_table_read_json, and read to its end.",
                  conversion->text);
    else if (most->threads > 1)
        line_fail(
            line, "too few at once",
            "%s: at most %d files were being read at the same time, and %d can. "
            "Does the executor get all its workers, and each file its own task?",
            conversion->text, most->threads, conversion->workers);
    else if (threads <= 0)
        line_fail(line, "nothing in parallel",
                  "%s: the second file is opened only when the first is done. Hand "
                  "all files to an executor, with executor_map.",
                  conversion->text);
    else if (threads < conversion->workers)
        line_fail(
            line, "submit-then-wait",
            "%s: a worker reads one file, and no second worker has begun: each "
            "file is waited for before the next is handed out. Hand out all "
            "files first, as executor_map does.",
            conversion->text);
    else
        line_fail(
            line, "one at a time",
            "%s: there are workers, but one file is read at a time. Is a lock "
            "held around the conversion, or each file waited for before the next "
            "is handed out?",
            conversion->text);
    return -1;
}

static int answered_fail(struct conversion *conversion,
                         const struct message *message, int fd)
{
    if (fd >= 0) close(fd);
    if (message->kind != MESSAGE_ANSWER) return -EPROTO;
    line_fail(conversion->line, "returned too early",
              "%s returned %d before the files were read. It may return when every "
              "file is converted or has its status.",
              conversion->text, message->status);
    return -1;
}

// More than there shall be: seen once those that could come have come.
static int surplus_check(struct conversion *conversion,
                         const struct waiting *waiting)
{
    if (conversion->executor == EXECUTOR_THREADS && waiting->processes > 1) {
        line_fail(conversion->line, "processes for threads",
                  "%s: the files are read by %d processes. Hand the kind that "
                  "convert_files was given to executor_create.",
                  conversion->text, waiting->processes);
        return -1;
    }
    // The thread that called convert_files may lend a hand.
    if (inside(conversion, waiting) <= conversion->workers + 1) return 0;
    line_fail(conversion->line, "too many at once",
              "%s: %d files were being read at the same time. The number of workers "
              "is for the executor: with a thousand files there are no thousand.",
              conversion->text, inside(conversion, waiting));
    return -1;
}

static void keep_most(struct waiting *most, const struct waiting *now)
{
    if (now->threads > most->threads) most->threads = now->threads;
    if (now->processes > most->processes) most->processes = now->processes;
}

// No pipe can be told from another where /proc does not say who waits for which.
static int hidden_pend(struct conversion *conversion)
{
    line_pend(conversion->line,
              "not checked here: this machine does not show what a "
              "thread waits for");
    return -1;
}

int files_hold(struct conversion *conversion, struct runner *runner)
{
    struct message message;
    struct waiting now, most = {0, 0};
    struct tree_stillness stillness = {0};
    int64_t limit_ns = clock_now_ns() + conversion->limit_ns;
    int64_t lacking_ns = clock_now_ns(); // when there were too few last
    int fd;
    pid_t sender;
    while (clock_now_ns() < limit_ns) {
        int64_t until_ns = clock_now_ns() + STEP_NS;
        int status = runner_receive(runner, &message, &fd, &sender, until_ns);
        if (!status) return answered_fail(conversion, &message, fd);
        if (status != -ETIMEDOUT) return status;
        input_pipes_open(conversion);
        if (waiting_count(conversion, runner, &now)) return hidden_pend(conversion);
        bool has_more = now.threads > most.threads || now.processes > most.processes;
        keep_most(&most, &now);
        int64_t slept_ns = tree_still_ns(&stillness, runner->pid, has_more);
        bool is_enough = inside(conversion, &now) >= conversion->workers;
        if (!is_enough) lacking_ns = clock_now_ns();
        bool is_settled =
            slept_ns > SETTLE_NS || clock_now_ns() - lacking_ns > SETTLE_AWAKE_NS;
        if (is_enough && is_settled) return surplus_check(conversion, &now);
        if (slept_ns > TREE_STUCK_NS) break;
    }
    return too_few_fail(conversion, runner, &most);
}
