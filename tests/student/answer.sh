#!/bin/sh
# One answer to a save: checks the exercise whose file is the newest, its answers first, then
# whether its work runs at the same time, and all of it when that holds; shows what to fix first.
#     answer.sh SUBMISSION 7.1=exercises/7.1-submit/submit.c ...
# The screen holds one answer: it is cleared and written by one write. Ended by a signal, it ends
# the check, waits for it, and says nothing more.

submission=$1 results=build/check/results.json
shift
# (of files as old as each other the first one)
file=$(for pair in "$@"; do stat -c '%.9Y %n' "${pair#*=}"; done | sort -s -k 1,1nr | head -n 1)
file=${file#* }
for pair in "$@"; do [ "${pair#*=}" = "$file" ] && id=${pair%%=*}; done

clear=
[ -t 1 ] && clear=$(printf '\033[H\033[2J\033[3J')
scratch=$(mktemp -d) || exit 2
child=
stop() {
    trap '' TERM INT HUP
    [ -z "$child" ] || { kill "$child" && wait "$child"; } 2>/dev/null
    rm -rf "$scratch"
    exit 1
}
trap stop TERM INT HUP
trap 'rm -rf "$scratch"' EXIT

# Shows what it reads, in place of what was there.
show() {
    {
        echo "$clear$file, saved at $(date -r "$file" +%H:%M:%S)"
        echo
        cat
    } >"$scratch/screen"
    dd if="$scratch/screen" bs=64k status=none
}

# Runs a check in the background, so that a signal is answered at once.
check() {
    env -u MAKEFLAGS -u MAKELEVEL make -s check EX="$id" SUBMISSION="$submission" "$@" \
        >"$scratch/table" 2>&1 </dev/null &
    child=$!
    wait "$child"
    status=$?
    child=
    return "$status"
}

# Of a table: the exercise's points, the line to mend with what is said about it, and the way on.
# Where there is no table, make says why.
summary() {
    if ! grep -q '^grade: ' "$scratch/table"; then
        tail -n 20 "$scratch/table"
        return
    fi
    awk -v id="$id" '
        index($0, id " ") == 1 { print; print "" }
        /^  (passed|waits|FAILED|skipped|pending|error) / { count++ }
        { line[NR] = $0; block[NR] = count }
        /^  next: mend / { name = $0; sub(/^[^"]*"/, "", name); sub(/"$/, "", name) }
        /^  next: / { next_from = NR }
        END {
            for (k = 1; name && k < next_from; k++)
                if (line[k] ~ /^  FAILED/ && index(line[k], name)) { wanted = block[k]; break }
            for (k = 1; wanted && k < next_from; k++) if (block[k] == wanted) print line[k]
            if (wanted) print ""
            for (k = next_from; next_from && line[k] != ""; k++) print line[k] }' "$scratch/table"
}

echo "checking $id ..." | show
if ! check QUICK=answers FIRST=1; then
    summary | show
    exit
fi
echo "The answers are right. Now whether the work runs at the same time ..." | show
if ! check QUICK=1 FIRST=1 FROM="$results"; then
    summary | show
    exit
fi
{ summary && echo "So far so good. Now memory errors, data races and speed: a minute or less ..."; } | show
check FROM="$results" && holds=yes || holds=
{
    summary
    if [ "$holds" ] && grep -q '^grade: .*, 0 pending' "$scratch/table"; then
        echo "All of it holds. make progress says what is next."
    elif [ "$holds" ]; then
        echo "Nothing failed, but this machine was too busy to decide all of it. Try again while nothing else"
        echo "runs: make check EX=$id"
    fi
} | show
