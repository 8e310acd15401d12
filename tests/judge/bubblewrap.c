// bwrap hands on every open descriptor, so the caller has closed the others; and its / and
// /dev would be writable and without bound, so both are mounted read-only at the end.

#include "judge/bubblewrap.h"
#include "judge/system_calls.h"
#include "judge/words.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char SMALL[] = "67108864"; // bytes that /tmp and /dev/shm may hold

static void walls_add(struct words *words)
{
    WORDS_ADD(words, "bwrap", "--unshare-all", "--die-with-parent", "--new-session");
    WORDS_ADD(words, "--clearenv", "--setenv", "PATH", "/usr/bin", "--setenv",
              "LC_ALL", "C");
    WORDS_ADD(words, "--cap-drop", "ALL", "--uid", "65534", "--gid", "65534");
    WORDS_ADD(words, "--hostname", "box", "--ro-bind", "/usr/lib", "/usr/lib");
    WORDS_ADD(words, "--tmpfs", "/usr/lib/gcc", "--symlink", "usr/lib", "/lib");
    WORDS_ADD(words, "--ro-bind-try", "/lib64", "/lib64");
    WORDS_ADD(words, "--proc", "/proc", "--dev", "/dev");
    WORDS_ADD(words, "--size", SMALL, "--tmpfs", "/tmp");
    WORDS_ADD(words, "--size", SMALL, "--tmpfs", "/dev/shm");
}

void bubblewrap_become(const struct box *box, const struct box_command *command)
{
    struct words words = {0};
    char seccomp[16], processes[16];
    int filter = system_calls_memfd(box->is_sanitized);
    if (filter < 0) return;
    snprintf(seccomp, sizeof seccomp, "%d", filter);
    snprintf(processes, sizeof processes, "%u", box->processes);
    walls_add(&words);
    if (command->folder)
        WORDS_ADD(&words, "--bind", command->folder, command->folder);
    for (int i = 0; box->tool && box->tool->readable[i]; i++)
        WORDS_ADD(&words, "--ro-bind-try", box->tool->readable[i],
                  box->tool->readable[i]);
    WORDS_ADD(&words, "--ro-bind", command->program, "/program", "--seccomp",
              seccomp);
    if (*box->launcher) WORDS_ADD(&words, "--ro-bind", box->launcher, "/launcher");
    WORDS_ADD(&words, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/tmp",
              "--");
    if (*box->launcher) WORDS_ADD(&words, "/launcher", "processes", processes);
    if (box->tool) words_add(&words, box->tool->words);
    WORDS_ADD(&words, "/program");
    if (command->argument) WORDS_ADD(&words, command->argument);
    execvp("bwrap", (char *const *)words.values);
}
