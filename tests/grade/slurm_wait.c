#include "grade/slurm_wait.h"
#include "grade/class_progress.h"
#include "grade/slurm_state.h"
#include "judge/clock.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    LOOK_FIRST_S =
        2, // Slurm is asked less and less often: its controller serves everyone
    LOOK_LAST_S = 30,
    LATE_S = 70,        // what a shared folder may keep from us after it was written
    MARKS_PER_S = 2000, // that are counted, of a folder on another machine
};

// What is known while an array is waited for.
struct wait {
    const struct course *course;
    const struct round *round;
    struct slurm_array *array;
    struct slurm_state state;
    struct class_progress progress;
    char told[64]; // the reason for waiting that was told
    int64_t begin_ns, looked_ns;
};

// A sentence that must not be drawn over by the bar.
__attribute__((format(printf, 2, 3))) static void tell(const struct wait *wait,
                                                       const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (wait->progress.is_terminal) fprintf(stderr, "\r\033[K");
    vfprintf(stderr, format, arguments);
    va_end(arguments);
}

static void reason_tell(struct wait *wait)
{
    const struct slurm_state *state = &wait->state;
    const char *reason = state->is_known ? state->reason : "Slurm does not answer";
    bool is_idle = !state->is_known || (state->waiting && !state->running);
    if (!is_idle || !*reason || strcmp(reason, "None") == 0 ||
        strcmp(reason, wait->told) == 0)
        return;
    tell(wait, "Waiting for Slurm: %s\n", reason);
    snprintf(wait->told, sizeof wait->told, "%s", reason);
}

// Adds nodes to a list; false when they are in it.
static bool nodes_add(char *list, size_t size, const char *nodes)
{
    size_t length = strlen(list);
    if (strstr(list, nodes) || length + strlen(nodes) + 2 > size) return false;
    if (length) list[length++] = ',';
    memcpy(list + length, nodes, strlen(nodes) + 1);
    return true;
}

// A node that does not see the folders gets nothing more. Does the array wait for such ones only?
static bool is_blind(struct wait *wait, size_t done)
{
    const struct slurm_state *state = &wait->state;
    const struct course *course = wait->course;
    struct slurm_array *array = wait->array;
    if (!*state->blind) return false;
    if (!nodes_add(array->away, sizeof array->away, state->blind))
        return !done && !state->running;
    tell(wait, "%s does not see %s.\n", state->blind,
         state->misses_root ? course->root : course->out);
    slurm_array_avoid(array, array->away);
    return false;
}

// 1: the array is over; 0: it is not; a negative errno: it never will be, which is said.
static int array_look(struct wait *wait, size_t done)
{
    struct slurm_state *state = &wait->state;
    slurm_state_look(wait->array, state);
    wait->looked_ns = clock_now_ns();
    reason_tell(wait);
    if (is_blind(wait, done)) return 1;
    if (state->is_hopeless) {
        fprintf(stderr,
                "grade: Slurm will never begin this work: %s. SITE= names a file "
                "that says what the cluster wants.\n",
                state->reason);
        return -EREMOTEIO;
    }
    return state->is_known && !state->waiting && !state->running;
}

static bool look_is_due(const struct wait *wait)
{
    int64_t now_ns = clock_now_ns();
    int64_t every_s = LOOK_FIRST_S + (now_ns - wait->begin_ns) / 10000000000;
    if (every_s > LOOK_LAST_S) every_s = LOOK_LAST_S;
    return now_ns - wait->looked_ns > every_s * 1000000000;
}

// Marks may be there, and not seen yet, where all tasks have ended well.
static bool is_late(const struct wait *wait, int64_t over_ns)
{
    return wait->state.ended && !wait->state.failed && !wait->state.stuck &&
           clock_now_ns() - over_ns < (int64_t)LATE_S * 1000000000;
}

int slurm_wait(const struct course *course, const struct round *round,
               struct slurm_array *array, const char *title)
{
    struct wait wait = {course, round, array, .begin_ns = clock_now_ns()};
    int64_t over_ns = 0;
    int status = 0;
    size_t done;
    class_progress_begin(&wait.progress, title, round->count);
    while ((done = round_done(round)) < round->count && status >= 0) {
        class_progress_tell(&wait.progress, done);
        if (over_ns && !is_late(&wait, over_ns)) break;
        if (!over_ns && look_is_due(&wait)) status = array_look(&wait, done);
        if (status > 0 && !over_ns)
            over_ns = clock_now_ns();
        else
            sleep(1 + (unsigned)(round->count / MARKS_PER_S));
    }
    class_progress_end(&wait.progress, round_done(round));
    if (done < round->count) slurm_array_cancel(array);
    return status < 0 ? status : 0;
}
