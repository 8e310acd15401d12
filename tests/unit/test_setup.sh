#!/bin/sh
# What tests/setup/deps.sh does on machines that lack something. Each test has a PATH of its
# own, of fakes alone: no package is fetched, and what is installed here does not matter.

deps=$PWD/tests/setup/deps.sh
root=$PWD
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
count=0
CHECK_PACKAGES='gcc libc6-dev pkg-config libjansson-dev libhdf5-dev check libarchive-dev bubblewrap'
TEST_PACKAGES="$CHECK_PACKAGES python3 python3-pandas python3-tables python3-h5py clang libclang-rt-dev llvm"
INSTALL='apt-get install -y --no-install-recommends'

# Writes an executable of the given text.
script() {
    printf '#!/bin/sh\n%s\n' "$2" >"$1"
    chmod +x "$1"
}

# A machine with a shell and make: root, Linux, no package tool. What apt-get would bring
# stands in store/.
new_machine() {
    machine=$scratch/machine
    rm -rf "$machine"
    mkdir -p "$machine/bin" "$machine/store"
    for tool in sh dirname mkdir cp cat env; do
        ln -s "$(command -v "$tool")" "$machine/bin/$tool"
    done
    script "$machine/bin/id" 'echo 0'
    script "$machine/bin/uname" 'echo Linux'
    script "$machine/store/gcc" 'echo /fake/crt1.o'
    # shellcheck disable=SC2016  # the fake's own argument
    script "$machine/store/pkg-config" 'case $1 in --cflags) echo -I/fake ;; esac'
    script "$machine/store/clang" "echo $machine/bin/libclang_rt.fuzzer.a"
    touch "$machine/store/libclang_rt.fuzzer.a"
    for tool in bwrap python3 g++ clang-format clang-tidy cppcheck shellcheck gdb \
        valgrind entr tmux gnuplot pandoc chromium h5dump sim_c parallel slurmctld slurmd \
        munged debootstrap gcovr; do
        script "$machine/store/$tool" 'exit 0'
    done
}

