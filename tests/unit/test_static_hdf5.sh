#!/bin/sh
# When runners are linked without HDF5's shared libraries: only where there are static ones that are
# the same. The compiler is a fake, whose programs say of the library what the test wants.

. tests/unit/tap.sh

shared='-L/fake -lhdf5_hl -lhdf5 -ljansson -lm'
static='-L/fake -Wl,-Bstatic -lhdf5_hl -lhdf5 -lsz -laec -lz -Wl,-Bdynamic -ldl -ljansson -lm'

# What programs say of the static library (nothing: they cannot be linked) and of the shared one.
fake_compiler() { # STATIC SHARED
    cat >"$scratch/cc" <<FAKE
#!/bin/sh
case "\$*" in *-Bstatic*) told='$1' ;; *) told='$2' ;; esac
[ "\$told" ] || exit 1
while [ "\$1" != -o ]; do shift; done
printf '#!/bin/sh\necho "%s"\n' "\$told" >"\$2"
chmod +x "\$2"
FAKE
    chmod +x "$scratch/cc"
}

chosen() { [ "$(sh tests/setup/static_hdf5.sh "$scratch/cc" "$shared")" = "$1" ]; }

fake_compiler '1.10.8 1' '1.10.8 1'
check test_static_hdf5_is_chosen_where_it_is_the_same chosen "$static"
fake_compiler '' '1.10.8 1'
check test_static_hdf5_is_left_where_it_cannot_be_linked chosen "$shared"
fake_compiler '1.10.8 0' '1.10.8 1'
check test_static_hdf5_is_left_where_threads_must_not_meet_in_it chosen "$shared"

plan
