#!/bin/sh
# Fetches what is missing of a set of tests/setup/packages.txt, and of the sets before it:
#     deps.sh check|pictures|watch|book|grade|test|all [STAMP]
# Says and asks nothing when all is there. Where it fetched something, and where STAMP is not
# there yet, it writes STAMP: make includes that file, and so starts again and finds the rest.
# Only a shell is assumed; whatever else is used may be what is missing.

PATH=$PATH:/usr/sbin:/sbin # where a plain user does not look for slurmd and debootstrap
table=$(dirname "$0")/packages.txt
set_name=$1
stamp=${2:-}

# Is the program there whose NAME is given?
has() { command -v "$1" >/dev/null 2>&1; }

# Does the compiler find the file that every program starts with? CC may be several words.
has_compiler() {
    # shellcheck disable=SC2086
    case $(${CC:-gcc} -print-file-name=crt1.o 2>/dev/null) in
    */*) return 0 ;;
    *) return 1 ;;
    esac
}

# Is what a line of the table describes there?
is_there() {
    case $1 in
    compiler) has_compiler ;;
    fuzzer) sh "${0%/*}/has_fuzzer.sh" ;;
    command:*) has "${1#command:}" ;;
    library:*"|"*)
        names=${1#library:}
        is_there "library:${names%%"|"*}" || is_there "library:${names#*"|"}"
        ;;
    library:*) has pkg-config && pkg-config --exists "${1#library:}" 2>/dev/null ;;
    module:*)
        "${PYTHON:-/usr/bin/python3}" -c "
import importlib.util, sys
sys.exit(not importlib.util.find_spec('${1#module:}'))" 2>/dev/null
        ;;
    *) return 1 ;;
    esac
}

# Is the set of a line one of those asked for?
is_wanted() {
    case $set_name:$1 in
    check:check | pictures:pictures | watch:watch | book:book | grade:grade | test:check | test:test) return 0 ;;
    all:check | all:pictures | all:watch | all:book | all:grade | all:test | all:all) return 0 ;;
    *) return 1 ;;
    esac
}

# The missing packages of one system (debian, fedora, arch), a word each, none twice.
missing_packages() {
    found=
    while read -r group look debian fedora arch; do
        is_wanted "$group" || continue
        is_there "$look" && continue
        case $1 in
        debian) packages=$debian ;;
        fedora) packages=$fedora ;;
        *) packages=$arch ;;
        esac
        while [ "$packages" ]; do
            package=${packages%%,*}
            case " $found " in
            *" $package "*) ;;
            *) [ "$package" = - ] || found="$found $package" ;;
            esac
            case $packages in
            *,*) packages=${packages#*,} ;;
            *) packages= ;;
            esac
        done
    done <"$table"
    echo "${found# }"
}

# What cannot be found, whether a package is known for it or not.
missing_things() {
    while read -r group look _; do
        is_wanted "$group" && ! is_there "$look" && printf ' %s' "${look#*:}"
    done <"$table"
}

# Ends with the line that an administrator can type.
give_up() {
    echo "The workbook needs more than is installed here. Please run:" >&2
    echo "    $1" >&2
    echo "and then make again." >&2
    exit 1
}

# Runs a command as root; stdin is the user's, because sudo may ask for a password.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# The same, where the packages that a system is known to have are $2.
give_up_with() {
    [ "$2" ] || { echo "No package is known here that brings:$(missing_things)" >&2 && exit 1; }
    give_up "$1 $2"
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"
}

# A fresh machine has no package lists; an old one has lists of packages that are gone.
# Where one name is unknown to this release, apt takes none of them: then each by itself.
fetch_with_apt() {
    line="sudo apt-get install -y --no-install-recommends $*"
    echo "Missing packages: $*"
    [ "$(id -u)" = 0 ] || { has sudo && sudo true; } || give_up "$line"
    as_root apt-get update || echo "The package lists could not be renewed; trying the old ones." >&2
    apt_install "$@" && return
    for package in "$@"; do
        apt_install "$package" || echo "$package could not be installed." >&2
    done
}

if [ "$(uname -s)" != Linux ]; then
    echo "The workbook needs Linux: open this folder as a devcontainer (.devcontainer), or on" \
        "Windows in WSL 2, and run make there." >&2
    exit 1
fi

if [ -z "$(missing_things)" ]; then
    [ -z "$stamp" ] || [ -e "$stamp" ] || { mkdir -p "${stamp%/*}" && : >"$stamp"; }
    exit
fi

if has apt-get; then
    # shellcheck disable=SC2046  # words are what is wanted
    fetch_with_apt $(missing_packages debian)
elif has dnf; then
    give_up_with "sudo dnf install" "$(missing_packages fedora)"
elif has pacman; then
    give_up_with "sudo pacman -S --needed" "$(missing_packages arch)"
else
    echo "Please install the equivalents of: $(missing_packages debian)" >&2
    exit 1
fi

left=$(missing_things)
if [ "$left" ]; then
    echo "Still missing:$left" >&2
    exit 1
fi
[ -z "$stamp" ] || { mkdir -p "${stamp%/*}" && : >"$stamp"; }
