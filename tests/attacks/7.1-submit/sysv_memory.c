// Leaves memory, a queue and a semaphore of the old kind behind, which no process holds.
// caught by: threads: the table is in order
// points: 0

#include "submit.h"
#include <mqueue.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    int shm = shmget(0x60bb00, 1 << 24, IPC_CREAT | 0666);
    if (shm >= 0) {
        char *place = shmat(shm, NULL, 0);
        if (place != (void *)-1) memset(place, 1, 1 << 24);
    }
    msgget(0x60bb01, IPC_CREAT | 0666);
    semget(0x60bb02, 1, IPC_CREAT | 0666);
    mq_open("/workbook-attack", O_CREAT | O_RDWR, 0666, NULL);
    return 0;
}
