#!/bin/sh
# What an editor shows a student: every file's commands are known, and the given files have no
# warnings, of gcc, clang or clangd.

. tests/unit/tap.sh
commands=build/compile_commands.json

env -u MAKEFLAGS -u MAKELEVEL make -s "$commands" >"$scratch/output" 2>&1

knows_all() {
    /usr/bin/python3 -c "
import json
files = [entry['file'] for entry in json.load(open('$commands'))]
assert len(files) == len(set(files)), 'a file stands there twice'
print('\n'.join(sorted(files)))" >"$scratch/known" &&
        find exercises tests data solutions -name '*.c' 2>/dev/null | LC_ALL=C sort >"$scratch/there" &&
        LC_ALL=C sort "$scratch/known" | diff - "$scratch/there"
}
points_there() { grep -q 'CompilationDatabase: build$' .clangd; }

# The words after the compiler's name that compile a file, as the editor has them.
words_of() {
    /usr/bin/python3 -c "
import json
for entry in json.load(open('$commands')):
    if entry['file'] == '$1': print('\n'.join(entry['arguments'][1:]))"
}
is_clean() {
    words_of "$2" >"$scratch/words" && [ -s "$scratch/words" ] &&
        xargs -d '\n' "$1" -Wall -Wextra -Wno-unused-parameter -fsyntax-only <"$scratch/words" &&
        [ ! -s "$scratch/output" ]
}
# (on the command line clangd tells errors only; its warnings are those of clang above)
clangd_is_content() {
    clangd --check="$1" >"$scratch/clangd" 2>&1
    grep -q 'Loaded compilation database' "$scratch/clangd" && ! grep '^E' "$scratch/clangd"
}

check test_editors_know_how_every_file_is_compiled knows_all
check test_editors_find_it_through_clangd_s_file points_there
for folder in exercises/7.*; do
    exercise=$(basename "$folder")
    stub=tests/$exercise/baseline.c
    for compiler in gcc clang; do
        if command -v "$compiler" >/dev/null; then
            check "test_editors_${exercise}_has_no_warning_of_$compiler" is_clean "$compiler" "$stub"
        else
            skip "test_editors_${exercise}_has_no_warning_of_$compiler" "needs $compiler"
        fi
    done
    if command -v clangd >/dev/null; then
        check "test_editors_${exercise}_is_clean_in_clangd" clangd_is_content "$stub"
    else
        skip "test_editors_${exercise}_is_clean_in_clangd" 'needs clangd'
    fi
done

plan
