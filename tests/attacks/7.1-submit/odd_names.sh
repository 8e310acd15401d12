#!/bin/sh
# A stub among files whose names are options, links and commands to whoever expands them.
# caught by: threads: the calls wait at the same time
# points: 0

cp exercises/7.1-submit/submit.c "$1/submit.c"
cd "$1" || exit 1
printf '%s\n' '-fplugin=/tmp/workbook-attack.so' >'@options'
# shellcheck disable=SC2016  # names, not commands
for name in '-o' '--output=runner' '$(touch workbook-attack)' '; touch workbook-attack' 'a
b' 'submission.o' 'runner' 'Makefile' 'results.json' 'link.rsp' '*'; do
    echo '#error taken' >"./$name"
done
ln -s / root
