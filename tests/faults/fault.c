#include "faults/fault.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum function {
    MALLOC,
    CALLOC,
    REALLOC,
    ALIGNED_ALLOC,
    STRDUP,
    STRNDUP,
    ASPRINTF,
    VASPRINTF,
    OPEN_MEMSTREAM,
    FOPEN,
    FDOPEN,
    FWRITE,
    FCLOSE,
    OPEN,
    OPENAT,
    OPENDIR,
    MKDIR,
    MKDTEMP,
    WRITE,
    PWRITE,
    FTRUNCATE,
    FSYNC,
    RENAME,
    RENAMEAT,
    LINKAT,
    MMAP,
    MEMFD_CREATE,
    PIPE2,
    SOCKETPAIR,
    EVENTFD,
    PIDFD_OPEN,
    FORK,
    PTHREAD_CREATE,
    JSON_LOAD_FILE,
    JSON_DUMP_FILE,
    FPUTS,
    FPRINTF,
    FUNCTIONS
};

static const int errors[FUNCTIONS] = {
    [OPEN_MEMSTREAM] = ENOMEM,
    [FOPEN] = EMFILE,
    [FDOPEN] = ENOMEM,
    [FWRITE] = ENOMEM,
    [FCLOSE] = ENOMEM,
    [OPEN] = EMFILE,
    [OPENAT] = EMFILE,
    [OPENDIR] = EMFILE,
    [MKDIR] = ENOSPC,
    [MKDTEMP] = ENOSPC,
    [WRITE] = ENOSPC,
    [PWRITE] = ENOSPC,
    [FTRUNCATE] = ENOSPC,
    [FSYNC] = EIO,
    [RENAME] = EIO,
    [RENAMEAT] = EIO,
    [LINKAT] = EIO,
    [MEMFD_CREATE] = EMFILE,
    [PIPE2] = EMFILE,
    [SOCKETPAIR] = EMFILE,
    [EVENTFD] = EMFILE,
    [PIDFD_OPEN] = EMFILE,
    [FORK] = EAGAIN,
    [PTHREAD_CREATE] = EAGAIN,
    [JSON_LOAD_FILE] = EMFILE,
    [JSON_DUMP_FILE] = ENOSPC,
    [FPUTS] = ENOMEM,
    [FPRINTF] = ENOMEM,
};

static struct fault_plan *plan; // set once, before main
static uint32_t failing; // the function of the first call that failed, and one
static _Thread_local bool pauses;

extern const char __executable_start;

// Numbers the call; true when it has to fail. A whole one that is to be short stays short.
static bool is_due(enum function function, const void *caller, bool is_jansson)
{
    if (!plan || pauses) return false;
    uint64_t number = atomic_fetch_add(&plan->count, 1) + 1;
    if (number <= FAULT_CALLS) {
        plan->call[number - 1].function = function;
        plan->call[number - 1].is_jansson = is_jansson;
        plan->call[number - 1].caller =
            (uint64_t)((const char *)caller - &__executable_start);
    }
    bool is_it = number == plan->fail_at;
    if (is_it && plan->mode == FAULT_ON) failing = function + 1;
    if (!is_it && failing != function + 1) return false;
    atomic_fetch_add(&plan->fired, 1);
    errno = errors[function] ? errors[function] : ENOMEM;
    return true;
}

void faults_pause(bool is_paused)
{
    pauses = is_paused;
}

#define IS_DUE(function) is_due(function, __builtin_return_address(0), false)

// Declares the function as the linker calls it, and as it comes to be called.
#define WRAP(type, name, ...)                                                       \
    type __real_##name(__VA_ARGS__);                                                \
    type __wrap_##name(__VA_ARGS__);                                                \
    type __wrap_##name(__VA_ARGS__)

WRAP(void *, malloc, size_t size)
{
    return IS_DUE(MALLOC) ? NULL : __real_malloc(size);
}

WRAP(void *, calloc, size_t count, size_t size)
{
    return IS_DUE(CALLOC) ? NULL : __real_calloc(count, size);
}

