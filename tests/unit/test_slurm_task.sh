#!/bin/sh
# One task of a round's array, without Slurm: what it does when a number cannot be begun, and when
# Slurm ends it. The program that grades a number and scontrol are the test's own.

# The programs of the test expand what is theirs.
# shellcheck disable=SC2016

. tests/unit/tap.sh

mkdir -p "$scratch/bin" "$scratch/round" "$scratch/logs"
echo 77aa >"$scratch/round/token"
printf '#!/bin/sh\necho "$@" >>"%s/asked"\n' "$scratch" >"$scratch/bin/scontrol"
chmod +x "$scratch/bin/scontrol"

# The second task of array 11, with numbers 2 and 3. Slurm's number of one task may be the array's.
task() { # STATUS OF NUMBER 3, RESTARTS
    rm -f "$scratch/asked" "$scratch"/logs/*
    printf '#!/bin/sh\n[ "$3" != 3 ] || %s\n' "$1" >"$scratch/bin/one"
    chmod +x "$scratch/bin/one"
    env PATH="$scratch/bin:$PATH" SLURM_JOB_ID=11 SLURM_ARRAY_JOB_ID=11 SLURM_ARRAY_TASK_ID=1 \
        SLURM_RESTART_COUNT="$2" SLURM_TASK_FOLDER="$scratch" SLURM_TASK_PAUSE=0 \
        sh tests/grade/slurm_task.sh "$scratch/bin" one "$scratch/round" 77aa 2 6 "$scratch/logs"
}

log() { cat "$scratch/logs/77aa-1.txt"; }

graded() {
    task 'exit 0' 0 && [ ! -e "$scratch/asked" ]
}

not_graded() {
    task 'exit 1' 0
    [ $? -eq 1 ] && [ ! -e "$scratch/asked" ]
}

not_begun() {
    task 'exit 2' 0
    [ $? -eq 1 ] && log | grep 'not begun: number 3,' && [ "$(cat "$scratch/asked")" = 'requeue 11_1' ]
}

not_begun_again() {
    task 'exit 2' 1
    [ $? -eq 1 ] && [ ! -e "$scratch/asked" ]
}

# Slurm ends what runs in a task and leaves its script a moment.
ended() {
    task 'kill -TERM $$' 0
    [ $? -eq 143 ] && [ ! -e "$scratch/asked" ] && ! log | grep 'not begun'
}

nothing_left() {
    task 'exit 2' 0
    [ -z "$(find "$scratch" -maxdepth 1 -name 'workbook-task-*')" ]
}

check test_slurm_task_whose_numbers_are_graded_ends_well graded
check test_slurm_task_that_could_not_grade_a_number_fails not_graded
check test_slurm_task_that_could_not_begin_is_begun_again_alone not_begun
check test_slurm_task_that_could_not_begin_twice_fails not_begun_again
check test_slurm_task_that_slurm_ends_does_not_begin_itself_again ended
check test_slurm_task_leaves_nothing_in_its_folder nothing_left

plan
