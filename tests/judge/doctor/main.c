// The doctor: says which box this machine gives, what each thing is that it is made of, and
// what to do where one is missing.
//
//     main PROBE HIDDEN      the probe's program, and a file that a box must hide

#include "judge/box_choose.h"
#include "judge/landlock.h"
#include "judge/trial.h"
#include <grp.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATH_SIZE_HERE = 4096, ANY_USER = 65534 };

static void row_print(const char *thing, const char *state, bool is_good,
                      const char *remedy)
{
    printf("%s: %s\n", thing, state);
    if (!is_good) printf("    %s\n", remedy);
}

static bool program_exists(const char *name)
{
    char folders[PATH_SIZE_HERE], path[2 * PATH_SIZE_HERE], *rest = folders;
    const char *all = getenv("PATH");
    snprintf(folders, sizeof folders, "%s", all ? all : "/usr/bin:/bin");
    for (char *folder; (folder = strsep(&rest, ":"));) {
        snprintf(path, sizeof path, "%s/%s", *folder ? folder : ".", name);
        if (access(path, X_OK) == 0) return true;
    }
    return false;
}

// Can a plain user make one? Tried in a child, since there is no way back.
static bool user_namespaces_work(void)
{
    pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 &&
            (setgroups(0, NULL) < 0 || setresgid(ANY_USER, ANY_USER, ANY_USER) < 0 ||
             setresuid(ANY_USER, ANY_USER, ANY_USER) < 0))
            _exit(1);
        _exit(unshare(CLONE_NEWUSER) == 0 ? 0 : 1);
    }
    int status;
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}

static void parts_print(const struct box *strongest)
{
    char text[64];
    bool has_bwrap = program_exists("bwrap"),
         has_namespaces = user_namespaces_work();
    int version = landlock_version();
    bool is_apparmor =
        access("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", F_OK) == 0;
    row_print("bubblewrap", has_bwrap ? "found" : "missing", has_bwrap,
              "remedy: apt-get install bubblewrap (dnf, pacman: bubblewrap)");
    row_print(
        "user namespaces", has_namespaces ? "on" : "off", has_namespaces,
        is_apparmor
            ? "remedy: sysctl kernel.apparmor_restrict_unprivileged_userns=0, or an "
              "AppArmor profile that lets bwrap use them"
            : "remedy: sysctl user.max_user_namespaces=10000 (on some systems also "
              "kernel.unprivileged_userns_clone=1)");
    row_print(
        "control groups", strongest->has_cgroups ? "writable" : "not writable",
        strongest->has_cgroups,
        "remedy: run as root, or under systemd-run --user --scope -p Delegate=yes; "
        "without them memory is bounded for each process, not for a whole run");
    snprintf(text, sizeof text, version ? "version %d" : "none", version);
    row_print("Landlock", text, version >= 6,
              "remedy: a kernel of 6.12 or later, with landlock among its lsm=; the "
              "reduced "
              "box needs version 6, or root");
    row_print("a user for the box alone", strongest->uid ? "yes" : "no",
              strongest->uid != 0,
              "remedy: run as root; else a reduced box's processes count among your "
              "own, and a neighbour may use them up");
    bool has_valgrind = program_exists("valgrind");
    row_print(
        "valgrind", has_valgrind ? "found" : "missing", has_valgrind,
        "remedy: apt-get install valgrind; without it, races of code that calls "
        "HDF5 itself are not checked");
    char why[128] = "", remedy[256];
    bool has_two = trial_processors(why, sizeof why) > 1;
    snprintf(text, sizeof text, "%d", (int)sysconf(_SC_NPROCESSORS_ONLN));
    snprintf(
        remedy, sizeof remedy,
        "remedy: let this run on two processors; as it is, speed is never judged: "
        "%.120s",
        why);
    row_print("processors", text, has_two, remedy);
}

static void box_print(struct box *box, const char *probe, const char *hidden)
{
    char missing[512];
    bool works = box_try(box, probe, hidden, missing, sizeof missing);
    printf(
        "%s box%s: %s%s\n", isolation_name(box->isolation),
        box->uid ? " with a user of its own" : "",
        works ? "every limit held" : "these did not hold: ", works ? "" : missing);
}

int main(int count, char *values[])
{
    struct box candidates[BOX_LIMITS];
    if (count != 3) {
        fprintf(stderr, "usage: main PROBE HIDDEN\n");
        return 2;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    int boxes = box_candidates(candidates, ISOLATION_FULL);
    parts_print(&candidates[0]);
    for (int i = 0; i < boxes; i++) box_print(&candidates[i], values[1], values[2]);
    struct box box = box_choose(values[1], values[2], ISOLATION_FULL);
    printf("isolation: %s\n", isolation_name(box.isolation));
    return 0;
}
