#include "judge/compiler_box.h"
#include "judge/landlock.h"
#include "judge/system_calls.h"
#include "judge/words.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

enum { CPU_SECONDS = 30 };

static const rlim_t MEMORY_BYTES = (rlim_t)2 << 30;
static const rlim_t FILE_BYTES = (rlim_t)64 << 20;

static void limits_set(const struct box *box)
{
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    setrlimit(RLIMIT_CPU, &(struct rlimit){CPU_SECONDS, CPU_SECONDS});
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){FILE_BYTES, FILE_BYTES});
    setrlimit(RLIMIT_AS, &(struct rlimit){MEMORY_BYTES, MEMORY_BYTES});
    if (box->uid)
        setrlimit(RLIMIT_NPROC, &(struct rlimit){box->processes, box->processes});
}

static void bubblewrap_words(struct words *words,
                             const struct compiler_box *compiler)
{
    WORDS_ADD(words, "bwrap", "--unshare-all", "--die-with-parent", "--new-session");
    WORDS_ADD(words, "--clearenv", "--setenv", "PATH", "/usr/bin", "--setenv",
              "LC_ALL", "C");
    WORDS_ADD(words, "--cap-drop", "ALL", "--ro-bind", "/usr", "/usr");
    WORDS_ADD(words, "--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib");
    WORDS_ADD(words, "--ro-bind-try", "/lib64", "/lib64");
    WORDS_ADD(words, "--ro-bind-try", "/etc/alternatives", "/etc/alternatives");
    WORDS_ADD(words, "--size", "67108864", "--tmpfs", "/tmp");
    for (const char *const *path = compiler->readable; *path; path++)
        WORDS_ADD(words, "--ro-bind", *path, *path);
    WORDS_ADD(words, "--bind", compiler->folder, compiler->folder, "--remount-ro",
              "/");
    WORDS_ADD(words, "--chdir", compiler->folder, "--");
}

static int landlock_words(const struct compiler_box *compiler)
{
    const char *readable[16] = {
        "/usr", "/lib", "/lib64", "/bin", "/etc/alternatives", "/etc/ld.so.cache"};
    int count = 6;
    for (const char *const *path = compiler->readable; *path && count < 15; path++)
        readable[count++] = *path;
    const char *const environment[] = {"PATH=/usr/bin:/bin", "LC_ALL=C", NULL};
    clearenv();
    for (const char *const *pair = environment; *pair; pair++) putenv((char *)*pair);
    setenv("TMPDIR", compiler->folder, 1);
    int status = landlock_enter(readable, compiler->folder);
    return status ? status : system_calls_refuse(false);
}

void compiler_box_become(const void *compiler_box, const char *const arguments[])
{
    const struct compiler_box *compiler = compiler_box;
    const struct box *box = compiler->box;
    struct words words = {0};
    if (box->isolation != ISOLATION_NONE) limits_set(box);
    if (!box_user_become(box)) return;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (box->isolation == ISOLATION_FULL) bubblewrap_words(&words, compiler);
    if (box->isolation == ISOLATION_REDUCED) {
        int status = landlock_words(compiler);
        errno = -status;
        if (status) return;
    }
    if (box->isolation != ISOLATION_FULL && chdir(compiler->folder) < 0) return;
    words_add(&words, arguments);
    // NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): the program is among them
    execvp(words.values[0], (char *const *)words.values);
}
