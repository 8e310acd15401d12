#!/bin/sh
# In every box, as root and as a plain user: the stubs have no points, the solutions lose none.

[ -d solutions ] || { echo '1..0 # SKIP solutions/ is not here'; exit 0; }
built=$PWD/${BUILD:-build/plain}/tests/judge
places=$PWD/build/boxes
number=0
rm -rf "$places" && mkdir -p "$places/own" "$places/plain"
trap 'rm -rf "$places"' EXIT

result() { # STATUS NAME
    number=$((number + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $number - $2"
    else
        echo "not ok $number - $2"
        sed 's/^/# /' "$places/said"
    fi
}

skip() { # NAME REASON
    number=$((number + 1))
    echo "ok $number - $1 # SKIP $2"
}

# Runs a command as the user that tests, or as one without any rights.
as() { # own|plain COMMAND...
    who=$1
    shift
    if [ "$who" = plain ]; then
        setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps=-all "$@"
    else
        "$@"
    fi
}

judged() { # own|plain BOX SUBMISSION
    as "$1" "$built/judge" "$PWD" "$3" "$places/$1/results.json" "output=build/boxes/$1" \
        "box=$2" quick >"$places/said" 2>&1
}

loses_nothing() {
    judged "$1" "$2" solutions && grep -q "^isolation: $2" "$places/said"
}

has_nothing() {
    judged "$1" "$2" exercises
    grep -q '^grade: 0 of [0-9.]*, 0 pending$' "$places/said" && grep -q "^isolation: $2" "$places/said"
}

# The boxes that hold for this user.
boxes_of() {
    as "$1" "$built/doctor/main" "$built/probe/main" "$PWD/Makefile" |
        sed -n 's/^\([a-z]*\) box.*: every limit held$/\1/p' | sort -u
    echo none
}

all_of() { # own|plain
    held=$(boxes_of "$1")
    for box in full reduced none; do
        case " $(echo "$held" | tr '\n' ' ') " in
        *" $box "*)
            has_nothing "$1" "$box"
            result $? "$1 user, $box box: the stubs have no points"
            loses_nothing "$1" "$box"
            result $? "$1 user, $box box: the solutions lose none"
            ;;
        *)
            skip "$1 user, $box box" "it does not hold here; make doctor says why"
            ;;
        esac
    done
}

# Threads that the user has elsewhere, more than a run may have, take nothing from a run.
CROWD='
import sys, threading
over = threading.Event()
for _ in range(600): threading.Thread(target=over.wait, daemon=True).start()
print("here", flush=True)
sys.stdin.read()'
has_room() { # BOX
    mkfifo "$places/here" "$places/over"
    as plain /usr/bin/python3 -c "$CROWD" <"$places/over" >"$places/here" &
    exec 9>"$places/over"
    read -r _ <"$places/here"
    has_nothing plain "$1"
    set -- $?
    exec 9>&-
    wait
    rm "$places/here" "$places/over"
    return "$1"
}

all_of own
if [ "$(id -u)" -ne 0 ]; then
    skip 'plain user' 'this is one already'
elif ! chown 65534:65534 "$places/plain" || ! as plain test -r "$PWD/Makefile"; then
    skip 'plain user' 'no other user can read this folder'
else
    all_of plain
    for box in $(boxes_of plain | grep -v none); do
        has_room "$box"
        result $? "plain user with 600 threads elsewhere, $box box: the stubs have no points"
    done
fi
echo "1..$number"
