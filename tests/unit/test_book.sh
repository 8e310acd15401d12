#!/bin/sh
# make book: one page that needs no other file, whose links inside lead somewhere; without pandoc
# it says what to read instead.

. tests/unit/tap.sh
page=$scratch/book.html
chapters='exercises/README.md exercises/7.1-submit/README.md exercises/7.2-conversion/README.md
          exercises/7.3-correlations/README.md exercises/futures/README.md data/README.md'

mkdir -p "$scratch/programs"
for program in sh dirname mkdir sed cat; do ln -s "$(command -v "$program")" "$scratch/programs/"; done
says_what_is_missing() {
    ! PATH=$scratch/programs sh exercises/book/book.sh "$page" "$scratch" exercises/README.md &&
        grep -q 'pandoc' "$scratch/output" && grep -q 'README.md' "$scratch/output" && [ ! -e "$page" ]
}
check test_book_without_pandoc_says_what_to_read says_what_is_missing

if ! command -v pandoc >/dev/null; then
    skip test_book 'needs pandoc'
    plan
    exit
fi

mkdir -p "$scratch/trace" && echo '<svg xmlns="http://www.w3.org/2000/svg"/>' >"$scratch/trace/7.1.svg"
# shellcheck disable=SC2086
sh exercises/book/book.sh "$page" "$scratch" $chapters >/dev/null

has_all_chapters() {
    for chapter in $chapters; do
        grep -qF "$(sed -n '1s/^# //p' "$chapter")</h1>" "$page" || { echo "$chapter" && return 1; }
    done
}
links_lead() {
    grep -o 'href="#[^"]*"' "$page" | sed 's/href="#\(.*\)"/\1/' | sort -u | while read -r anchor; do
        grep -qF "id=\"$anchor\"" "$page" || echo "$anchor"
    done >"$scratch/lost"
    [ ! -s "$scratch/lost" ] || { cat "$scratch/lost" && false; }
}
loads_nothing() { ! grep -oE '<(script|link)[^>]*>|src="[^d][^"]*"|url\([^)]*\)' "$page"; }
has_own_picture() { grep -q 'alt="[^"]*/trace/7.1.svg" src="data:image/svg+xml;base64,' "$page"; }
check test_book_has_all_chapters has_all_chapters
check test_book_links_inside_lead_to_something links_lead
check test_book_loads_no_other_file loads_nothing
check test_book_has_the_pictures_that_were_drawn has_own_picture

plan
