#!/bin/sh
# The file as it was handed out.
# caught by: threads: files are open at the same time
# says: the second file is opened only when the first is done
# points: 0

cp "$(dirname "$0")/../../../exercises/7.2-conversion/conversion.c" "$1/"
