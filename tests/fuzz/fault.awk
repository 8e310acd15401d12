# Whose fault is it? Reads what a fuzzer printed at its end and prints a line:
#     libhdf5 KIND PLACE       the fault is inside HDF5, on memory that is HDF5's own
#     ours SENTENCE            anything else
# A stack's row is `#1 0xADDRESS in FUNCTION PLACE`; PLACE is a source file where the code has
# been compiled here, the library's file where not. Sanitizers and libc come before either.

function place_of(row) {
    if (row ~ /libhdf5/) return "libhdf5"
    if (row ~ /\/(tests|exercises|data)\/[^ ]*\.[ch]:/ && row !~ /compiler-rt/) return "ours"
    return ""
}

/^SUMMARY: / && !summary { summary = substr($0, 10) }
/ERROR: AddressSanitizer: / && !kind { sub(/.*AddressSanitizer: /, ""); kind = $1 }
/ERROR: libFuzzer: / && !kind { sub(/.*libFuzzer: /, ""); kind = $1 }
/: runtime error: / && !summary { sub(/.*runtime error: /, "undefined: "); summary = $0 }

# The first stack is the fault's; the one of an allocation may follow.
/^ *#0 / { stacks++ }
/allocated by thread/ { is_allocation = 1 }
/^ *#[0-9]+ / {
    place = place_of($0)
    if (stacks == 1 && !fault && place) {
        fault = place
        where = $3 == "in" ? $4 : $3
        sub(/^.*\//, "", where)
        sub(/\)$/, "", where)
    }
    if (is_allocation && !owner && place) owner = place
}

END {
    if (fault == "libhdf5" && owner != "ours") print "libhdf5", kind ? kind : "fault", where
    else print "ours", summary ? summary : "it ended without a word"
}
