#!/bin/sh
# Watches the files that a student edits, and answers every save:
#     watch.sh SUBMISSION 7.1=exercises/7.1-submit/submit.c ...
# A save while an answer is on its way ends that one first: entr does this, and answer.sh takes
# all that it has started with it. q, or Control-C, ends the watch.

here=$(dirname "$0")
files() { for pair in "$@"; do echo "${pair#*=}"; done; }

submission=$1
shift
if ! command -v entr >/dev/null 2>&1; then
    echo "make watch needs the program entr, which could not be fetched." >&2
    exit 1
fi
# Without a terminal entr is not to ask for one.
quiet=
[ -t 0 ] && [ -t 1 ] || quiet=-n

while :; do
    for file in $(files "$@"); do
        [ -f "$file" ] && continue
        echo "There is no $file; make reset brings the given one back." >&2
        exit 1
    done
    # shellcheck disable=SC2086
    files "$@" | entr $quiet -r sh "$here/answer.sh" "$submission" "$@"
    status=$?
    # 1: a file was gone for a moment, as with editors that write a new one.
    [ "$status" = 1 ] || break
    # 1, too: the terminal was closed, and nobody is there to read.
    [ "$quiet" ] || [ -t 0 ] || break
done
[ "$status" = 0 ] || [ "$status" -gt 128 ]
