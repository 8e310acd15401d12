#!/bin/sh
# The exercise's folder is a link to the solution's.
# caught by: build
# points: 0

ln -s "$PWD/solutions/7.1-submit" "$1/7.1-submit"