# apt-get keeps what it was asked for; install brings the store, unless a package is unknown.
add_apt() {
    script "$machine/bin/apt-get" "
echo \"apt-get \$*\" >>$machine/apt.log
case \"\$*\" in *\${UNKNOWN:-no such package}*) exit 100 ;; esac
case \$1 in install) cp $machine/store/* $machine/bin/ ;; esac"
}

# Not root; with a word, sudo is there and does what the word says (true: works).
be_plain_user() {
    script "$machine/bin/id" 'echo 1000'
    [ -z "$1" ] || script "$machine/bin/sudo" "$1 && echo \"sudo \$1\" >>$machine/sudo.log && \"\$@\""
}

install_everything() { cp "$machine"/store/* "$machine/bin/"; }

# Runs a command with nothing but the machine's PATH; its output is kept.
on_machine() {
    env -i PATH="$machine/bin" PYTHON="$machine/bin/python3" UNKNOWN="$unknown" "$@" \
        >"$scratch/output" 2>&1 </dev/null
}

run_deps() { on_machine sh "$deps" "$@"; }

# One line of TAP: the name, then a command that must succeed.
check() {
    count=$((count + 1))
    name=$1
    shift
    if "$@"; then
        echo "ok $count - $name"
    else
        echo "not ok $count - $name"
        sed 's/^/# /' "$scratch/output"
    fi
}

says() { grep -qF -- "$1" "$scratch/output"; }
asked_apt() { [ -e "$machine/apt.log" ] && grep -qF -- "$1" "$machine/apt.log"; }
unknown=

test_all_there_says_nothing() {
    install_everything
    run_deps "$1" && [ ! -s "$scratch/output" ]
}
for set_name in check pictures watch book grade test all; do
    new_machine
    add_apt
    check "test_setup_says_nothing_when_all_is_there_for_$set_name" test_all_there_says_nothing "$set_name"
done

test_stamp_written_once() {
    install_everything
    stamp=$machine/build/deps/check.mk
    run_deps check "$stamp" && [ -e "$stamp" ] || return 1
    touch -d @1000 "$stamp"
    run_deps check "$stamp" && [ "$(stat -c %Y "$stamp")" = 1000 ]
}
new_machine
check test_setup_leaves_the_stamp_alone_when_all_is_there test_stamp_written_once

test_root_installs() {
    run_deps "$1" "$machine/stamp" && says "Missing packages: $2" && asked_apt 'apt-get update' &&
        asked_apt "$2" && [ -e "$machine/stamp" ]
}
new_machine
add_apt
check test_setup_root_installs_what_check_needs test_root_installs check "$CHECK_PACKAGES"
new_machine
add_apt
check test_setup_root_installs_what_test_needs test_root_installs test "$TEST_PACKAGES"

test_only_missing() {
    install_everything
    rm "$machine/bin/bwrap"
    run_deps check && says 'Missing packages: bubblewrap' && ! says jansson
}
new_machine
add_apt
check test_setup_names_only_what_is_missing test_only_missing

test_no_sudo() {
    be_plain_user ''
    ! run_deps check "$machine/stamp" && says "    sudo $INSTALL $CHECK_PACKAGES" &&
        [ ! -e "$machine/apt.log" ] && [ ! -e "$machine/stamp" ]
}
new_machine
add_apt
check test_setup_without_root_and_sudo_prints_the_line test_no_sudo

test_sudo() {
    be_plain_user true
    run_deps check && asked_apt "$CHECK_PACKAGES" && [ -s "$machine/sudo.log" ]
}
new_machine
add_apt
check test_setup_plain_user_installs_through_sudo test_sudo

test_sudo_refused() {
    be_plain_user false
    ! run_deps check && says "    sudo $INSTALL $CHECK_PACKAGES" && [ ! -e "$machine/apt.log" ]
}
new_machine
add_apt
check test_setup_where_sudo_refuses_prints_the_line test_sudo_refused

test_unknown_package() {
    rm "$machine/store/sim_c"
    unknown=similarity-tester
    ! run_deps all && says 'similarity-tester could not be installed.' &&
        says 'Still missing: sim_c' && asked_apt 'gnuplot-nox'
}
new_machine
add_apt
check test_setup_an_unknown_package_keeps_no_other_away test_unknown_package
unknown=

test_other_system() {
    script "$machine/bin/$1" 'exit 1'
    ! run_deps check && says "$2"
}
new_machine
check test_setup_on_fedora_prints_the_line_for_dnf test_other_system dnf \
    'sudo dnf install gcc glibc-devel pkgconf-pkg-config jansson-devel hdf5-devel check-devel libarchive-devel bubblewrap'
new_machine
check test_setup_on_arch_prints_the_line_for_pacman test_other_system pacman \
    'sudo pacman -S --needed gcc pkgconf jansson hdf5 check libarchive bubblewrap'

test_no_package() {
    script "$machine/bin/dnf" 'exit 1'
    ! run_deps grade && says 'No package is known here that brings: sim_c' && ! says 'dnf install'
}
new_machine
check test_setup_says_what_no_package_brings test_no_package

test_no_linux() {
    script "$machine/bin/uname" "echo $1"
    ! run_deps check && says devcontainer && says 'WSL 2' && [ "$(wc -l <"$scratch/output")" = 1 ]
}
for system in Darwin MINGW64_NT-10.0; do
    new_machine
    check "test_setup_on_${system%%_*}_points_to_the_devcontainer_and_wsl" test_no_linux "$system"
done

# The Makefile, in a folder that has nothing else of the workbook but what it starts with.
new_repository() {
    new_machine
    mkdir -p "$machine/repository/tests"
    cp "$root/Makefile" "$machine/repository/"
    cp -r "$root/tests/setup" "$machine/repository/tests/"
    for tool in make awk rm find; do
        ln -s "$(command -v "$tool")" "$machine/bin/$tool"
    done
    # shellcheck disable=SC2016  # make's variable
    echo '$(info $(words $(MAKE_RESTARTS)) restarts, includes $(strip $(INCLUDES)))' >"$machine/probe.mk"
    echo 'probe:' >>"$machine/probe.mk"
}
run_make() { on_machine make -C "$machine/repository" -f Makefile -f "$machine/probe.mk" "$@"; }

test_make_restarts() {
    run_make probe && says 'Missing packages' && says '0 restarts, includes -DH5_USE_110_API -Iexercises -Itests' &&
        says '1 restarts, includes -DH5_USE_110_API -Iexercises -Itests -I/fake' || return 1
    rm "$machine/apt.log"
    run_make probe && ! says '1 restarts' && ! [ -e "$machine/apt.log" ]
}
new_repository
add_apt
check test_make_fetches_what_is_missing_and_reads_all_flags_anew test_make_restarts

test_make_stops() {
    be_plain_user ''
    ! run_make probe && says "    sudo $INSTALL $CHECK_PACKAGES"
}
new_repository
add_apt
check test_make_stops_where_it_cannot_fetch test_make_stops

test_make_notices_loss() {
    install_everything
    run_make probe || return 1
    rm "$machine/bin/bwrap"
    run_make probe && says 'Missing packages: bubblewrap'
}
new_repository
add_apt
check test_make_notices_what_went_missing_later test_make_notices_loss

test_make_needs_nothing() {
    run_make "$@" && [ ! -e "$machine/apt.log" ]
}
for target in help clean '-n probe'; do
    new_repository
    add_apt
    # shellcheck disable=SC2086
    check "test_make_${target##* }_$([ "$target" = "${target#-n}" ] || echo dry_run_)fetches_nothing" \
        test_make_needs_nothing $target
done

echo "1..$count"
