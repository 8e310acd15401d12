#include "judge/box_choose.h"
#include "judge/clock.h"
#include "judge/landlock.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

// The limits that a box of each kind must have been seen to keep. Without namespaces a
// plain user's processes cannot be told from the user's other ones, so their number is not
// asked for there.
static const char *const limit_names[] = {
    "work",       "files",      "network",         "read-only", "signals",
    "processors", "namespaces", "temporary files", "processes", "memory"};
enum { LIMIT_COUNT = sizeof limit_names / sizeof *limit_names, LIMIT_PROCESSES = 8 };

// Users of their own for boxes: a range that no account has. Two judges that run at the same
// time differ in their process ids, and so in their boxes' users.
enum { FIRST_UID = 61184, UIDS = 4000 };

enum { PROCESSES = 256, TRIAL_LIMIT_MS = 20000, TEXT_SIZE = 1024 };

static const uint64_t MEMORY_BYTES = UINT64_C(2) << 30;
static const uint64_t TRIAL_MEMORY_BYTES = UINT64_C(192) << 20;

static bool has_cgroups(void)
{
    cgroup_sweep();
    struct cgroup group = cgroup_create(TRIAL_MEMORY_BYTES, PROCESSES);
    bool is_made = group.count > 0;
    cgroup_destroy(&group);
    return is_made;
}

int box_candidates(struct box candidates[BOX_LIMITS], enum isolation most)
{
    bool is_root = geteuid() == 0, with_cgroups = has_cgroups();
    uid_t own_uid = FIRST_UID + (uid_t)(getpid() % UIDS);
    int count = 0;
    for (int isolation = (int)most; isolation > ISOLATION_NONE; isolation--)
        for (int with_user = is_root; with_user >= 0; with_user--)
            candidates[count++] =
                (struct box){.isolation = (enum isolation)isolation,
                             .uid = with_user ? own_uid : 0,
                             .has_cgroups = with_cgroups,
                             .memory_bytes = MEMORY_BYTES,
                             .processes = PROCESSES};
    return count;
}

// Is the number of processes a limit of that box? Where it is not, the probe must not fill
// what the user's other boxes have, too.
static bool counts_processes(const struct box *box)
{
    return box->isolation == ISOLATION_FULL || box->uid || box->has_cgroups;
}

// Runs the probe and keeps what it printed until it ended or was too slow.
static void probe_run(const struct box *box, const char *probe, const char *hidden,
                      char *text)
{
    char argument[TEXT_SIZE];
    int output[2];
    struct cgroup group;
    size_t kept = 0;
    snprintf(argument, sizeof argument, "%d:%s:%s", (int)getpid(),
             counts_processes(box) ? "processes" : "", hidden);
    *text = '\0';
    if (pipe2(output, O_CLOEXEC) < 0) return;
    struct box_command command = {.program = probe,
                                  .argument = argument,
                                  .socket = -1,
                                  .page = -1,
                                  .output = output[1]};
    pid_t pid = box_start(box, &command, &group);
    close(output[1]);
    int64_t deadline_ns = clock_now_ns() + (int64_t)TRIAL_LIMIT_MS * 1000000;
    struct pollfd wait_for = {.fd = output[0], .events = POLLIN};
    while (pid > 0 && kept < TEXT_SIZE - 1 && clock_now_ns() < deadline_ns) {
        if (poll(&wait_for, 1, TRIAL_LIMIT_MS) <= 0) break;
        ssize_t part = read(output[0], text + kept, TEXT_SIZE - 1 - kept);
        if (part <= 0) break;
        kept += (size_t)part;
        text[kept] = '\0';
    }
    close(output[0]);
    if (pid > 0) {
        kill(pid, SIGKILL);
        while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    cgroup_destroy(&group);
}

static bool has_row(const char *text, const char *row)
{
    size_t length = strlen(row);
    for (const char *at = text; (at = strstr(at, row)); at += length)
        if ((at == text || at[-1] == '\n') && at[length] == '\n') return true;
    return false;
}

// A path that is too long is none: then the limit is set from outside.
static void launcher_set(struct box *box, const char *probe)
{
    size_t size = sizeof box->launcher;
    if (snprintf(box->launcher, size, "%s", probe) >= (int)size)
        *box->launcher = '\0';
}

bool box_try(struct box *box, const char *probe, const char *hidden, char *text,
             size_t size)
{
    char printed[TEXT_SIZE];
    if (box->isolation == ISOLATION_FULL && !box->uid) launcher_set(box, probe);
    struct box trial = *box;
    trial.memory_bytes = TRIAL_MEMORY_BYTES;
    probe_run(&trial, probe, hidden, printed);
    box->verified_count = 0;
    *text = '\0';
    bool is_good = true;
    for (int i = 0; i < LIMIT_COUNT; i++) {
        if (has_row(printed, limit_names[i])) {
            box->verified[box->verified_count++] = limit_names[i];
        } else if (i != LIMIT_PROCESSES || box->isolation == ISOLATION_FULL) {
            size_t used = strlen(text);
            snprintf(text + used, size - used, "%s%s", used ? ", " : "",
                     limit_names[i]);
            is_good = false;
        }
    }
    return is_good;
}

struct box box_choose(const char *probe, const char *hidden, enum isolation most)
{
    struct box candidates[BOX_LIMITS];
    char missing[TEXT_SIZE] = "", why[256] = "";
    int count = box_candidates(candidates, most);
    for (int i = 0; i < count; i++) {
        if (box_try(&candidates[i], probe, hidden, missing, sizeof missing)) {
            snprintf(candidates[i].reason, sizeof candidates[i].reason, "%s",
                     candidates[i].isolation == ISOLATION_FULL ? "" : why);
            return candidates[i];
        }
        if (candidates[i].isolation == most && !*why)
            snprintf(why, sizeof why, "in the %s box these did not hold: %.200s",
                     isolation_name(most), missing);
    }
    struct box none = {.isolation = ISOLATION_NONE, .memory_bytes = MEMORY_BYTES};
    snprintf(none.reason, sizeof none.reason,
             "code runs with your own rights; make doctor says what is missing");
    return none;
}
