#!/bin/sh
# Runs fuzzers, so many seconds each, JOBS= of them at a time:
#     fuzz.sh SECONDS PROGRAM...
# In build/fuzz/, corpus/NAME is carried on from run to run, found/NAME keeps the inputs of
# findings, tried again at the next run, and seconds has a line a run, so that slices add up. A
# fuzzer's seconds without a finding count from its last finding on. What is wrong inside libhdf5,
# which no caller can mend, is no finding: libhdf5/ has the inputs and a list. The status is 1
# where something was found.

here=${0%/*}
seconds=$1
shift
home=build/fuzz
limits='-timeout=20 -rss_limit_mb=2048 -malloc_limit_mb=1024 -print_final_stats=1'
export ASAN_OPTIONS=allocator_may_return_null=1:detect_stack_use_after_return=0
export LSAN_OPTIONS="suppressions=$here/leaks.txt:print_suppressions=0"

# How long a fuzzer has found nothing.
clean_seconds() { # NAME
    awk -v name="$1" '$1 == name { sum = $5 == "found" ? 0 : sum + $2 } END { print sum + 0 }' $home/seconds
}

# Tries one input as the fuzzer met it; what is wrong stands in the log. True where nothing is.
try() { # PROGRAM INPUT LOG
    # shellcheck disable=SC2086  # options are words
    timeout -k 5 60 "$1" $limits $options "$2" >"$3" 2>&1
}

# What stands in the folder of findings: those that are mended become part of the corpus, those
# inside libhdf5 are listed, the rest is told. True where none is left.
findings_sort() { # PROGRAM NAME
    left=0
    for input in "$home/found/$2"/*; do
        [ -e "$input" ] || continue
        words=$home/logs/$2-${input##*/}
        if try "$1" "$input" "$words"; then
            rm -f "$words"
            mv "$input" "$home/corpus/$2/"
            continue
        fi
        fault=$(awk -f "$here/fault.awk" "$words")
        if [ "${fault%% *}" = libhdf5 ]; then
            mv "$input" "$home/libhdf5/$2-${input##*/}"
            echo "${fault#* }" >>"$home/libhdf5/list"
            continue
        fi
        left=$((left + 1))
        echo "FOUND by $2: ${fault#* }"
        echo "    its words: $words"
        echo "    again:     $1 $input"
    done
    [ "$left" -eq 0 ]
}

# Goes on after faults inside libhdf5 until the time is over. True where nothing was found.
slice() { # PROGRAM NAME LOG OPTIONS...
    program=$1 name=$2 log=$3
    shift 3
    end=$(($(date +%s) + seconds))
    findings_sort "$program" "$name" || return 1
    while [ "$(date +%s)" -lt "$end" ]; do
        rest=$((end - $(date +%s)))
        # shellcheck disable=SC2086
        timeout -k 10 $((rest + 120)) "$program" $limits "$@" -max_total_time="$rest" \
            -artifact_prefix="$home/found/$name/" "$home/corpus/$name" "$here/corpus/$name" >"$log" 2>&1
        status=$?
        cat "$log" >>"$log.all"
        has_input=$(ls "$home/found/$name")
        findings_sort "$program" "$name" || return 1
        [ "$status" -eq 0 ] && return
        [ "$has_input" ] || { echo "FOUND by $name: it ended with status $status" && tail -n 5 "$log" && return 1; }
    done
}

fuzz() { # PROGRAM
    name=${1##*/}
    log=$home/logs/$name
    mkdir -p "$home/corpus/$name" "$home/found/$name"
    rm -f "$log.all"
    touch "$log.all"
    options=$(grep -hv '^#' "$here/$name.options" 2>/dev/null | tr '\n' ' ')
    [ ! -f "$here/$name.dict" ] || options="$options -dict=$here/$name.dict"
    begin=$(date +%s)
    verdict=clean
    # shellcheck disable=SC2086
    slice "$1" "$name" "$log" -max_len=4096 $options >"$log.told" || verdict=found
    took=$(($(date +%s) - begin))
    runs=$(awk '/^stat::number_of_executed_units/ { sum += $2 } END { print sum + 0 }' "$log.all")
    coverage=$(grep -o 'cov: [0-9]*' "$log.all" | cut -c 6- | sort -n | tail -n 1)
    echo "$name $took $runs ${coverage:-0} $verdict" >>$home/seconds
    printf '%-16s %5d s %9d runs, coverage %5d, clean for %5d s\n' "$name" "$took" "$runs" \
        "${coverage:-0}" "$(clean_seconds "$name")"
    cat "$log.told"
    [ $verdict = clean ]
}

mkdir -p $home/logs $home/libhdf5
if [ "$1" = only ]; then
    fuzz "$2"
    exit
fi
SCRATCH=$(mktemp -d -p "$([ -w /dev/shm ] && echo /dev/shm || echo /tmp)") || exit 2
export SCRATCH
trap 'rm -rf "$SCRATCH"' EXIT
trap 'exit 130' INT TERM
printf '%s\n' "$@" | xargs -n 1 -P "${JOBS:-1}" sh "$0" "$seconds" only
status=$?
if [ -s $home/libhdf5/list ]; then
    sort -u -o $home/libhdf5/list $home/libhdf5/list
    echo "inside libhdf5, $(wc -l <$home/libhdf5/list) faults so far, listed in $home/libhdf5/list"
fi
[ $status -eq 0 ] || { echo "Something was found: mend it, and make a unit test of it." && exit 1; }
echo "no findings"
