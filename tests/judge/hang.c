#include "judge/hang.h"
#include "judge/process_tree.h"
#include "judge/runner_process.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { LOOKS = 5 };

// The number of a future, counted from 1 as a person does; 0: not known. The newest first,
// since memory that was freed is used again.
static unsigned future_number(const struct wait_board *board, const void *future)
{
    unsigned count =
        board->submitted < FUTURES_LIMIT ? board->submitted : FUTURES_LIMIT;
    while (count > 0 && board->future[count - 1] != future) count--;
    return count;
}

static const char *state_words(const struct wait_board *board, unsigned number)
{
    switch (number ? board->state[number - 1] : TASK_RUNNING) {
    case TASK_PENDING:
        return "which no worker has started";
    case TASK_RUNNING:
        return "whose task has started and does not end";
    default:
        return "whose task has ended";
    }
}

static void wait_tell(const struct wait_board *board, const struct wait_entry *entry,
                      char *text, size_t size)
{
    unsigned number = future_number(board, entry->future);
    switch (entry->kind) {
    case WAIT_RESULT:
        snprintf(text, size, "waits for future %u, %s", number,
                 state_words(board, number));
        break;
    case WAIT_SEVERAL:
        snprintf(text, size, "waits for several futures");
        break;
    case WAIT_MAP:
        snprintf(text, size, "waits in executor_map for its tasks");
        break;
    default:
        snprintf(text, size, "waits for the executor to shut down");
        break;
    }
}

static const struct wait_entry *entry_of(const struct wait_board *board, int thread)
{
    unsigned count = board->entries < WAITS_LIMIT ? board->entries : WAITS_LIMIT;
    for (unsigned i = 0; i < count; i++)
        if (board->entry[i].thread == thread && !board->entry[i].is_in_task)
            return &board->entry[i];
    return NULL;
}

static unsigned workers_waiting(const struct wait_board *board)
{
    unsigned count = board->entries < WAITS_LIMIT ? board->entries : WAITS_LIMIT,
             waiting = 0;
    for (unsigned i = 0; i < count; i++)
        waiting += board->entry[i].thread && board->entry[i].is_in_task;
    return waiting;
}

void hang_tell(const struct wait_board *board, int main_thread, bool is_asleep,
               char *text, size_t size)
{
    const struct wait_entry *entry = entry_of(board, main_thread);
    unsigned workers = workers_waiting(board);
    if (!is_asleep) {
        snprintf(text, size,
                 "it was still computing at the time limit. Does every loop end?");
        return;
    }
    if (entry) {
        snprintf(text, size, "the main thread ");
        wait_tell(board, entry, text + strlen(text), size - strlen(text));
    } else {
        snprintf(text, size,
                 "every thread sleeps: the main thread waits for a lock, a "
                 "condition, input or a timer that does not come");
    }
    size_t used = strlen(text);
    if (workers == 1)
        snprintf(text + used, size - used,
                 "; a worker waits for a future of its own");
    else if (workers > 1)
        snprintf(text + used, size - used,
                 "; %u workers wait for futures of their own", workers);
}

void hang_explain(const struct runner *runner, char *text, size_t size)
{
    bool is_asleep = true;
    for (int i = 0; i < LOOKS && is_asleep; i++) {
        is_asleep = tree_is_asleep(runner->pid);
        nanosleep(&(struct timespec){0, 2000000}, NULL);
    }
    hang_tell(&runner->page->board, runner->inside_thread, is_asleep, text, size);
}
