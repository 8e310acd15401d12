# Puts the parts of a step of the ladder into one file, because a submission is one file:
#     awk -f one_file.awk FOLDER/4-simd.c
# "ladder/..." and "../..." are parts; all other headers a student has too.

function put(path,    line, part, number) {
    number = 0
    printf "#line 1 \"%s\"\n", path
    while ((getline line <path) > 0) {
        number++
        if (line !~ /^#include "(ladder|\.\.)\//) {
            print line
            continue
        }
        part = line
        sub(/^#include "/, "", part)
        sub(/".*/, "", part)
        put((part ~ /^ladder\// ? top "/" : top "/ladder/") part)
        printf "#line %d \"%s\"\n", number + 1, path
    }
    close(path)
}

BEGIN {
    top = ARGV[1]
    sub(/\/ladder\/[^\/]*$/, "", top)
    put(ARGV[1])
}
