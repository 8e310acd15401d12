#include "judge/landlock.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// The whole of struct landlock_ruleset_attr as of version 6; older headers end earlier.
struct ruleset {
    uint64_t files;
    uint64_t ports;
    uint64_t scopes;
};

static const uint64_t READ_FILE =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE;
static const uint64_t READ = LANDLOCK_ACCESS_FS_EXECUTE |
                             LANDLOCK_ACCESS_FS_READ_FILE |
                             LANDLOCK_ACCESS_FS_READ_DIR;
static const uint64_t DEVICE =
    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE;

int landlock_version(void)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
                           LANDLOCK_CREATE_RULESET_VERSION);
    return version < 0 ? 0 : (int)version;
}

// Every right over files that this version knows: 13 in the first, then one for each of
// renaming across folders (2), truncating (3) and device control (5).
static uint64_t file_rights(int version)
{
    int count = 13 + (version >= 2) + (version >= 3) + (version >= 5);
    return (UINT64_C(1) << count) - 1;
}

// What is not there, or behind a folder that this user may not pass, needs no right.
static int path_allow(int rules, const char *path, uint64_t rights)
{
    struct stat what;
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR || errno == EACCES ? 0 : -errno;
    if (fstat(fd, &what) == 0 && !S_ISDIR(what.st_mode))
        rights &= READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE;
    struct landlock_path_beneath_attr rule = {.allowed_access = rights,
                                              .parent_fd = fd};
    long added =
        syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    int status = added < 0 ? -errno : 0;
    close(fd);
    return status;
}

static int paths_allow(int rules, const char *const readable[], const char *folder,
                       uint64_t folder_rights)
{
    static const char *const devices[] = {"/dev/null", "/dev/zero", "/dev/urandom"};
    int status = 0;
    for (; *readable && !status; readable++)
        status = path_allow(rules, *readable, READ);
    for (unsigned i = 0; i < sizeof devices / sizeof *devices && !status; i++)
        status = path_allow(rules, devices[i], DEVICE);
    if (folder && !status) status = path_allow(rules, folder, folder_rights);
    return status;
}

int landlock_enter(const char *const readable[], const char *folder)
{
    int version = landlock_version();
    if (version < 1) return -ENOSYS;
    struct ruleset all = {.files = file_rights(version), .ports = 3, .scopes = 3};
    size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
    int rules = (int)syscall(SYS_landlock_create_ruleset, &all, size, 0);
    if (rules < 0) return -errno;
    int status = paths_allow(rules, readable, folder, all.files);
    if (!status && (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 ||
                    syscall(SYS_landlock_restrict_self, rules, 0) < 0))
        status = -errno;
    close(rules);
    return status;
}
