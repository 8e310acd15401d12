#include "judge/system_calls.h"
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined __x86_64__
#define MACHINE AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define MACHINE AUDIT_ARCH_AARCH64
#endif

static const uint32_t refused[] = {
    // other processes
    SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_pidfd_getfd,
    SYS_kcmp,
    // the network; a socketpair stays
    SYS_socket, SYS_connect, SYS_bind, SYS_listen,
    // namespaces and mounts
    SYS_unshare, SYS_setns, SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot,
    SYS_move_mount, SYS_open_tree, SYS_fsopen, SYS_fsmount, SYS_open_by_handle_at,
    // what outlives every process that made it
    SYS_shmget, SYS_msgget, SYS_semget, SYS_mq_open,
    // the kernel's inside
    SYS_io_uring_setup, SYS_io_uring_enter, SYS_io_uring_register, SYS_bpf,
    SYS_perf_event_open, SYS_userfaultfd, SYS_keyctl, SYS_add_key, SYS_request_key,
    SYS_kexec_load, SYS_init_module, SYS_finit_module, SYS_delete_module,
    // the measurement
    SYS_sched_setaffinity, SYS_sched_setscheduler, SYS_sched_setparam,
    SYS_sched_setattr, SYS_setpriority, SYS_ioprio_set,
    // the session, by which the judge's children are told apart
    SYS_setsid, SYS_setpgid};

enum {
    REFUSED = sizeof refused / sizeof *refused,
    X32_BIT = 0x40000000, // the same calls under other numbers
    FILTER_SIZE = 2 * REFUSED + 24,
};

#define SKIP_UNLESS(number, steps)                                                  \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (number), 0, (steps))
#define LOAD(field)                                                                 \
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS,                                              \
             (uint32_t)offsetof(struct seccomp_data, field))
#define RETURN(action) BPF_STMT(BPF_RET | BPF_K, (action))
#define REFUSE RETURN(SECCOMP_RET_ERRNO | EPERM)

// A process that is not dumpable hides from the judge what its threads wait for.
//
// clone3 hides its flags in memory, so it is said not to exist, and the C library falls back
// to clone, whose flags can be seen.
static unsigned short filter_make(struct sock_filter filter[FILTER_SIZE],
                                  bool with_ptrace)
{
    unsigned short length = 0;
#ifdef MACHINE
    filter[length++] = (struct sock_filter)LOAD(arch);
    filter[length++] =
        (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE, 1, 0);
    filter[length++] = (struct sock_filter)RETURN(SECCOMP_RET_KILL_PROCESS);
#endif
    filter[length++] = (struct sock_filter)LOAD(nr);
    filter[length++] =
        (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, X32_BIT, 0, 1);
    filter[length++] = (struct sock_filter)REFUSE;
    for (unsigned i = 0; i < REFUSED; i++) {
        if (with_ptrace && refused[i] == SYS_ptrace) continue;
        filter[length++] = (struct sock_filter)SKIP_UNLESS(refused[i], 1);
        filter[length++] = (struct sock_filter)REFUSE;
    }
    filter[length++] = (struct sock_filter)SKIP_UNLESS(SYS_prctl, 4);
    filter[length++] = (struct sock_filter)LOAD(args[0]);
    filter[length++] = (struct sock_filter)SKIP_UNLESS(PR_SET_DUMPABLE, 1);
    filter[length++] = (struct sock_filter)REFUSE;
    filter[length++] = (struct sock_filter)RETURN(SECCOMP_RET_ALLOW);
    filter[length++] = (struct sock_filter)SKIP_UNLESS(SYS_clone3, 1);
    filter[length++] = (struct sock_filter)RETURN(SECCOMP_RET_ERRNO | ENOSYS);
    filter[length++] = (struct sock_filter)SKIP_UNLESS(SYS_clone, 3);
    filter[length++] = (struct sock_filter)LOAD(args[0]);
    filter[length++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K,
                                                    CLONE_NEWUSER, 0, 1);
    filter[length++] = (struct sock_filter)REFUSE;
    filter[length++] = (struct sock_filter)RETURN(SECCOMP_RET_ALLOW);
    return length;
}

int system_calls_refuse(bool with_ptrace)
{
    struct sock_filter filter[FILTER_SIZE];
    struct sock_fprog program = {.filter = filter};
    program.len = filter_make(filter, with_ptrace);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) return -errno;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0 ? -errno : 0;
}

int system_calls_memfd(bool with_ptrace)
{
    struct sock_filter filter[FILTER_SIZE];
    size_t size = filter_make(filter, with_ptrace) * sizeof *filter;
    int fd = memfd_create("seccomp", 0);
    if (fd < 0) return -errno;
    if (write(fd, filter, size) == (ssize_t)size && lseek(fd, 0, SEEK_SET) == 0)
        return fd;
    close(fd);
    return -EIO;
}
