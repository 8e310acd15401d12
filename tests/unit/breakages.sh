#!/bin/sh
# Each bug that other pools had, put back into a copy of futures: the test that is there for it
# must fail. Prints TAP. Run by hand (`sh tests/unit/breakages.sh`): a lost wake-up is only
# seen when its test hangs until its timeout.
#
# A line below: the file, a sed command that breaks it, the program, the test that must fail.
