#include "judge/runner_end.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

// The signal that ended the runner, or 0.
static int end_signal(const struct runner *runner)
{
    int how = runner->wait_status;
    if (WIFSIGNALED(how)) return WTERMSIG(how);
    bool is_told = runner->is_wrapped && WIFEXITED(how) && WEXITSTATUS(how) > 128;
    return is_told ? WEXITSTATUS(how) - 128 : 0;
}

static void end_explain(const struct runner *runner, char *text, size_t size)
{
    int number = end_signal(runner);
    if (runner->was_killed || !runner->is_reaped)
        snprintf(text, size, "ended without an answer");
    else if (number)
        snprintf(text, size, "crashed: %s (signal %d)", strsignal(number), number);
    else
        snprintf(text, size,
                 "ended the program with exit status %d instead of returning",
                 WEXITSTATUS(runner->wait_status));
}

void runner_explain(const struct runner *runner, int status, char *text, size_t size)
{
    if (status == -ETIMEDOUT)
        snprintf(text, size, "did not return: %s", runner->hang);
    else if (status == -EPROTO)
        snprintf(text, size,
                 "sent an answer of the wrong form: only the judge's runner may "
                 "write to descriptor 3");
    else if (status == -EDQUOT)
        snprintf(text, size,
                 "filled the folder of the files with more than a gigabyte");
    else if (status == -ENOMEM)
        snprintf(text, size, "used more memory than the %d MB that a call may have",
                 (int)(runner->watch.memory_bytes / 1000000));
    else if (status == -EBUSY)
        snprintf(text, size,
                 "was not called: the program was already at work. Nothing may "
                 "run before the call");
    else if (status == -ESTALE)
        snprintf(text, size,
                 "was not called: the environment was changed. Nothing may run "
                 "before the call");
    else if (status != -ECHILD && status != -EPIPE)
        snprintf(text, size, "could not be run: %s", strerror(-status));
    else
        end_explain(runner, text, size);
}

const char *runner_diagnosis(const struct runner *runner, int status)
{
    if (status == -ETIMEDOUT) return NO_RETURN;
    if (status == -EPROTO) return "forged answer";
    if (status == -EBUSY || status == -ESTALE) return "busy before the call";
    if (status == -EDQUOT) return "too much written";
    if (status == -ENOMEM) return "too much memory";
    if (status != -ECHILD && status != -EPIPE) return "not run";
    if (runner->was_killed || !runner->is_reaped) return "no answer";
    return end_signal(runner) ? CRASH : "exit";
}
