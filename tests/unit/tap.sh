# shellcheck shell=sh
# What a script among the tests begins with:
#     . tests/unit/tap.sh
#     check test_layout_has_a_readme test -f README.md
#     plan
# $scratch is a folder of its own, and gone when the script ends.

count=0
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT

# One line of TAP: the name, then a command that must succeed and otherwise says what is wrong.
check() {
    count=$((count + 1))
    name=$1
    shift
    if "$@" >"$scratch/output" 2>&1; then
        echo "ok $count - $name"
    else
        echo "not ok $count - $name"
        sed 's/^/# /' "$scratch/output"
    fi
}

skip() { # NAME REASON
    count=$((count + 1))
    echo "ok $count - $1 # SKIP $2"
}

plan() { echo "1..$count"; }
