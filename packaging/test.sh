#!/usr/bin/env bash
# Sets up, builds and runs all quick tests. Ends with 0 only if every test passed.
#
#   packaging/test.sh [CTEST OPTION...]        for example: packaging/test.sh -R core/labels

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# count NAME FILE: an attribute of the outermost element of a JUnit report.
count() { grep -oEm 1 "\b$1=\"[0-9]+\"" "$2" | grep -oE "[0-9]+"; }

main() {
    local start=$SECONDS report="$build/tests.xml" status=0 tests failed skipped
    "$root/packaging/setup.sh"
    "$root/packaging/build.sh"
    cd "$root"
    rm -f "$report"
    QT_QPA_PLATFORM=offscreen ctest --preset release --no-tests=error --parallel "$(nproc)" \
        --output-junit "$report" "$@" || status=$?
    [[ -f $report ]] || fail "ctest ran no test (above)."
    tests=$(count tests "$report")
    failed=$(count failures "$report")
    skipped=$(($(count skipped "$report") + $(count disabled "$report")))
    say "All of it took $(elapsed "$start")."
    say "tests: $((tests - failed - skipped)) passed, $failed failed, $skipped skipped"
    return "$status"
}

main "$@"
