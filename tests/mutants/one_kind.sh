#!/bin/sh
# A submission that makes a mutant's mistake on one kind of executor only:
#
#     one_kind.sh MUTANT SOLUTION threads|processes >SUBMISSION
#
# Both texts, the solution's names changed wherever they could meet the mutant's, and behind
# them the exercise's functions, which choose by `kind`.

set -eu
mutant=$1 solution=$2
kind=EXECUTOR_$(echo "$3" | tr '[:lower:]' '[:upper:]')

# What a text defines: functions and tags that begin a row.
functions() {
    sed -nE '/^[a-z].*[a-z_0-9]\(/ s/^[^(]*[ *]([a-z_0-9]+)\(.*/\1/p' "$1"
}
tags() {
    sed -nE 's/^(struct|enum) ([a-z_0-9]+) \{.*/\2/p' "$1"
}
exported=$(sed -nE '/^int [a-z_]+\(/ s/^int ([a-z_]+)\(.*/\1/p' "$solution")

# sed's commands that put $1 before each of the names that follow.
renaming() {
    prefix=$1
    shift
    for name; do printf 's/\\b%s\\b/%s_%s/g;' "$name" "$prefix" "$name"; done
}

# shellcheck disable=SC2086  # names without blanks
sed "$(renaming mistaken $exported)" "$mutant"
# shellcheck disable=SC2046
sed "$(renaming sound $(functions "$solution") $(tags "$solution"))" "$solution"

# int f(enum executor_kind kind, int n, int r[]) becomes
# int f(enum ..., int r[]) { return (kind == K ? mistaken_f : sound_f)(kind, n, r); }
for name in $exported; do
    awk -v name="$name" -v kind="$kind" '
        index($0, "int " name "(") == 1 { inside = 1 }
        /^\{/ { inside = 0 }
        inside { head = head " " $0 }
        END {
            list = head
            sub(/^[^(]*\(/, "", list)
            sub(/\) *$/, "", list)
            count = split(list, parameters, ",")
            for (i = 1; i <= count; i++) {
                sub(/\[\] *$/, "", parameters[i])
                sub(/.*[ *]/, "", parameters[i])
                names = names (i > 1 ? ", " : "") parameters[i]
            }
            printf "%s\n{\n    return (kind == %s ? mistaken_%s : sound_%s)(%s);\n}\n",
                head, kind, name, name, names
        }' "$solution"
done
