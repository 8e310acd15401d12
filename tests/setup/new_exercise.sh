#!/bin/sh
# Begins an exercise as a copy of another one:
#     new_exercise.sh 7.9-ranks 7.1-submit
# In exercises/, tests/ and solutions/: the same files, with the new title in the place of the old
# one in their names, in what they include and in their guards. Functions keep their names, which
# meet no other exercise's, until the new one has its own.

new=$1 old=$2
refuse() { echo "$1 make exercise NEW=7.9-ranks FROM=7.1" >&2 && exit 2; }

echo "$new" | grep -qxE '7\.[0-9]+-[a-z][a-z0-9_]*' || refuse 'What is it called?'
[ -f "tests/$old/judge.c" ] || refuse 'Which one is copied?'
for taken in exercises/"${new%%-*}"-* tests/"${new%%-*}"-* solutions/"${new%%-*}"-*; do
    [ ! -e "$taken" ] || { echo "There is a $taken." >&2 && exit 1; }
done

capitals() { echo "$1" | tr '[:lower:]' '[:upper:]'; }
dots() { echo "$1" | sed 's/\./[.]/g'; }
from=${old#*-} to=${new#*-}
for tree in exercises tests solutions; do
    [ -d "$tree/$old" ] || continue
    mkdir -p "$tree/$new"
    for file in "$tree/$old"/*; do
        [ -f "$file" ] || continue # solutions/ may have more in folders, which is not the exercise's
        name=$(basename "$file")
        case $name in "$from".*) name=$to.${name#*.} ;; esac
        sed "s/\b$(dots "${old%%-*}")\b/${new%%-*}/g; s/\b${new%%-*}-$from\b/$new/g
             s/\b$from\.\([a-z]\)/$to.\1/g
             s/\b$(capitals "$from")_H\b/$(capitals "$to")_H/" "$file" >"$tree/$new/$name"
    done
done
# Here somebody may have solved the old one in place.
cp "tests/$new/baseline.c" "exercises/$new/$to.c"
echo "exercises/$new/  tests/$new/  solutions/$new/: what next, tests/README.md says."
