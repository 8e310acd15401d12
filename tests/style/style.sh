#!/bin/sh
# What is written otherwise than agreed, or looks like a mistake, in C files and scripts:
#     style.sh FILE...    the C files that are linted; all that is ours is formatted
# A tool that is missing, or has other rules than those agreed on, is skipped and says so.

failed=0
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT

# The formatter's and the linter's rules change with their versions; these are Debian 12's.
VERSION=14

# One step: its name, then a command that is silent and succeeds when there is nothing to find.
step() {
    name=$1
    shift
    begin=$(date +%s)
    if "$@" >"$scratch/said" 2>&1; then
        echo "$name: nothing found ($(($(date +%s) - begin)) s)"
    else
        failed=1
        cat "$scratch/said"
        echo "$name: FAILED ($(($(date +%s) - begin)) s)"
    fi
}

# Is the tool here, in this version where one is asked for?
has() {
    command -v "$1" >/dev/null || { echo "$1: skipped, it is missing: make deps ALL=1" && return 1; }
    [ -z "${2:-}" ] || "$1" --version | grep -q "version $2\." ||
        { echo "$1: skipped, it is not version $2" && return 1; }
}

ours() { find .ci exercises solutions tests data -type f "$@" 2>/dev/null | LC_ALL=C sort; }

format() {
    # shellcheck disable=SC2046  # names without blanks
    clang-format --dry-run -Werror $(ours '(' -name '*.c' -o -name '*.h' ')')
}
tidy() {
    $MAKE -s -k -j"$(nproc)" -Otarget build/style/tidied
}
# (the machine that most have; what needs others is behind the same macros)
check() {
    mkdir -p build/style/cppcheck
    cppcheck -j"$(nproc)" --quiet --error-exitcode=1 --std=c11 -D__x86_64__ -D_GNU_SOURCE \
        --enable=warning,style,performance,portability --inline-suppr \
        --suppressions-list=tests/style/cppcheck.txt --cppcheck-build-dir=build/style/cppcheck \
        -Iexercises -Itests "$@"
}
scripts() {
    # shellcheck disable=SC2046  # names without blanks
    shellcheck $(ours -name '*.sh') $(ours -perm /111 '!' -name '*.*' | xargs grep -l '^#!.*sh$')
}

has clang-format $VERSION && step clang-format format
has clang-tidy $VERSION && step clang-tidy tidy
has cppcheck && step cppcheck check "$@"
has shellcheck && step shellcheck scripts
[ "$failed" = 0 ]
