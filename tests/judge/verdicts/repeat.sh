#!/bin/sh
# Grades the reference solutions again and again, end to end, and counts lost points:
#     sh tests/judge/verdicts/repeat.sh [TIMES]
# One line a grading goes to .workbook/repeat.txt, too, so that runs add up. The status is 0 when
# no point was lost.

times=${1:-30} lost=0
mkdir -p build/repeat .workbook
for time in $(seq "$times"); do
    rm -f build/repeat/results.json
    make -s check SUBMISSION=solutions RESULTS=build/repeat/results.json >build/repeat/table.txt 2>&1
    line=$(/usr/bin/python3 -c 'import json
d = json.load(open("build/repeat/results.json"))
lost = d["max_points"] - d["points"] - d["pending_points"]
bad = [e["id"] + " " + t["name"] + ": " + t["status"] for e in d["exercises"] for t in e["tests"]
       if t["status"] in ("failed", "error", "skipped")]
print("%g of %g, %g pending, %g lost" % (d["points"], d["max_points"], d["pending_points"], lost), *bad, sep="; ")' \
        2>/dev/null) || line='no results, 1 lost'
    echo "$time: $line" | tee -a .workbook/repeat.txt
    case $line in
    *' 0 lost'*) ;;
    *) lost=$((lost + 1)) && cp build/repeat/table.txt "build/repeat/lost-$time.txt" ;;
    esac
done
echo "$lost of $times gradings lost a point"
[ "$lost" -eq 0 ]
