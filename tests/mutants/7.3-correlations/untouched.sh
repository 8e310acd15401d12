#!/bin/sh
# The file as it was handed out.
# caught by: threads: the rows are computed at the same time
# says: One thread did all of the work
# points: 0

cp "$(dirname "$0")/../../../exercises/7.3-correlations/correlations.c" "$1/"
