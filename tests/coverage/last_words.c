// Programs built to be counted (VARIANT=coverage) write down which lines they ran when they end
// by exit. Much here ends otherwise: workers by _exit, a runner by the judge's SIGKILL once it
// has answered, a boxed child in a program that it becomes, or by losing the right to
// write. So the counts are written at the last moment before each of these.
//
// It stands in libfutures.a of that variant, and is linked wherever _exit is called.

#include "faults/fault.h"
#include <pthread.h>
#include <stdarg.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// gcc's own, which its gcov.h declares; clang has none, but reads this file for its mistakes.
void __gcov_dump(void);
void __gcov_reset(void);

// Only programs whose calls fail on demand have it.
#pragma weak faults_pause

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static bool is_confined; // and may write nothing any more

// What has been written must not be counted again.
static void counts_write(void)
{
    if (is_confined) return;
    if (faults_pause) faults_pause(true);
    pthread_mutex_lock(&turn);
    __gcov_dump();
    __gcov_reset();
    pthread_mutex_unlock(&turn);
    if (faults_pause) faults_pause(false);
}

// gcc's own destructor comes after this one, and writes.
__attribute__((destructor)) static void end_begins(void)
{
    if (faults_pause) faults_pause(true);
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

int execve(const char *path, char *const arguments[], char *const environment[])
{
    counts_write();
    return (int)syscall(SYS_execve, path, arguments, environment);
}

// glibc's own does not call the execve that stands here.
int execvp(const char *name, char *const arguments[])
{
    counts_write();
    return execvpe(name, arguments, environ);
}

// What is forbidden with no_new_privs begins here; what comes after is never counted.
int prctl(int option, ...)
{
    unsigned long value[4];
    va_list rest;
    va_start(rest, option);
    for (int i = 0; i < 4; i++) value[i] = va_arg(rest, unsigned long);
    va_end(rest);
    if (option == PR_SET_NO_NEW_PRIVS) {
        counts_write();
        is_confined = true;
    }
    return (int)syscall(SYS_prctl, option, value[0], value[1], value[2], value[3]);
}
