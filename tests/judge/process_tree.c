#include "judge/process_tree.h"
#include "judge/clock.h"
#include "judge/trouble.h"
#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TREE_LIMIT = 4096, TEXT_SIZE = 4096 };

// Reads a small file of /proc into text; false when it is gone.
static bool proc_read(const char *path, char text[static TEXT_SIZE])
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return trouble_look(), false;
    ssize_t size = read(fd, text, TEXT_SIZE - 1);
    close(fd);
    if (size < 0) return false;
    text[size] = '\0';
    return true;
}

static bool threads_visit(pid_t pid, thread_visit_fn *visit, void *context)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
    DIR *folder = opendir(path);
    if (!folder) return trouble_look(), true;
    bool go_on = true;
    for (struct dirent *entry; go_on && (entry = readdir(folder));)
        if (entry->d_name[0] != '.')
            go_on = visit(pid, (pid_t)atoi(entry->d_name), context);
    closedir(folder);
    return go_on;
}

struct pid_list {
    pid_t *pids;
    unsigned count;
    unsigned limit;
};

// Adds the numbers in text, of which each ends with a blank; what is left is the beginning of the
// next one.
static const char *pids_add(struct pid_list *list, const char *text)
{
    for (const char *end; (end = strchr(text, ' ')); text = end + 1)
        if (list->count < list->limit) list->pids[list->count++] = (pid_t)atoi(text);
    return text;
}

static bool children_add(pid_t pid, pid_t thread, void *context)
{
    char path[64], text[TEXT_SIZE];
    size_t kept = 0;
    ssize_t size;
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)pid, (int)thread);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return trouble_look(), true;
    while ((size = read(fd, text + kept, sizeof text - 1 - kept)) > 0) {
        text[kept + (size_t)size] = '\0';
        const char *rest = pids_add(context, text);
        kept = strlen(rest);
        memmove(text, rest, kept);
    }
    close(fd);
    return true;
}

unsigned tree_pids(pid_t root, pid_t pids[], unsigned limit)
{
    struct pid_list list = {pids, 0, limit};
    if (limit) pids[list.count++] = root;
    for (unsigned i = 0; i < list.count; i++)
        threads_visit(pids[i], children_add, &list);
    return list.count;
}

bool tree_visit(pid_t root, thread_visit_fn *visit, void *context)
{
    static pid_t pids[TREE_LIMIT];
    unsigned count = tree_pids(root, pids, TREE_LIMIT);
    for (unsigned i = 0; i < count; i++)
        if (!threads_visit(pids[i], visit, context)) return false;
    return true;
}

static bool schedstat_read(pid_t pid, pid_t thread, uint64_t *run_ns,
                           uint64_t *wait_ns)
{
    char path[64], text[TEXT_SIZE];
    snprintf(path, sizeof path, "/proc/%d/task/%d/schedstat", (int)pid, (int)thread);
    return proc_read(path, text) &&
           sscanf(text, "%" SCNu64 " %" SCNu64, run_ns, wait_ns) == 2;
}

static bool thread_count(pid_t pid, pid_t thread, void *context)
{
    uint64_t run_ns, wait_ns;
    *(unsigned *)context += schedstat_read(pid, thread, &run_ns, &wait_ns);
    return true;
}

unsigned tree_thread_count(pid_t root)
{
    unsigned count = 0;
    tree_visit(root, thread_count, &count);
    return count;
}

static bool run_add(pid_t pid, pid_t thread, void *context)
{
    uint64_t run_ns, wait_ns;
    if (schedstat_read(pid, thread, &run_ns, &wait_ns))
        *(uint64_t *)context += run_ns;
    return true;
}

// The state letter of a thread stands after its name, which may itself hold parentheses.
static char thread_state(pid_t pid, pid_t thread)
{
    char path[64], text[TEXT_SIZE];
    snprintf(path, sizeof path, "/proc/%d/task/%d/stat", (int)pid, (int)thread);
    if (!proc_read(path, text)) return 'X';
    const char *end = strrchr(text, ')');
    return end && end[1] ? end[2] : 'X';
}

static bool thread_sleeps(pid_t pid, pid_t thread, void *unused)
{
    char state = thread_state(pid, thread);
    return state == 'S' || state == 'Z' || state == 'X';
}

bool process_has_ended(pid_t pid)
{
    char state = thread_state(pid, pid);
    return state == 'Z' || state == 'X';
}

bool tree_is_asleep(pid_t root)
{
    return tree_visit(root, thread_sleeps, NULL);
}

int64_t tree_still_ns(struct tree_stillness *stillness, pid_t root, bool has_moved)
{
    uint64_t run_ns = 0;
    tree_visit(root, run_add, &run_ns);
    bool is_still =
        !has_moved && run_ns == stillness->run_ns && tree_is_asleep(root);
    if (!is_still || !stillness->since_ns) stillness->since_ns = clock_now_ns();
    stillness->run_ns = run_ns;
    return clock_now_ns() - stillness->since_ns;
}

// The innermost id is the last number of the line NSpid of a thread's status.
static pid_t thread_inner_id(pid_t pid, pid_t thread)
{
    char path[64], text[TEXT_SIZE];
    snprintf(path, sizeof path, "/proc/%d/task/%d/status", (int)pid, (int)thread);
    if (!proc_read(path, text)) return -1;
    char *line = strstr(text, "\nNSpid:");
    if (!line) return thread;
    line[strcspn(line + 1, "\n") + 1] = '\0';
    char *last = strrchr(line, '\t');
    return last ? (pid_t)atoi(last + 1) : thread;
}

struct thread_visit {
    tree_thread_fn *visit;
    void *context;
};

static bool thread_pass(pid_t pid, pid_t thread, void *context)
{
    const struct thread_visit *to = context;
    uint64_t run_ns, wait_ns;
    if (schedstat_read(pid, thread, &run_ns, &wait_ns))
        to->visit(thread_inner_id(pid, pid), thread_inner_id(pid, thread), run_ns,
                  wait_ns, to->context);
    return true;
}

void tree_threads_visit(pid_t root, tree_thread_fn *visit, void *context)
{
    struct thread_visit to = {visit, context};
    tree_visit(root, thread_pass, &to);
}

struct inner_search {
    pid_t inner;
    bool found;
};

static bool inner_match(pid_t pid, pid_t thread, void *context)
{
    struct inner_search *search = context;
    search->found = thread_inner_id(pid, thread) == search->inner &&
                    thread_state(pid, thread) == 'S';
    return !search->found;
}

bool tree_thread_is_asleep(pid_t pid, pid_t inner)
{
    struct inner_search search = {inner, false};
    threads_visit(pid, inner_match, &search);
    return search.found;
}
