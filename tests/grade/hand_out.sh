#!/bin/sh
# Lays out what students get, in a new folder: all of the project but what gives the answers away
# (solutions/, and the submissions that the project's own tests judge).
#     hand_out.sh FOLDER
# An exercise's file is the judge's copy of it: here somebody may have solved it in place.

set -eu
folder=$1
rm -rf "$folder"
mkdir -p "$folder"

# The files of the project, not what lies beside them.
files() {
    if git rev-parse --show-toplevel 2>/dev/null | grep -qxF "$(pwd -P)"; then
        git ls-files -z | tr '\0' '\n'
    else
        find . \( -path ./build -o -path ./.workbook -o -path ./.git -o -name __pycache__ \
            -o -path './data/daily-stock*' -not -name '*.tgz' \) -prune -o -type f -print | sed 's|^\./||'
    fi
}

is_answer() {
    case $1 in
    solutions/* | tests/mutants/* | tests/attacks/* | tests/judge/verdicts/7.*) return 0 ;;
    *) return 1 ;;
    esac
}

files | while read -r file; do
    is_answer "$file" && continue
    mkdir -p "$folder/$(dirname "$file")"
    cp -p "$file" "$folder/$file"
done

for exercise in exercises/7.*; do
    name=$(basename "$exercise")
    cp "tests/$name/baseline.c" "$folder/exercises/$name/${name#*-}.c"
done
sed -i '/^| solutions\//d' "$folder/README.md"
