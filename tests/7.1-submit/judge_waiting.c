#include "7.1-submit/judge_waiting.h"
#include "judge/blocked_reads.h"

// ---- what is seen: who reads which pipe

// A thread reads for one call, even where several calls brought the same pipe.
static bool has_reader(const struct slow_call *call,
                       const struct blocked_read reads[], int count, bool by_process,
                       bool is_used[])
{
    for (int k = 0; k < count; k++) {
        if (is_used[k] || reads[k].inode != call->inode ||
            reads[k].device != call->device)
            continue;
        for (int m = 0; m < count; m++)
            is_used[m] |=
                m == k || (by_process && reads[m].process == reads[k].process);
        return true;
    }
    return false;
}

static int waiting_seen(const struct calls *calls, const struct blocked_read reads[],
                        int count, bool by_process)
{
    bool is_used[CALL_LIMIT] = {false};
    int waiting = 0;
    for (int i = 0; i < calls->count; i++)
        waiting += calls->call[i].pipe >= 0 &&
                   has_reader(&calls->call[i], reads, count, by_process, is_used);
    return waiting;
}

// ---- what is told, where the kernel does not show what a thread waits for

// Does no earlier call that still waits come from the same worker?
static bool is_new_worker(const struct calls *calls, int index, bool by_process)
{
    const struct slow_call *call = &calls->call[index];
    for (int i = 0; i < index; i++) {
        const struct slow_call *other = &calls->call[i];
        if (other->pipe < 0 || other->process != call->process) continue;
        if (by_process || other->thread == call->thread) return false;
    }
    return true;
}

static int waiting_told(const struct calls *calls, bool by_process)
{
    int waiting = 0;
    for (int i = 0; i < calls->count; i++) {
        const struct slow_call *call = &calls->call[i];
        if (call->pipe < 0 || !is_new_worker(calls, i, by_process)) continue;
        waiting += tree_thread_is_asleep(call->process, call->thread);
    }
    return waiting;
}

int calls_waiting(const struct calls *calls, pid_t root, bool by_process)
{
    static struct blocked_read reads[CALL_LIMIT];
    int count = blocked_reads_find(root, reads, CALL_LIMIT);
    return count < 0 ? waiting_told(calls, by_process)
                     : waiting_seen(calls, reads, count, by_process);
}
