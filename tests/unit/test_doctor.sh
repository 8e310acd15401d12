#!/bin/sh
# make doctor names what is missing, with its remedy, on a machine from which it was taken.

number=0
result() { # STATUS NAME
    number=$((number + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $number - $2"
    else
        echo "not ok $number - $2"
        echo "$output" | sed 's/^/# /'
    fi
}

says() { # WORDS: the output has this row, and a remedy right under it
    echo "$output" | grep -A1 "^$1\$" | grep -q 'remedy: '
}

doctor() { "$PWD/build/plain/tests/judge/doctor/main" "$PWD/build/plain/tests/judge/probe/main" "$PWD/Makefile"; }

output=$(make -s doctor 2>&1)
echo "$output" | grep -q '^isolation: '
result $? "make doctor says which box is used"
echo "$output" | grep -q '^processors: [0-9]'
result $? "it says how many processors there are"

empty=$(mktemp -d)
output=$(PATH=$empty doctor 2>&1)
says 'bubblewrap: missing'
result $? "without bwrap it says so, with the remedy"
! echo "$output" | grep -q '^isolation: full'
result $? "without bwrap there is no full box"
rm -rf "$empty"

without_namespaces="echo 0 >/proc/sys/user/max_user_namespaces &&
    exec \"$PWD/build/plain/tests/judge/doctor/main\" \
    \"$PWD/build/plain/tests/judge/probe/main\" \"$PWD/Makefile\""
if unshare --user --map-root-user true 2>/dev/null; then
    output=$(unshare --user --map-root-user sh -c "$without_namespaces" 2>&1)
    says 'user namespaces: off'
    result $? "without user namespaces it says so, with the remedy"
else
    says 'user namespaces: off'
    result $? "user namespaces are off here, and it says so"
fi

echo "1..$number"
