#!/bin/sh
# What the READMEs promise: links lead somewhere, commands exist and take what they are given,
# program texts compile and print what stands below them.
#
# Their convention. Indented by four: what is typed, and data. ```c with a main: a whole program,
# which is compiled and run; its title opens its first comment, and the ```text block after it is
# its output, where a number after "about" may be any other. ```c without a main: an excerpt,
# which stands line by line in a file of exercises/ or in an untouched stub.

. tests/unit/tap.sh
built=${BUILD:-build/plain}
readmes=$(find . -name '*.md' -not -path './build/*' -not -path './.*' | LC_ALL=C sort)

# Succeeds when the command prints nothing.
is_silent() {
    "$@" >"$scratch/complaints" 2>&1
    [ ! -s "$scratch/complaints" ] || { cat "$scratch/complaints" && false; }
}

# ---- links

# The anchors of a page: its headings in small letters, without punctuation, with dashes.
anchors_of() {
    awk '/^```/ { inside = !inside } !inside && /^#/ { sub(/^#+ */, ""); print tolower($0) }' "$1" |
        sed 's/[^a-z0-9 _-]//g; s/ /-/g'
}

links_of() {
    awk '/^```/ { inside = !inside } !inside' "$1" | grep -o '](\([^)]*\)' | sed 's/^](//'
}

broken_links() {
    for readme in $readmes; do
        links_of "$readme" | while read -r link; do
            path=${link%%#*}
            case $link in *://*) continue ;; esac
            page=$readme
            [ -z "$path" ] || page=$(dirname "$readme")/$path
            if [ ! -e "$page" ] && [ "${path#*solutions}" = "$path" ]; then
                echo "$readme leads to $link, which is not there"
            elif [ "$link" != "$path" ] && ! anchors_of "$page" | grep -qx -- "${link#*#}"; then
                echo "$readme leads to $link: no such heading"
            fi
        done
    done
}
check test_readme_links_lead_to_files_and_headings is_silent broken_links

# ---- commands

env -u MAKEFLAGS -u MAKELEVEL make -s help ALL=1 >"$scratch/help"

# What help names: a target and what it takes, a word each, in one line. The numbers of exercises
# are one: run-7.1 speaks for run-7.2. What stands after the list is for every target.
awk '/^VARIANT/ { target = "every" }
     /^make / { target = $2; sub(/7\.[0-9]+/, "7.x", target); print target, "" }
     target { line = $0
              while (match(line, /(^|[^A-Za-z])[A-Z]+=/)) {
                  word = substr(line, RSTART, RLENGTH); gsub(/[^A-Z]/, "", word)
                  print target, word
                  line = substr(line, RSTART + RLENGTH) } }' "$scratch/help" >"$scratch/known"

# Only what is typed: indented lines, and words in backticks. A comment there names parameters.
typed_in() {
    awk '/^```/ { inside = !inside }
         !inside && /^    / { print; next }
         !inside { line = $0
                   while (match(line, /`[^`]*`/)) {
                       print substr(line, RSTART + 1, RLENGTH - 2)
                       line = substr(line, RSTART + RLENGTH) } }' "$1"
}

unknown_commands() {
    for readme in $readmes; do
        typed_in "$readme" | sed 's/&&/\n/g; s/;/\n/g' | grep -o '\bmake [a-z].*' |
            awk -v page="$readme" -v known="$scratch/known" '
                BEGIN { while ((getline line <known) > 0) { split(line, part, " ")
                        is_target[part[1]] = 1; takes[part[1], part[2]] = 1 } }
                { target = $2; sub(/7\.[0-9]+$/, "7.x", target); sub(/[,.]$/, "", target)
                  if (!(target in is_target)) { print page ": make " $2 " is not in make help"; next }
                  line = $0
                  while (match(line, /[A-Z]+=/)) {
                      word = substr(line, RSTART, RLENGTH - 1)
                      if (!((target, word) in takes) && !(("every", word) in takes))
                          print page ": make " $2 " takes no " word "="
                      line = substr(line, RSTART + RLENGTH) } }'
    done
}
check test_readme_commands_are_in_the_help_with_what_they_take is_silent unknown_commands

# ---- program texts

# Every ```c block to NUMBER.c, the ```text right after it to NUMBER.text, its page to NUMBER.page.
blocks_extract() {
    mkdir -p "$scratch/blocks"
    # shellcheck disable=SC2086  # names of pages
    awk -v to="$scratch/blocks/" '
        /^```c$/ { number++; file = to number ".c"; print FILENAME >(to number ".page"); after = 0; next }
        /^```text$/ { file = after ? to number ".text" : "/dev/null"; after = 0; next }
        /^```./ { file = "/dev/null"; after = 0; next }
        /^```$/ { after = file ~ /\.c$/; close(file); file = ""; next }
        file { print >file; next }
        NF { after = 0 }' $readmes
}
blocks_extract

compile() {
    # shellcheck disable=SC2046
    ${CC:-gcc} -std=c17 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -Wno-unused-parameter -Iexercises \
        -DH5_USE_110_API $(pkg-config --cflags jansson) "$1" -o "$2" \
        "$built/libstocks.a" "$built/libfutures.a" -pthread -ljansson -lm $(hdf5_libraries)
}
hdf5_libraries() {
    name=$(pkg-config --exists hdf5-serial && echo hdf5-serial || echo hdf5)
    pkg-config --libs "$name" | sed 's/-lhdf5/-lhdf5_hl -lhdf5/'
}

# A program: compiles without a warning, ends well, prints what the page says.
program_works() {
    compile "$1.c" "$1.program" || return
    timeout 20 "$1.program" >"$1.printed" 2>&1 || { echo "ended with $?" && return 1; }
    [ -e "$1.text" ] || { echo 'no ```text block tells what it prints' && return 1; }
    sed -i 's/about [0-9.]*/about #/' "$1.text" "$1.printed"
    diff "$1.text" "$1.printed"
}

# An excerpt: do its lines stand together in a file that is given, or in a stub?
excerpt_stands() {
    find exercises tests/7.* '(' -path 'exercises/7.*' -name '*.c' -not -name run.c ')' -prune -o \
        '(' -path 'exercises/*.[ch]' -o -name baseline.c ')' -print | while read -r file; do
        awk 'NR == FNR { wanted[NR] = $0; n = NR; next }
             { line[FNR] = $0 }
             END { for (at = 1; at + n - 1 <= FNR; at++) {
                       for (k = 1; k <= n && line[at + k - 1] == wanted[k]; k++);
                       if (k > n) exit 0 }
                   exit 1 }' "$1.c" "$file" && echo "$file"
    done | grep -q . || { echo 'stands in no file of exercises/' && cat "$1.c" && false; }
}

for block in $(find "$scratch/blocks" -name '*.page' | sort -V); do
    block=${block%.page}
    page=$(sed 's|^\./||; s|/*README\.md$||; s|[^a-z0-9]|_|g' "$block.page")
    first=$(grep -m 1 . "$block.c" | tr -d '#')
    if grep -q 'int main(' "$block.c"; then
        name=$(sed -n 's|^// *\([^:.,?]*\).*|\1|p' "$block.c" | head -n 1 | tr ' ' '_')
        check "test_readme_${page}_program_${name:-without_a_title}" program_works "$block"
    else
        check "test_readme_${page}_excerpt: $first" excerpt_stands "$block"
    fi
done

plan
