# shellcheck shell=sh
# How long a matrix of submissions may take in CI, which has to end in time on a slow machine, too:
#     . tests/unit/matrix_time.sh
#     MATRIX_SECONDS=$(matrix_time 400)
# TESTS_END, in the environment, is when all tests have to be over (seconds since 1970).

matrix_time() { # SECONDS THAT WHAT FOLLOWS IN ITS LANE TAKES
    now=$(date +%s)
    time=$((${TESTS_END:-$((now + 3600))} - now - $1))
    [ $time -lt 1080 ] || time=1080 # run.sh ends what takes longer than 1200
    [ $time -gt 120 ] || time=120
    echo $time
}
