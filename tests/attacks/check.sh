#!/bin/sh
# Judges hostile submissions and looks afterwards whether judge and machine are unharmed:
#     check.sh MATRIX JUDGE DOCTOR PROBE BOX FILE...
# BOX: full or reduced; empty: the strongest box that works here. Without a box nothing is run:
# what stands in these files must not run with anybody's own rights. Prints TAP and a summary.

matrix=$1 judge=$2 doctor=$3 probe=$4 box=$5
shift 5

count=0 failed=0
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT

# One line of TAP: the name, then a command that must succeed and otherwise says what is wrong.
check() {
    count=$((count + 1))
    name=$1
    shift
    if "$@" >"$scratch/said" 2>&1; then
        echo "ok $count - $name"
    else
        failed=$((failed + 1))
        echo "not ok $count - $name"
        sed 's/^/# /' "$scratch/said"
    fi
}

"$doctor" "$PWD/$probe" "$PWD/Makefile" >"$scratch/doctor"
held=$(sed -n 's/^\([a-z]*\) box.*: every limit held$/\1/p' "$scratch/doctor")
box=${box:-$(sed -n 's/^isolation: //p' "$scratch/doctor")}
case " $(echo "$held" | tr '\n' ' ') " in
*" $box "*) ;;
*)
    echo "ok 1 - attacks # SKIP the box \"$box\" does not hold here; make doctor says why"
    echo '1..1'
    exit 0
    ;;
esac

# What an attack writes outside is named workbook-attack, or belongs to a box's user.
places='/tmp /dev/shm /var/tmp /run'
strays() {
    # shellcheck disable=SC2086  # several places
    find $places / "$HOME" . -maxdepth 1 -name '*workbook-attack*' -newer "$scratch/begin" 2>/dev/null
}
tree() { git status --porcelain --untracked-files=all 2>/dev/null; }
# Shared memory, queues and semaphores that no process holds.
ipc() { cat /proc/sysvipc/* | awk '{ print $1, $2 }' && ls /dev/mqueue 2>/dev/null; }
sums() { find tests solutions exercises -name __pycache__ -prune -o -type f -exec sha256sum {} + | sort; }

tree >"$scratch/tree"
sums >"$scratch/sums"
ipc >"$scratch/ipc"
touch "$scratch/begin"
begin=$(date +%s)

# A session of its own, whose number stands in the names of its control groups.
# shellcheck disable=SC2016  # for the inner shell
setsid -w sh -c 'echo $$ >"$1" && shift && exec "$@"' sh "$scratch/session" \
    "$matrix" "$PWD" "$judge" "build/attacks/$box" "box=$box" "$@" |
    tee "$scratch/matrix" | grep --line-buffered -v '^1\.\.'
count=$(grep -c '^\(not \)\{0,1\}ok ' "$scratch/matrix")
failed=$(grep -c '^not ok ' "$scratch/matrix")
attacks=$count

same() { "$1" | diff "$scratch/$1" -; }
none() { strays >"$scratch/found" && ! grep . "$scratch/found"; }
no_group() { ! find /sys/fs/cgroup -maxdepth 2 -name "workbook-$(cat "$scratch/session")-*" 2>/dev/null | grep .; }
still_judges() {
    cp "$1" "$scratch/submit.c" && mkdir -p "$scratch/honest" && mv "$scratch/submit.c" "$scratch/honest/" &&
        "$judge" "$PWD" "$scratch/honest" "$scratch/results.json" exercise=7.1 "output=build/attacks/$box" \
            "box=$box" quick
}
stub_scores_nothing() { still_judges exercises/7.1-submit/submit.c | grep 'grade: 0 of .*, 0 pending'; }

check "$box box: sources are as they were" same sums
check "$box box: nothing was written beside build/" same tree
check "$box box: nothing was written in $places" none
check "$box box: no control group is left" no_group
check "$box box: no memory, queue or semaphore is left that nobody holds" same ipc
check "$box box: the judge judges as before" stub_scores_nothing
echo "1..$count"
echo "# $attacks attacks in the $box box, $failed of all checks failed, $(($(date +%s) - begin)) s"
[ "$failed" -eq 0 ]
