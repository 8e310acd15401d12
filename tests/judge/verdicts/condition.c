#include "judge/verdicts/condition.h"
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    IDLE_TARGET = 500,
    LOADED_TARGET = 120,
    UNSEEN_TARGET = 50,
    PERIOD_US = 100000
};

static const struct condition table[] = {
    {"idle", "nothing else runs", 0, 0, 0, 0, 0, IDLE_TARGET},
    {"one-hog", "one busy program", 1, HOG_STEADY, 0, 0, 0, LOADED_TARGET},
    {"two-hogs", "two busy programs", 2, HOG_STEADY, 0, 0, 0, LOADED_TARGET},
    {"session-hog", "one, in another session", 1, HOG_SESSION, 0, 0, 0,
     LOADED_TARGET},
    {"bursty-hog", "one, busy in bursts", 1, HOG_BURSTY, 0, 0, 0, LOADED_TARGET},
    {"heavy-io", "one that writes and reads", 1, HOG_DISK, 0, 0, 0, LOADED_TARGET},
    {"one-cpu", "one processor by affinity", 0, 0, 1, 0, 0, LOADED_TARGET},
    {"quota-1.0", "a quota of 1.0 processors", 0, 0, 0, 1.0, 0, LOADED_TARGET},
    {"quota-1.5", "a quota of 1.5 processors", 0, 0, 0, 1.5, 0, LOADED_TARGET},
    {"unseen-1.0", "a quota of 1.0, unseen by the judge", 0, 0, 0, 1.0, 1,
     UNSEEN_TARGET},
    {"unseen-1.5", "a quota of 1.5, unseen by the judge", 0, 0, 0, 1.5, 1,
     UNSEEN_TARGET},
};

const struct condition *conditions(size_t *count)
{
    *count = sizeof table / sizeof *table;
    return table;
}

static int text_write(const char *folder, const char *name, const char *text)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "we");
    if (!file) return -errno;
    int written = fputs(text, file);
    return fclose(file) == 0 && written >= 0 ? 0 : -EIO;
}

// Version 1 has a hierarchy for processors, version 2 one for all.
static int group_create(double quota, char group[256])
{
    char text[64];
    int quota_us = (int)(quota * PERIOD_US);
    snprintf(group, 256, "/sys/fs/cgroup/cpu/workbook-verdicts");
    if ((mkdir(group, 0755) == 0 || errno == EEXIST)) {
        snprintf(text, sizeof text, "%d", quota_us);
        if (text_write(group, "cpu.cfs_quota_us", text) == 0) return 0;
        rmdir(group);
    }
    text_write("/sys/fs/cgroup", "cgroup.subtree_control", "+cpu");
    snprintf(group, 256, "/sys/fs/cgroup/workbook-verdicts");
    if ((mkdir(group, 0755) == 0 || errno == EEXIST)) {
        snprintf(text, sizeof text, "%d %d", quota_us, PERIOD_US);
        if (text_write(group, "cpu.max", text) == 0) return 0;
        rmdir(group);
    }
    *group = '\0';
    return -ENOTSUP;
}

int condition_begin(const struct condition *condition, unsigned seconds,
                    const char *folder, struct load *load)
{
    char path[4096];
    *load = (struct load){{0}, ""};
    if (condition->quota > 0) {
        int status = group_create(condition->quota, load->group);
        if (status) return status;
    }
    snprintf(path, sizeof path, "%s/disk", folder);
    for (int i = 0; i < condition->hogs; i++) {
        pid_t hog = hog_start(condition->hog, seconds, path);
        if (hog < 0) {
            condition_end(load);
            return hog;
        }
        load->hog[i] = hog;
    }
    return 0;
}

// Nothing but this process's own view changes: the groups are there, and bind.
static int groups_hide(void)
{
    if (unshare(CLONE_NEWNS) < 0) return -errno;
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0) return -errno;
    umount2("/sys/fs/cgroup/cpu", MNT_DETACH);
    return access("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", F_OK) < 0 ? 0 : -ENOTSUP;
}

int condition_enter(const struct condition *condition, const struct load *load)
{
    if (condition->processors > 0) {
        cpu_set_t set;
        CPU_ZERO(&set);
        for (int i = 0; i < condition->processors; i++) CPU_SET(i, &set);
        if (sched_setaffinity(0, sizeof set, &set) < 0) return -errno;
    }
    if (*load->group) {
        int status = text_write(load->group, "cgroup.procs", "0");
        if (status) return status;
    }
    return condition->is_unseen ? groups_hide() : 0;
}

// The kernel lets go of a group a moment after its last process has been reaped.
void condition_end(struct load *load)
{
    for (int i = 0; i < CONDITION_HOGS; i++) hog_stop(load->hog[i]);
    for (int tries = 0; *load->group && tries < 100; tries++) {
        if (rmdir(load->group) == 0 || errno == ENOENT) break;
        usleep(10000);
    }
    *load = (struct load){{0}, ""};
}
