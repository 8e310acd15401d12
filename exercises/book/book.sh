#!/bin/sh
# All chapters as one page, and the pictures that the student has made so far:
#     book.sh FILE.html BUILD PAGE.md...
# Each page becomes a section; its ids begin with its folder, so that links between chapters become
# links inside the page. Pictures are put into the file. Needs pandoc, and says so.

book=$1 build=$2
shift 2
here=$(dirname "$0")

if ! command -v pandoc >/dev/null 2>&1; then
    echo "make book needs the program pandoc, which is not installed. The chapters are the" >&2
    echo "README.md of exercises/ and of each exercise: read them as they are." >&2
    exit 1
fi

# exercises/7.1-submit/README.md is the section 7.1-submit.
name_of() { basename "$(dirname "$1")"; }

# Links to chapters become anchors, links to files lead there from the book's folder.
relink() {
    folder=$(dirname "$1")
    script=
    for page in "$@"; do
        target=$(realpath --relative-to="$folder" "$page" | sed 's/[.]/[.]/g')
        script="$script;s|href=\"$target#|href=\"#$(name_of "$page")-|g"
        script="$script;s|href=\"$target\"|href=\"#$(name_of "$page")\"|g"
    done
    up=$(realpath --relative-to="$(dirname "$book")" "$folder")
    sed "${script#;};s|href=\"\([^#\"][^:\"]*\)\"|href=\"$up/\1\"|g"
}

# <img src="a.svg"> as the picture itself.
embed() {
    while IFS= read -r line; do
        picture=$(printf '%s' "$line" | sed -n 's/.*<img [^>]*src="\([^":]*\.svg\)".*/\1/p')
        if [ "$picture" ] && [ -f "$1/$picture" ]; then
            before=${line%%src=\"*} after=${line#*src=\"*\"}
            printf '%ssrc="data:image/svg+xml;base64,%s"%s\n' "$before" "$(base64 -w 0 "$1/$picture")" "$after"
        else
            printf '%s\n' "$line"
        fi
    done
}

chapter() {
    id=$(name_of "$1")
    echo "<section id=\"$id\">"
    pandoc --from gfm --to html --wrap=none --id-prefix="$id-" "$1" | relink "$@" | embed "$(dirname "$1")"
    echo '</section>'
}

contents() {
    echo '<nav><h2>Contents</h2><ol>'
    for page in "$@"; do
        title=$(sed -n '/^# /{s/^# //p;q}' "$page")
        echo "<li><a href=\"#$(name_of "$page")\">$title</a></li>"
    done
    echo '</ol></nav>'
}

# What make trace, plot and compare have drawn here.
own_pictures() {
    set -- "$build"/trace/*.svg "$build"/plot/*.svg "$build"/compare/*.svg
    [ -f "$1" ] || [ -f "$2" ] || [ -f "$3" ] || return 0
    echo '<section id="pictures"><h1>Your own pictures</h1>'
    for picture in "$@"; do
        [ -f "$picture" ] || continue
        printf '<figure><img alt="%s" src="data:image/svg+xml;base64,%s"><figcaption>%s</figcaption></figure>\n' \
            "$picture" "$(base64 -w 0 "$picture")" "$picture"
    done
    echo '</section>'
}

mkdir -p "$(dirname "$book")"
{
    echo '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
    echo '<meta name="viewport" content="width=device-width, initial-scale=1">'
    echo '<title>Asynchronous processing in C</title><style>'
    cat "$here/book.css"
    echo '</style></head><body><main>'
    echo '<header><p class="title">Asynchronous processing in C</p></header>'
    contents "$@"
    all=$*
    for page in "$@"; do
        # The page itself first, then all of them: names of this project have no spaces.
        # shellcheck disable=SC2086
        chapter "$page" $all
    done
    own_pictures
    echo '</main></body></html>'
} >"$book.partial" && mv "$book.partial" "$book" && echo "$book"
