#!/usr/bin/env bash
# Sets up, builds and opens Finebrush.
#
#   packaging/run.sh [FILE...]         the window, on the files or else on the sample
#   packaging/run.sh --demo [OUT]      the whole job without a screen; results go to OUT (default: out/demo)

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

requireScreen() {
    if [[ -z ${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-} ]]; then
        fail "there is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set). Start it from a desktop session, or try packaging/run.sh --demo."
    fi
}

main() {
    if [[ ${1:-} == --demo ]]; then
        (($# <= 2)) || fail "--demo takes one folder for its results at most."
        local out
        out="$(realpath -m "${2:-$root/out/demo}")"
        "$root/packaging/setup.sh"
        "$root/packaging/build.sh" finebrush-engine
        exec "$root/packaging/demo.sh" "$out"
    fi
    if [[ ${1:-} == -* ]]; then fail "'$1' is no option. Give files to open, --demo or nothing."; fi
    requireScreen
    "$root/packaging/setup.sh"
    "$root/packaging/build.sh" finebrush finebrush-engine
    if (($# == 0)); then set -- "$root/resources/sample"; fi
    exec "$build/bin/finebrush" "$@"
}

main "$@"
