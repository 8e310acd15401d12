#!/bin/sh
# Calls that fail, a bounded sample of some seconds: `make faults` has every one of them fail.
# What it runs is built by make test.

if [ ! -d solutions ] || [ ! -x build/asan/tests/faults/correlation ]; then
    echo "ok 1 - faults: a sample # SKIP needs solutions/, and what make test builds"
    echo 1..1
    exit
fi
calls=$(sed -n '/^FAULTY_CALLS/,/[^\\]$/p' tests/faults/faults.mk | sed 's/^FAULTY_CALLS := //' | tr '\\\n' '  ')
for scenario in 'conversion on processes' 'correlation on threads'; do
    /usr/bin/python3 tests/faults/campaign.py "$calls" "only=$scenario" seconds=8
done | awk '
    /^(not )?ok / { sub(/ok [0-9]+/, "ok " ++count) }
    /^1\.\./ { next }
    { print }
    /^not ok/ { failed = 1 }
    END { print "1.." count; exit failed || count != 2 }'