WRAP(void *, realloc, void *block, size_t size)
{
    return IS_DUE(REALLOC) ? NULL : __real_realloc(block, size);
}

WRAP(void *, aligned_alloc, size_t alignment, size_t size)
{
    return IS_DUE(ALIGNED_ALLOC) ? NULL : __real_aligned_alloc(alignment, size);
}

WRAP(char *, strdup, const char *text)
{
    return IS_DUE(STRDUP) ? NULL : __real_strdup(text);
}

WRAP(char *, strndup, const char *text, size_t size)
{
    return IS_DUE(STRNDUP) ? NULL : __real_strndup(text, size);
}

WRAP(int, vasprintf, char **text, const char *format, va_list arguments)
{
    return IS_DUE(VASPRINTF) ? -1 : __real_vasprintf(text, format, arguments);
}

int __wrap_asprintf(char **text, const char *format, ...);
int __wrap_asprintf(char **text, const char *format, ...)
{
    if (IS_DUE(ASPRINTF)) return -1;
    va_list arguments;
    va_start(arguments, format);
    int length = __real_vasprintf(text, format, arguments);
    va_end(arguments);
    return length;
}

WRAP(FILE *, open_memstream, char **bytes, size_t *size)
{
    return IS_DUE(OPEN_MEMSTREAM) ? NULL : __real_open_memstream(bytes, size);
}

WRAP(FILE *, fopen, const char *path, const char *mode)
{
    return IS_DUE(FOPEN) ? NULL : __real_fopen(path, mode);
}

WRAP(FILE *, fdopen, int fd, const char *mode)
{
    return IS_DUE(FDOPEN) ? NULL : __real_fdopen(fd, mode);
}

WRAP(size_t, fwrite, const void *bytes, size_t size, size_t count, FILE *stream)
{
    if (stream == stdout || stream == stderr || !IS_DUE(FWRITE))
        return __real_fwrite(bytes, size, count, stream);
    stream->_flags |= _IO_ERR_SEEN;
    return 0;
}

WRAP(int, fputs, const char *text, FILE *stream)
{
    if (stream == stdout || stream == stderr || !IS_DUE(FPUTS))
        return __real_fputs(text, stream);
    stream->_flags |= _IO_ERR_SEEN;
    return EOF;
}

int __wrap_fprintf(FILE *stream, const char *format, ...);
int __wrap_fprintf(FILE *stream, const char *format, ...)
{
    bool is_failure = stream != stdout && stream != stderr && IS_DUE(FPRINTF);
    va_list arguments;
    va_start(arguments, format);
    int length = is_failure ? -1 : vfprintf(stream, format, arguments);
    va_end(arguments);
    if (is_failure) stream->_flags |= _IO_ERR_SEEN;
    return length;
}

// What it does not say is lost all the same: the descriptor and the memory are gone.
WRAP(int, fclose, FILE *stream)
{
    bool is_failure = IS_DUE(FCLOSE);
    int error = errno, status = __real_fclose(stream);
    if (!is_failure) return status;
    errno = error;
    return EOF;
}

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    return IS_DUE(OPEN) ? -1 : __real_open(path, flags, mode);
}

int __real_openat(int folder, const char *path, int flags, ...);
int __wrap_openat(int folder, const char *path, int flags, ...);
int __wrap_openat(int folder, const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    return IS_DUE(OPENAT) ? -1 : __real_openat(folder, path, flags, mode);
}

WRAP(DIR *, opendir, const char *path)
{
    return IS_DUE(OPENDIR) ? NULL : __real_opendir(path);
}

WRAP(int, mkdir, const char *path, mode_t mode)
{
    return IS_DUE(MKDIR) ? -1 : __real_mkdir(path, mode);
}

WRAP(char *, mkdtemp, char *path)
{
    return IS_DUE(MKDTEMP) ? NULL : __real_mkdtemp(path);
}

WRAP(ssize_t, write, int fd, const void *bytes, size_t size)
{
    if (!IS_DUE(WRITE)) return __real_write(fd, bytes, size);
    if (plan->mode != FAULT_SHORT) return -1;
    return __real_write(fd, bytes, size > 1 ? size / 2 : size);
}

