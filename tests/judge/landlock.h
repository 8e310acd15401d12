#ifndef JUDGE_LANDLOCK_H
#define JUDGE_LANDLOCK_H

// Landlock: files, TCP ports and signals taken from a process and all that it starts, without
// namespaces and without root. Source: the kernel's Documentation/userspace-api/landlock.rst.

// Leaves the calling thread the paths in `readable` (which ends with NULL; those that are not
// there are passed over) to read and execute, the standard devices, and `folder` to write to
// (NULL: none). 0, or a negative errno: -ENOSYS where this kernel has no Landlock. From
// version 6 on, signals reach only processes of the same box.
int landlock_enter(const char *const readable[], const char *folder);

// Landlock's version in this kernel; 0: none.
int landlock_version(void);

#endif
