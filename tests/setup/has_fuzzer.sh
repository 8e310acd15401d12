#!/bin/sh
# Does clang have the library that fuzzers are linked with? Debian packs it by itself.

command -v clang >/dev/null 2>&1 || exit 1
for word in $(clang -### -fsanitize=fuzzer -x c /dev/null 2>&1); do
    case $word in
    *clang_rt.fuzzer*)
        word=${word#\"}
        [ -e "${word%\"}" ] && exit 0
        ;;
    esac
done
exit 1
