#!/bin/sh
# Runs the README's two commands on fresh machines: the smallest system of each Debian release in
# SUITE, a clone of HEAD in it, once as root and once as a plain user with sudo (WHO). Prints TAP;
# all that the commands printed is kept in build/fresh/. Environment:
#     SUITE='bookworm trixie'   WHO='root student'
#     PART=check: the first command alone; solutions: and the solutions' check; test: all
#     ONLY=word: those of `make test` with this word
#     MIRROR=, else the one that this machine's apt uses
#     KEEP=1: leaves the machines' files in build/fresh/
# Base systems and packages stay in build/fresh/, so the next run fetches little.

here=$(cd "$(dirname "$0")" && pwd)
fresh=$PWD/build/fresh
part=${PART:-test}
count=0
failed=0
machine=

# Each machine is a namespace of its own and holds all its mounts: it goes with its first process.
clean_up() {
    [ -z "$machine" ] || kill -KILL "$machine" 2>/dev/null
    [ "${KEEP:-}" ] || rm -rf --one-file-system "$fresh"/root.*
}
trap clean_up EXIT
trap 'exit 130' INT TERM

skip_all() {
    echo "1..0 # SKIP $1"
    exit 0
}

# One line of TAP; the log is named where something is wrong.
report() { # STATUS NAME LOG
    count=$((count + 1))
    if [ "$1" = 0 ]; then
        echo "ok $count - $2"
    else
        failed=$((failed + 1))
        echo "not ok $count - $2"
        tail -n 15 "$3" | sed 's/^/# /'
        echo "# all of it: $3"
    fi
}

# In the background, so that a signal is not kept waiting until the machine ends.
in_machine() { # USER COMMAND
    sh "$here/machine.sh" "$root" "$fresh/packages-$suite" "$1" "$2" </dev/null &
    machine=$!
    wait "$machine"
    status=$?
    machine=
    return "$status"
}

# A command of the README: the N-th line of those that stand indented.
command_of_readme() { sed -n 's/^    //p' README.md | sed -n "$1p"; }

# What a command printed is its verdict; the stubs earn nothing, so their check ends with a status.
check_is_right() { grep -qx 'grade: 0 of 100, 0 pending' "$1"; }
solutions_is_right() {
    awk '/^grade: / { right = sprintf("%.1f", $2 + $5) == sprintf("%.1f", $4) } END { exit !right }' "$1"
}
test_is_right() {
    awk '/^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$/ { right = $1 > 0 && $3 == 0 } END { exit !right }' "$1"
}

run_part() { # USER PART COMMAND
    log=$fresh/$suite-$1-$2.log
    begin=$(date +%s)
    in_machine "$1" "$3" >"$log" 2>&1
    "$2_is_right" "$log"
    right=$?
    said=$(grep -E '^grade: |^[0-9]+ passed, ' "$log" | tail -n 1)
    report "$right" "$suite as $1: $2: ${said:-no verdict} ($(($(date +%s) - begin)) s)" "$log"
}

# A machine for one user: the base system, and a clone in the home.
new_machine() { # USER
    root=$(mktemp -d "$fresh/root.XXXXXX") &&
        tar -C "$root" -xpf "$fresh/$suite.tar" &&
        cp /etc/resolv.conf /etc/hosts "$root/etc/" || return
    home=$root/root
    if [ "$1" != root ]; then
        home=$root/home/$1
        in_machine root "apt-get update && apt-get install -y --no-install-recommends sudo &&
            useradd --create-home --shell /bin/bash $1 &&
            echo '$1 ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/$1" || return
    fi
    git clone -q --no-hardlinks "$PWD" "$home/workbook" &&
        { [ "$1" = root ] || in_machine root "chown -R $1: /home/$1"; }
}

run_machine() { # USER
    log=$fresh/$suite-$1-machine.log
    if ! new_machine "$1" >"$log" 2>&1; then
        report 1 "$suite as $1: a machine is set up" "$log"
        return
    fi
    run_part "$1" check "cd workbook; $(command_of_readme 1)"
    [ "$part" = check ] || [ ! -d solutions ] ||
        run_part "$1" solutions 'cd workbook; make check SUBMISSION=solutions'
    [ "$part" != test ] || run_part "$1" test "cd workbook; ${ONLY:+ONLY=$ONLY }$(command_of_readme 2)"
    [ "${KEEP:-}" ] || rm -rf --one-file-system "$root"
}

[ "$(id -u)" = 0 ] || skip_all 'a fresh machine is made by root'
unshare --mount --pid --ipc --uts --cgroup --fork --propagation private true 2>/dev/null ||
    skip_all 'no namespaces may be made here'
PATH=$PATH:/usr/sbin:/sbin
command -v debootstrap >/dev/null || skip_all 'debootstrap is missing: make deps ALL=1'
mkdir -p "$fresh"

for suite in ${SUITE:-bookworm trixie}; do
    mkdir -p "$fresh/packages-$suite"
    if ! sh "$here/base.sh" "$suite" "$fresh" >"$fresh/$suite.log" 2>&1; then
        count=$((count + 1))
        echo "ok $count - $suite # SKIP its packages cannot be had: $(tail -n 1 "$fresh/$suite.log")"
        continue
    fi
    for user in ${WHO:-root student}; do run_machine "$user"; done
done
echo "1..$count"
[ "$failed" = 0 ]
