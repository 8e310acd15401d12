#!/bin/sh
# What `make data`, `make archive` and `make clean` do, in a copy that has nothing but the
# Makefile and what it needs for them: the data of this folder are left alone.

. tests/unit/tap.sh
mkdir "$scratch/tests"
cp -r Makefile "$scratch/"
cp -r tests/setup "$scratch/tests/"
mkdir "$scratch/data"
cp data/*.mk data/*.c data/*.h data/daily-stock.tgz "$scratch/data/"
cd "$scratch" || exit 1
unset MAKEFLAGS MAKELEVEL MAKEOVERRIDES VARIANT

run_make() { make "$@" >make.log 2>&1 || { cat make.log && false; }; }
says() { grep -qF -- "$1" make.log || { cat make.log && false; }; }
files_in() { find "$1" -name '*.json' | wc -l; }
# Changes whenever anything in the folder does.
state_of() { find "$1" -printf '%p %i %T@ %s\n' | sort; }
new_default() { rm -rf data/daily-stock && run_make data; }

extracts() { run_make data && [ "$(files_in data/daily-stock)" = 30 ]; }
check test_make_data_extracts_the_archive extracts

does_nothing_twice() {
    before=$(state_of data/daily-stock)
    run_make data && [ "$(state_of data/daily-stock)" = "$before" ]
}
check test_make_data_does_nothing_when_the_folder_is_there does_nothing_twice

replaces() {
    run_make data SYMBOLS=3 DAYS=10 && [ "$(files_in data/daily-stock)" = 3 ] &&
        [ "$(cat data/daily-stock/*.json | wc -l)" = 30 ] && says 'data/daily-stock: 3 symbols'
}
check test_make_data_generates_in_place_of_the_old_folder replaces

keeps_old_on_error() {
    before=$(state_of data/daily-stock)
    ! run_make data SYMBOLS=none && says 'SYMBOLS=none: not understood' &&
        [ "$(state_of data/daily-stock)" = "$before" ]
}
check test_make_data_keeps_the_old_folder_when_it_cannot_generate keeps_old_on_error

goes_out() {
    before=$(state_of data/daily-stock)
    run_make data SYMBOLS=2 DAYS=5 OUT=elsewhere && [ "$(files_in elsewhere)" = 2 ] &&
        [ "$(state_of data/daily-stock)" = "$before" ]
}
check test_make_data_generates_into_another_folder goes_out

leaves_out_alone() {
    before=$(state_of elsewhere)
    ! run_make data SYMBOLS=4 DAYS=5 OUT=elsewhere && says 'File exists' &&
        [ "$(state_of elsewhere)" = "$before" ]
}
check test_make_data_never_replaces_another_folder leaves_out_alone

takes_own() {
    mkdir -p own/prices && echo '{"timestamp": "2020-01-01", "close": 1}' >own/prices/mine.json
    tar -C own -czf data/daily-stock.tgz prices && new_default &&
        cmp own/prices/mine.json data/daily-stock/mine.json && [ "$(files_in data/daily-stock)" = 1 ]
}
cp data/daily-stock.tgz original.tgz
check test_make_data_takes_an_archive_of_your_own takes_own

refuses_link() {
    rm -rf data/daily-stock && ln -s /etc/passwd own/prices/link.json &&
        tar -C own -czf data/daily-stock.tgz prices && ! run_make data &&
        says 'link.json in it is a link' && [ "$(names_left)" = 0 ]
}
names_left() { find data -name 'daily-stock*' -not -name daily-stock.tgz | wc -l; }
check test_make_data_refuses_a_hostile_archive refuses_link

same_archive() {
    cp original.tgz data/daily-stock.tgz
    new_default && run_make archive && mkdir again && tar -C again -xzf data/daily-stock.tgz &&
        diff -r again/daily-stock data/daily-stock
}
check test_make_archive_holds_the_same_data same_archive

cleans() {
    mkdir .workbook && touch .workbook/best && run_make clean && [ ! -e build ] &&
        [ "$(names_left)" = 0 ] && [ -e data/daily-stock.tgz ] && [ -e .workbook/best ]
}
check test_make_clean_leaves_the_archive_and_the_workbook cleans

plan
