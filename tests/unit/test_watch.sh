#!/bin/sh
# make watch in a terminal, as a student has it: a save is answered with what to fix first, a
# further save ends the check that runs, and the screen holds one answer. And make reset.

. tests/unit/tap.sh
socket=watch-$$
screen() { tmux -L "$socket" capture-pane -p -t watch; }
trap 'tmux -L "$socket" kill-server 2>/dev/null; rm -rf "$scratch"' EXIT

# Waits until the screen has the pattern; says what it had when that takes very long.
shows() {
    tries=0
    until screen | grep -q "$1"; do
        tries=$((tries + 1))
        [ "$tries" -lt 600 ] || { screen && return 1; }
        sleep 0.05
    done
}

mkdir -p "$scratch/work"
for stub in tests/7.*/baseline.c; do
    folder=$(basename "$(dirname "$stub")")
    cp "$stub" "$scratch/work/${folder#*-}.c"
done
touch -d '1 hour ago' "$scratch/work/"*
file=$scratch/work/submit.c

# Saves a 7.1 as editors do: another file, renamed.
save() { cp "$1" "$scratch/work/saved~" && mv "$scratch/work/saved~" "$file"; }

# ---- reset

reset_keeps() {
    cp "$1" "$scratch/reset.c" && echo '// mine' >>"$scratch/reset.c"
    sh tests/student/reset.sh "$1" "$scratch/reset.c" "$scratch/kept" && cmp "$1" "$scratch/reset.c" &&
        tail -n 1 "$scratch/kept/reset.1.c" | grep -x '// mine'
}
reset_counts() {
    echo '// mine again' >>"$scratch/reset.c"
    sh tests/student/reset.sh "$1" "$scratch/reset.c" "$scratch/kept" &&
        grep -x '// mine again' "$scratch/kept/reset.2.c" && grep -x '// mine' "$scratch/kept/reset.1.c"
}
reset_rests() {
    sh tests/student/reset.sh "$1" "$scratch/reset.c" "$scratch/kept" && [ ! -e "$scratch/kept/reset.3.c" ]
}
check test_reset_brings_the_stub_back_and_keeps_the_old_file reset_keeps tests/7.1-submit/baseline.c
check test_reset_keeps_every_old_file reset_counts tests/7.1-submit/baseline.c
check test_reset_of_an_untouched_file_keeps_nothing reset_rests tests/7.1-submit/baseline.c
reset_asks() { ! env -u MAKEFLAGS -u MAKELEVEL make -s reset 2>&1 | grep -q 'Nothing\|missing operand' && env -u MAKEFLAGS -u MAKELEVEL make -s reset 2>&1 | grep -q 'make reset EX=7.1'; }
check test_reset_without_an_exercise_asks_which reset_asks

# ---- the steps of an answer: the answers alone first; what they decided is not tested again

step() {
    env -u MAKEFLAGS -u MAKELEVEL make -s check EX=7.1 SUBMISSION="$scratch/work" RESULTS="$scratch/results.json" \
        ATTEMPTS="$scratch/attempts" "$@" || true
}
answers_come_first() {
    step QUICK=answers | grep -x 'grade: 0 of 30, 30 pending' && [ ! -e "$scratch/attempts" ]
}
answers_are_kept() {
    seconds='"seconds": *[0-9.]*'
    grep -o "$seconds" "$scratch/results.json" | head -n 2 >"$scratch/before"
    step QUICK=1 FROM="$scratch/results.json" | grep -x 'grade: 0 of 30, 0 pending' &&
        grep -o "$seconds" "$scratch/results.json" | head -n 2 | diff "$scratch/before" - && [ -e "$scratch/attempts" ]
}
check test_watch_looks_at_the_answers_first answers_come_first
check test_watch_goes_on_from_what_it_knows answers_are_kept
touch -d '1 hour ago' "$scratch/work/"*

# ---- watch

if ! command -v tmux >/dev/null || ! command -v entr >/dev/null; then
    skip test_watch 'needs tmux and entr'
    plan
    exit
fi

# What answers leave behind: the judge and the runners of this submission, whose name grep must not
# have among its own words.
echo "$scratch/work" >"$scratch/sought"
running() { grep -lFf "$scratch/sought" /proc/[0-9]*/cmdline 2>/dev/null; }

begins() {
    tmux -L "$socket" -f /dev/null new-session -d -s watch -x 110 -y 40 \
        "env -u MAKEFLAGS -u MAKELEVEL make -s watch SUBMISSION=$scratch/work; cat"
    shows 'hint 1 there is about this'
}
check test_watch_answers_at_once_with_what_to_fix_first begins

one_answer() {
    screen >"$scratch/screen"
    cat "$scratch/screen"
    [ "$(grep -c ', saved at ' "$scratch/screen")" = 1 ] && [ "$(grep -c 'next: ' "$scratch/screen")" = 1 ] &&
        [ "$(grep -c 'FAILED' "$scratch/screen")" -le 1 ] && head -n 1 "$scratch/screen" | grep -q ', saved at '
}
check test_watch_shows_one_answer one_answer

broken_is_told() {
    sed 's/return 0;/return 0/' tests/7.1-submit/baseline.c >"$scratch/broken.c"
    save "$scratch/broken.c"
    shows 'the compiler says' && one_answer && ! grep -q 'slow call' "$scratch/screen"
}
check test_watch_a_save_that_does_not_compile_is_told broken_is_told

# The first of two saves never ends by itself: only its end lets the second be answered.
second_save_ends_the_first() {
    sed 's/return 0;/for (;;) slow_add(0, 1);/' tests/7.1-submit/baseline.c >"$scratch/endless.c"
    save "$scratch/endless.c"
    shows 'checking 7.1' && save "$scratch/broken.c" && shows 'the compiler says' && one_answer
}
check test_watch_a_new_save_ends_the_check_that_runs second_save_ends_the_first

other_exercise() {
    echo 'int' >"$scratch/work/conversion.c"
    shows 'conversion.c, saved at' && shows 'next: make it compile' && one_answer
}
check test_watch_answers_for_the_exercise_that_was_saved other_exercise

if [ -d solutions ]; then
    solved_goes_on() {
        save solutions/7.1-submit/submit.c
        shows 'Now memory errors' && save "$scratch/broken.c" &&
            shows 'the compiler says' && one_answer && ! grep -q 'So far' "$scratch/screen"
    }
    check test_watch_goes_on_with_the_whole_check_when_the_quick_one_holds solved_goes_on
fi

ends() {
    tmux -L "$socket" kill-server
    tries=0
    while running; do
        tries=$((tries + 1))
        [ "$tries" -lt 400 ] || { echo 'still there:' && tr '\0' ' ' <"$(running | head -n 1)" && return 1; }
        sleep 0.05
    done
}
check test_watch_leaves_nothing_behind ends

# make leads the terminal's session, as where a terminal is opened for it alone.
ends_with_its_terminal() {
    tmux -L "$socket" -f /dev/null new-session -d -s watch -x 110 -y 40 \
        "exec env -u MAKEFLAGS -u MAKELEVEL make -s watch SUBMISSION=$scratch/work"
    shows 'saved at' && ends
}
check test_watch_ends_with_its_terminal ends_with_its_terminal

plan
