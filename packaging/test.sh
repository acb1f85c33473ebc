#!/usr/bin/env bash
# Sets up, builds and runs all quick tests. Ends with 0 only if none of them failed, and says at the end which ones were skipped, and why.
#
#   packaging/test.sh [CTEST OPTION...]        for example: packaging/test.sh -R core/labels

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# count NAME FILE: an attribute of the outermost element of a JUnit report.
count() { grep -oEm 1 "\b$1=\"[0-9]+\"" "$2" | grep -oE "[0-9]+"; }

# skips FILE: what a JUnit report says was not tested, by reason. ctest counts a program as passed where some or all of the tests in it
# were skipped, so these are taken from what it wrote.
skips() {
    /usr/bin/python3 - "$1" <<'PYTHON'
import collections, re, sys, xml.etree.ElementTree as tree

skipped = collections.defaultdict(list)
for case in tree.parse(sys.argv[1]).getroot().iter("testcase"):
    name, text = case.get("name"), case.findtext("system-out") or ""
    if (mark := case.find("skipped")) is not None:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        told = [line for line in lines if "NOT TESTED" in line or "SKIPPED" in line]
        skipped[(told or lines[-1:] or [mark.get("message", "")])[0]].append(name)
    for reason, test in re.findall(r": Skipped\n(.*?)\n\s*\[  SKIPPED \] ([^\s,]+)", text, re.DOTALL):
        skipped[" ".join(reason.split())].append(f"{name} {test}")
if not skipped:
    sys.exit()
print("#" * 80)
print(f"# NOT TESTED: {sum(map(len, skipped.values()))} tests were skipped. This is no failure, but what they check is not checked.")
for reason, tests in sorted(skipped.items()):
    print(f"#\n# {reason}")
    for test in sorted(tests):
        print(f"#     {test}")
print("#" * 80)
PYTHON
}

main() {
    local start=$SECONDS report="$build/tests.xml" status=0 tests failed skipped
    "$root/packaging/setup.sh"
    "$root/packaging/build.sh"
    cd "$root"
    rm -f "$report"
    # Whole outputs, for skips().
    QT_QPA_PLATFORM=offscreen ctest --preset release --no-tests=error --parallel "$(nproc)" \
        --test-output-size-passed 100000000 --output-junit "$report" "$@" || status=$?
    [[ -f $report ]] || fail "ctest ran no test (above)."
    tests=$(count tests "$report")
    failed=$(count failures "$report")
    skipped=$(($(count skipped "$report") + $(count disabled "$report")))
    skips "$report" || say "The tests that were skipped cannot be listed (above)."
    say "All of it took $(elapsed "$start")."
    say "tests: $((tests - failed - skipped)) passed, $failed failed, $skipped skipped"
    return "$status"
}

main "$@"
