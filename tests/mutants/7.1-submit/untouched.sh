#!/bin/sh
# The file as it was handed out.
# caught by: threads: the calls wait at the same time
# says: the second slow call begins only when the first has ended
# points: 0

cp "$(dirname "$0")/../../../exercises/7.1-submit/submit.c" "$1/"
