// bwrap hands on every open descriptor, so the caller has closed the others; and its / and
// /dev would be writable and without bound, so both are mounted read-only at the end.

#include "judge/bubblewrap.h"
#include "judge/system_calls.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { ARGUMENTS = 128 };

struct arguments {
    const char *values[ARGUMENTS];
    int count;
};

// Adds words up to the NULL that ends them.
static void add(struct arguments *arguments, const char *const words[])
{
    for (; *words && arguments->count < ARGUMENTS - 1; words++)
        arguments->values[arguments->count++] = *words;
}

#define ADD(arguments, ...) add(arguments, (const char *const[]){__VA_ARGS__, NULL})

static const char SMALL[] = "67108864"; // bytes that /tmp and /dev/shm may hold

static void walls_add(struct arguments *arguments)
{
    ADD(arguments, "bwrap", "--unshare-all", "--die-with-parent", "--new-session");
    ADD(arguments, "--clearenv", "--setenv", "PATH", "/usr/bin", "--setenv",
        "LC_ALL", "C");
    ADD(arguments, "--cap-drop", "ALL", "--uid", "65534", "--gid", "65534");
    ADD(arguments, "--hostname", "box", "--ro-bind", "/usr/lib", "/usr/lib");
    ADD(arguments, "--tmpfs", "/usr/lib/gcc", "--symlink", "usr/lib", "/lib");
    ADD(arguments, "--ro-bind-try", "/lib64", "/lib64");
    ADD(arguments, "--proc", "/proc", "--dev", "/dev");
    ADD(arguments, "--size", SMALL, "--tmpfs", "/tmp");
    ADD(arguments, "--size", SMALL, "--tmpfs", "/dev/shm");
}

void bubblewrap_become(const struct box *box, const struct box_command *command)
{
    struct arguments arguments = {0};
    char seccomp[16];
    int filter = system_calls_memfd(box->is_sanitized);
    if (filter < 0) return;
    snprintf(seccomp, sizeof seccomp, "%d", filter);
    walls_add(&arguments);
    if (command->folder) ADD(&arguments, "--bind", command->folder, command->folder);
    ADD(&arguments, "--ro-bind", command->program, "/program", "--seccomp", seccomp);
    ADD(&arguments, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/tmp");
    ADD(&arguments, "--", "/program");
    if (command->argument) ADD(&arguments, command->argument);
    execvp("bwrap", (char *const *)arguments.values);
}