WRAP(ssize_t, pwrite, int fd, const void *bytes, size_t size, off_t offset)
{
    if (!IS_DUE(PWRITE)) return __real_pwrite(fd, bytes, size, offset);
    if (plan->mode != FAULT_SHORT) return -1;
    return __real_pwrite(fd, bytes, size > 1 ? size / 2 : size, offset);
}

WRAP(int, ftruncate, int fd, off_t size)
{
    return IS_DUE(FTRUNCATE) ? -1 : __real_ftruncate(fd, size);
}

WRAP(int, fsync, int fd)
{
    return IS_DUE(FSYNC) ? -1 : __real_fsync(fd);
}

WRAP(int, rename, const char *from, const char *to)
{
    return IS_DUE(RENAME) ? -1 : __real_rename(from, to);
}

WRAP(int, renameat, int from, const char *old, int to, const char *new)
{
    return IS_DUE(RENAMEAT) ? -1 : __real_renameat(from, old, to, new);
}

WRAP(int, linkat, int from, const char *old, int to, const char *new, int flags)
{
    return IS_DUE(LINKAT) ? -1 : __real_linkat(from, old, to, new, flags);
}

WRAP(void *, mmap, void *at, size_t size, int rights, int flags, int fd,
     off_t offset)
{
    return IS_DUE(MMAP) ? MAP_FAILED
                        : __real_mmap(at, size, rights, flags, fd, offset);
}

WRAP(int, memfd_create, const char *name, unsigned flags)
{
    return IS_DUE(MEMFD_CREATE) ? -1 : __real_memfd_create(name, flags);
}

WRAP(int, pipe2, int ends[2], int flags)
{
    return IS_DUE(PIPE2) ? -1 : __real_pipe2(ends, flags);
}

WRAP(int, socketpair, int domain, int type, int protocol, int ends[2])
{
    return IS_DUE(SOCKETPAIR) ? -1 : __real_socketpair(domain, type, protocol, ends);
}

WRAP(int, eventfd, unsigned value, int flags)
{
    return IS_DUE(EVENTFD) ? -1 : __real_eventfd(value, flags);
}

WRAP(int, pidfd_open, pid_t pid, unsigned flags)
{
    return IS_DUE(PIDFD_OPEN) ? -1 : __real_pidfd_open(pid, flags);
}

WRAP(pid_t, fork, void)
{
    return IS_DUE(FORK) ? -1 : __real_fork();
}

// It gives the number itself, and leaves errno alone.
WRAP(int, pthread_create, pthread_t *thread, const pthread_attr_t *attributes,
     void *(*function)(void *), void *argument)
{
    if (IS_DUE(PTHREAD_CREATE)) return EAGAIN;
    return __real_pthread_create(thread, attributes, function, argument);
}

WRAP(json_t *, json_load_file, const char *path, size_t flags, json_error_t *error)
{
    if (IS_DUE(JSON_LOAD_FILE)) return NULL;
    return __real_json_load_file(path, flags, error);
}

// The disk is full when half of it is written.
WRAP(int, json_dump_file, const json_t *json, const char *path, size_t flags)
{
    bool is_failure = IS_DUE(JSON_DUMP_FILE);
    int status = __real_json_dump_file(json, path, flags);
    struct stat what;
    if (!is_failure || status) return status;
    if (stat(path, &what) == 0 && truncate(path, what.st_size / 2) == 0)
        errno = ENOSPC;
    return -1;
}

static void *jansson_malloc(size_t size)
{
    return is_due(MALLOC, __builtin_return_address(0), true) ? NULL
                                                             : __real_malloc(size);
}

__attribute__((constructor)) static void plan_open(void)
{
    const char *path = getenv("FAULT_PLAN");
    int fd = path ? __real_open(path, O_RDWR | O_CLOEXEC) : -1;
    if (fd < 0) return;
    void *shared =
        __real_mmap(NULL, sizeof *plan, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (shared == MAP_FAILED) abort();
    json_set_alloc_funcs(jansson_malloc, free);
    plan = shared;
}
