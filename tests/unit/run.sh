#!/bin/sh
# Runs test programs (and *.sh, *.py), each of which prints TAP, and counts their lines:
#     run.sh PROGRAM...
# Shell scripts, most of which wait for judges, run one after the other beside all else; the matrix
# of mutants, the longest of them, beside all of these. A program that ends without its plan, or with
# a status other than 0, is a failure of its own. The last line is `N passed, N failed, N skipped`;
# the status is 0 when none failed.

# It chose these programs; to a make that one of them calls it would mean something else.
unset ONLY

scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT

run() { # PROGRAM
    case $1 in
    *.sh) set -- sh "$1" ;;
    *.py) set -- /usr/bin/python3 "$1" ;;
    # it wants its memory where it always is, and would not outlive a fork among threads
    build/tsan/*) set -- env TSAN_OPTIONS=die_after_fork=0 setarch -R "$1" ;;
    esac
    timeout -k 5 1200 "$@" </dev/null
}

# What a program printed that one wants to see, and its counts.
report() { # PROGRAM STATUS OUTPUT SECONDS
    ok=$(grep -c '^ok' "$3")
    bad=$(grep -c '^not ok' "$3")
    skip=$(grep -ci '^ok.*# *skip' "$3")
    plan=$(sed -n 's/^1\.\.\([0-9]*\).*/\1/p' "$3" | tail -n 1)
    if [ "$2" -ne 0 ] && [ "$bad" -eq 0 ]; then
        bad=1
        echo "not ok - $1 ended with status $2" >>"$3"
    elif [ "${plan:-none}" != $((ok + bad)) ]; then
        bad=$((bad + 1))
        echo "not ok - $1 printed $ok tests, its plan says ${plan:-nothing}" >>"$3"
    fi
    if [ "$bad" -gt 0 ]; then cat "$3"; else grep -i '# *skip' "$3"; fi
    printf '%-52s %4d passed, %d failed, %d skipped  (%d s)\n' "$1" $((ok - skip)) "$bad" "$skip" "$4"
}

lane() { # NAME PROGRAM...
    output=$scratch/$1.output
    said=$scratch/$1.said
    shift
    for program in "$@"; do
        begin=$(date +%s)
        run "$program" >"$output" 2>&1
        report "$program" $? "$output" $(($(date +%s) - begin)) >"$said"
        flock "$scratch/turn" tee -a "$scratch/all" <"$said"
    done
}

scripts='' programs='' mutants=''
for program in "$@"; do
    case $program in
    */test_mutants.sh) mutants=$program ;;
    *.sh) scripts="$scripts $program" ;;
    *) programs="$programs $program" ;;
    esac
done
# shellcheck disable=SC2086  # lists of names without blanks
lane scripts $scripts &
lane mutants ${mutants:+"$mutants"} &
# shellcheck disable=SC2086
lane programs $programs
wait
touch "$scratch/all"

awk '/ passed, [0-9]+ failed, [0-9]+ skipped  \([0-9]+ s\)$/ {
         passed += $2; failed += $4; skipped += $6
     }
     END {
         printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
         exit failed > 0
     }' "$scratch/all"
