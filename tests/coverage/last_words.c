// Programs built to be counted (VARIANT=coverage) write down which lines they ran when they end
// by exit. Much here ends otherwise: workers by _exit, a runner by the judge's SIGKILL once it
// has answered, a boxed child in a program that it becomes, after it has lost the right to
// write. So the counts are written at the last moment before each of these.
//
// It stands in libfutures.a of that variant, and is linked wherever _exit is called.

#include <pthread.h>
#include <stdarg.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// gcc's own, which its gcov.h declares; clang has none, but reads this file for its mistakes.
void __gcov_dump(void);
void __gcov_reset(void);

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

// What has been written must not be counted again.
static void counts_write(void)
{
    pthread_mutex_lock(&turn);
    __gcov_dump();
    __gcov_reset();
    pthread_mutex_unlock(&turn);
}

_Noreturn void _exit(int status)
{
    counts_write();
    for (;;) syscall(SYS_exit_group, status);
}

// The runner answers by this call, and may be killed from then on.
ssize_t sendmsg(int socket, const struct msghdr *message, int flags)
{
    counts_write();
    return syscall(SYS_sendmsg, socket, message, flags);
}
