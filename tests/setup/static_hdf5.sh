#!/bin/sh
# Prints the linker's words for HDF5 without shared libraries, if there are such here and they are
# like the shared ones; else the words that were given:
#     static_hdf5.sh "COMPILER WORDS..." "LIBRARY WORDS..."
# The shared library brings thirty more with it (it can fetch files from a cloud), which a program
# loads at each start: that takes ten times as long as the start itself.

compile=$1 shared=$2
static=$(echo "$shared" | sed 's/-lhdf5_hl -lhdf5/-Wl,-Bstatic & -lsz -laec -lz -Wl,-Bdynamic -ldl/')
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT

cat >"$scratch/program.c" <<'PROGRAM'
#include <hdf5.h>
#include <stdbool.h>
#include <stdio.h>

int main(void)
{
    unsigned version[3];
    hbool_t is_threadsafe = false;
    H5get_libversion(&version[0], &version[1], &version[2]);
    H5is_library_threadsafe(&is_threadsafe);
    printf("%u.%u.%u %d %d %d\n", version[0], version[1], version[2], is_threadsafe,
           H5Zfilter_avail(H5Z_FILTER_DEFLATE), H5Zfilter_avail(H5Z_FILTER_SZIP));
    return 0;
}
PROGRAM

# What the library linked with these words says of itself.
library_told() { # LIBRARY WORDS...
    # shellcheck disable=SC2086  # words
    $compile "$scratch/program.c" "$@" -o "$scratch/program" 2>/dev/null && "$scratch/program"
}

# shellcheck disable=SC2086
if told=$(library_told $static) && [ "$told" = "$(library_told $shared)" ]; then
    echo "$static"
else
    echo "$shared"
fi
