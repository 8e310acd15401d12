#include "judge/trouble.h"
#include <errno.h>
#include <stdatomic.h>

static atomic_int first_error;

void trouble_clear(void)
{
    first_error = 0;
}

int trouble_note(int error)
{
    int none = 0;
    atomic_compare_exchange_strong(&first_error, &none, error);
    return -error;
}

void trouble_look(void)
{
    static const int shortages[] = {EMFILE, ENFILE, ENOMEM, ENOSPC,
                                    EDQUOT, EIO,    ENOBUFS};
    for (unsigned i = 0; i < sizeof shortages / sizeof *shortages; i++)
        if (errno == shortages[i]) trouble_note(errno);
}

int trouble_error(void)
{
    return first_error;
}
