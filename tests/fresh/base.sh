#!/bin/sh
# Makes FOLDER/SUITE.tar, the smallest system of a Debian release, unless it is there:
#     base.sh SUITE FOLDER
# Packages come from MIRROR=, else from where this machine's apt has Debian's, else from where
# debootstrap itself would look. The system asks the same place, the same way.

suite=$1
tar=$2/$1.tar
[ ! -e "$tar" ] || exit 0
root=$(mktemp -d "$2/root.XXXXXX") && chmod 755 "$root" || exit 1
trap 'rm -rf --one-file-system "$root"' EXIT
trap 'exit 130' INT TERM

mirror_of_this_machine() {
    # shellcheck disable=SC2016  # apt's own variables
    apt-get indextargets --format '$(ORIGIN) $(LABEL) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
        awk '$1 == "Debian" && $2 == "Debian" { print $3; exit }'
}

mirror=${MIRROR:-$(mirror_of_this_machine)}
case $mirror in https:*) also=--include=ca-certificates ;; *) also= ;; esac
# Its mounts stand in a namespace of their own, which none outlives.
# shellcheck disable=SC2086  # no words where there are none
unshare --mount --propagation private \
    debootstrap --variant=minbase $also "$suite" "$root" $mirror || exit 1

# How the packages are reached; those that were fetched are kept for the next machine.
apt-config dump | grep -E '^Acquire::(Check-|Retries|https?:)' >"$root/etc/apt/apt.conf.d/90fresh"
rm -f "$root"/var/cache/apt/archives/*.deb
tar -C "$root" -cf "$tar.partial" . && mv "$tar.partial" "$tar"
