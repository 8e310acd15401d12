#!/bin/sh
# How .ci/run ends, whatever make does: a fake make stands in for it.

count=0
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/.ci" "$scratch/bin"
cp .ci/run "$scratch/.ci/"

# One line of TAP: .ci/run with a make that does this for `make test` ends with that status
# and that last line. Three steps before the tests are counted with them.
check() {
    count=$((count + 1))
    # shellcheck disable=SC2016  # the fake's own arguments
    printf '#!/bin/sh\ncase "$1 $*" in test*) ;; *"%s"*) exit 1 ;; *) exit 0 ;; esac\n%s\n' \
        "${refused:-no such word}" "$2" >"$scratch/bin/make"
    chmod +x "$scratch/bin/make"
    PATH=$scratch/bin:$PATH bash "$scratch/.ci/run" >"$scratch/output" 2>&1
    status=$?
    if [ "$status" = "$3" ] && [ "$(tail -n 1 "$scratch/output")" = "$4" ]; then
        echo "ok $count - $1"
    else
        echo "not ok $count - $1"
        sed 's/^/# /' "$scratch/output"
    fi
}

check test_ci_passes_when_the_tests_pass 'echo "7 passed, 0 failed, 1 skipped"' \
    0 '10 passed, 0 failed, 1 skipped'
check test_ci_closing_line_is_the_last_one \
    'echo "6 passed, 1 failed, 0 skipped"; echo "make: Error 1"; exit 2' \
    2 '9 passed, 1 failed, 0 skipped'
check test_ci_failed_build_is_a_failure 'echo "make: Error 1"; exit 2' 2 '3 passed, 1 failed, 0 skipped'
check test_ci_failure_after_the_tests_is_a_failure \
    'echo "7 passed, 0 failed, 0 skipped"; exit 2' 2 '3 passed, 1 failed, 0 skipped'
check test_ci_no_tests_at_all_is_a_failure 'exit 0' 1 '3 passed, 1 failed, 0 skipped'
refused=deps
check test_ci_runs_the_tests_without_optional_tools 'echo "7 passed, 0 failed, 0 skipped"' \
    0 '10 passed, 0 failed, 0 skipped'
refused=style
check test_ci_a_finding_of_style_is_a_failure 'echo "7 passed, 0 failed, 0 skipped"' \
    1 '9 passed, 1 failed, 0 skipped'
refused=clang
check test_ci_a_warning_is_a_failure 'echo "7 passed, 0 failed, 0 skipped"' \
    1 '9 passed, 1 failed, 0 skipped'

echo "1..$count"
