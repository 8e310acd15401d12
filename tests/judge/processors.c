#include "judge/processors.h"
#include "futures/executor.h"
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>

double processors_granted(void)
{
    return executor_cpu_share();
}

// The processors of a core have the same text here, "0-1" or "0,4", and the first of them
// begins it.
static bool is_first_of_core(int processor, const cpu_set_t *set)
{
    char path[96];
    int first = processor;
    snprintf(path, sizeof path,
             "/sys/devices/system/cpu/cpu%d/topology/thread_siblings_list",
             processor);
    FILE *file = fopen(path, "re");
    if (!file) return true;
    int count = fscanf(file, "%d", &first);
    fclose(file);
    return count != 1 || first == processor || !CPU_ISSET(first, set);
}

int processors_cores(void)
{
    cpu_set_t set;
    int cores = 0;
    if (sched_getaffinity(0, sizeof set, &set) < 0) return 1;
    for (int processor = 0; processor < CPU_SETSIZE; processor++)
        cores += CPU_ISSET(processor, &set) && is_first_of_core(processor, &set);
    return cores;
}
