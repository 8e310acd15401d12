# How the files of the house are built, for test_house.sh:
#     awk -f house.awk [-v longest=60] FILE...
# A function reaches from its first line to its closing brace, a run of lines is counted without
# blank lines, comments, includes and lone braces. Prints
#     function LINES FILE:LINE       each function of a .c
#     file LINES FILE                each file
#     comments PERCENT               lines that only comment, of those that are not blank
#     twice FILE:LINE FILE:LINE      where RUN lines stand twice

BEGIN { RUN = 10 }

FNR == 1 {
    close_file()
    name = FILENAME
    is_c = name ~ /\.[ch]$/
    first = is_inside = kept = 0
}

{ lines = FNR }

# ---- functions, whose braces stand alone in the first column

is_c && /^\{/ && !is_inside { is_inside = 1; if (!first) first = FNR }
is_c && /^[^ \t#\/{}]/ && !is_inside && !first { first = FNR }
is_c && (/^$/ || /[;\\]$/) && !is_inside { first = 0 }
is_c && /^\}/ {
    if (is_inside) print "function", FNR - first + 1, name ":" first
    first = is_inside = 0
}

# ---- what is said twice

/[^ \t]/ { said++ }
/^[ \t]*(\/\/|# |#!)/ { comments++ }

{
    line = $0
    gsub(/[ \t]+/, " ", line)
    sub(/^ /, "", line)
    if (line ~ /^(\/\/|# |#!|#include|$)/ || line !~ /[A-Za-z0-9]/ || line == "} else {") next
    at[kept % RUN] = FNR
    text[kept % RUN] = line
    kept++
    if (kept >= RUN) run_note()
}

function run_note(    k, run, place) {
    run = ""
    for (k = kept - RUN; k < kept; k++) run = run text[k % RUN] "\n"
    place = name ":" at[kept % RUN]
    if (!(run in seen)) { seen[run] = place; next_of = kept; return }
    # a longer run is one place, not one for each of its lines
    if (!(name in last) || kept > last[name] + 1) print "twice", seen[run], place
    last[name] = kept
}

function close_file() {
    if (name != "") print "file", lines, name
}

END {
    close_file()
    printf "comments %.1f\n", 100 * comments / said
}
