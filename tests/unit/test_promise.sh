#!/bin/sh
# What the workbook promises about itself: the untouched stubs build without a warning and
# score exactly 0, the solutions lose no point, and both results say all that they should.

number=0
result() { # STATUS NAME
    number=$((number + 1))
    if [ "$1" -eq 0 ]; then echo "ok $number - $2"; else echo "not ok $number - $2"; fi
}

check() { # SUBMISSION RESULTS
    mkdir -p build/test
    ${MAKE:-make} -s --no-print-directory check SUBMISSION="$1" RESULTS="$2" \
        >"${2%.json}.txt" 2>&1
    echo "$?"
}

stubs=build/test/stubs.json solutions=build/test/solutions.json

status=$(check exercises $stubs)
[ "$status" -ne 0 ]
result $? "make check of the untouched stubs fails"
[ "$(tail -n 2 build/test/stubs.txt | grep '^grade:')" = "grade: 0 of 100, 0 pending" ]
result $? "its closing line says: 0 of 100, 0 pending"
for exercise in exercises/7.*; do
    name=$(basename "$exercise" | tr '-' ' ')
    grep -q "^$name: 0.0 of" build/test/stubs.txt
    result $? "the stub of $name scores 0"
done
[ "$(grep -c '  next: ' build/test/stubs.txt)" -eq "$(find exercises -maxdepth 1 -name '7.*' | wc -l)" ]
result $? "each stub is told in a sentence what to do next"

if [ -d solutions ]; then
    status=$(check solutions $solutions)
    [ "$status" -eq 0 ] || cat build/test/solutions.txt
    [ "$status" -eq 0 ]
    result $? "make check of the solutions ends with status 0: no point is lost"
    grep -q '^grade: .* of 100, ' build/test/solutions.txt
    result $? "its closing line is of 100"
else
    result 0 "the solutions lose no point # SKIP needs solutions/"
fi

for file in exercises/7.*/*.c; do
    warnings=$(gcc -std=c17 -D_GNU_SOURCE -O2 -Wall -Wextra -Wno-unused-parameter \
        -Iexercises -c "$file" -o build/test/stub.o 2>&1)
    [ -z "$warnings" ]
    result $? "$file compiles without a warning"
done

echo "1..$number"
