#!/bin/sh
# Runs a command in a folder as on a machine of its own, by the login shell of a user there:
#     machine.sh ROOT PACKAGES USER COMMAND
# PACKAGES, a folder, is where its apt keeps what it fetched. Not chroot: the folder becomes the
# root of a namespace, in which boxes can be made as on any machine. All mounts are of that
# namespace and go with it, whatever happens to this script. Control groups are its own, too: a
# judge clears away those of makers that it cannot see.

if [ "$1" != inside ]; then
    exec unshare --mount --pid --ipc --uts --cgroup --fork --kill-child --propagation private \
        sh "$0" inside "$@"
fi
root=$2 packages=$3 user=$4 command=$5

set -e
mount --bind "$root" "$root"
mount --bind "$packages" "$root/var/cache/apt/archives"
mount -t proc proc "$root/proc"
mount -t sysfs sysfs "$root/sys"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup" 2>/dev/null || true
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=0620 devpts "$root/dev/pts"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
for node in 'null 1 3' 'zero 1 5' 'full 1 7' 'random 1 8' 'urandom 1 9' 'tty 5 0'; do
    # shellcheck disable=SC2086  # name, major, minor
    set -- $node
    mknod -m 666 "$root/dev/$1" c "$2" "$3"
done
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
for number in 0 1 2; do
    ln -s "/proc/self/fd/$number" "$root/dev/$(echo stdin stdout stderr | cut -d ' ' -f $((number + 1)))"
done
hostname fresh
cd "$root"
pivot_root . mnt
set +e

# This shell stays: as the machine's first process it buries what others leave behind.
# shellcheck disable=SC2016  # the inner shell's own arguments
chroot . /bin/sh -c 'umount -l /mnt; exec timeout -k 10 5400 su - "$0" -c "$1"' "$user" "$command"
exit $?
