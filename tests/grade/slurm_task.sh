#!/bin/sh
# One task of the array that grades a round: some numbers of its list, one after the other.
#     slurm_task.sh ROOT ONE ROUND ID PACK COUNT LOGS
# It ends with 86 where this node does not see ROUND and with 87 where it does not see ROOT; with 1
# when something could not be graded, or could not even be begun: then Slurm tries it once more.
# Begun again, on this node or another, it leaves what is done as it is. It ends with 143 when Slurm
# ends it, and then it is Slurm's to begin it again. Tests set SLURM_TASK_PAUSE, in seconds, and
# SLURM_TASK_FOLDER, where it builds.

root=$1 one=$2 round=$3 id=$4 pack=$5 count=$6 logs=$7

# A node that fails at once would be given all tasks, one after the other.
blind() { # STATUS
    sleep "${SLURM_TASK_PAUSE:-5}"
    exit "$1"
}
[ "$(cat "$round/token" 2>/dev/null)" = "$id" ] || blind 86
[ -x "$root/$one" ] || blind 87

exec >>"$logs/$id-$SLURM_ARRAY_TASK_ID.txt" 2>&1
begun=yes workshop=
# shellcheck disable=SC2154
trap 'rm -rf "$workshop"' EXIT
trap 'exit 143' TERM

# What tasks left behind that were killed themselves: nobody's for a day.
temporary=${SLURM_TASK_FOLDER:-${TMPDIR:-/tmp}}
find "$temporary" -maxdepth 1 -name 'workbook-task-*' -user "$(id -u)" -mmin +1440 \
    -exec rm -rf {} + 2>/dev/null

# For root the box is another user, who has to find what is built in there.
workshop=$(mktemp -d "$temporary/workbook-task-XXXXXX") || begun=no
[ "$(id -u)" != 0 ] || [ -z "$workshop" ] || chmod 711 "$workshop"

status=0
number=$((SLURM_ARRAY_TASK_ID * pack))
end=$((number + pack < count ? number + pack : count))
while [ $begun = yes ] && [ $number -lt $end ]; do
    "$root/$one" "$root" "$round" "$number" "$workshop/build"
    case $? in
    0) number=$((number + 1)) ;;
    1) status=1 number=$((number + 1)) ;;
    143) exit 143 ;;
    *) begun=no ;;
    esac
done

if [ $begun = no ]; then
    status=1
    echo "not begun: number $number, on ${SLURMD_NODENAME:-this node}"
    # SLURM_JOB_ID is the whole array's in one of its tasks: that would begin the others again, too.
    [ "${SLURM_RESTART_COUNT:-0}" -gt 0 ] ||
        scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"
fi
exit $status
