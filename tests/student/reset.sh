#!/bin/sh
# Gives back a file as it was handed out, and keeps the student's own:
#     reset.sh BASELINE FILE FOLDER      tests/7.1-submit/baseline.c exercises/.../submit.c .workbook
# The old file goes to FOLDER under its name and the next number.

baseline=$1 file=$2 folder=$3

if cmp -s "$baseline" "$file"; then
    echo "$file is as it was given; nothing to do."
    exit 0
fi
mkdir -p "$folder" || exit
if [ -e "$file" ]; then
    number=1
    while [ -e "$folder/$(basename "$file" .c).$number.c" ]; do number=$((number + 1)); done
    kept=$folder/$(basename "$file" .c).$number.c
    mv "$file" "$kept" || exit
    echo "Your file is kept: $kept"
fi
cp "$baseline" "$file.partial" && mv "$file.partial" "$file" && echo "$file is as it was given."
