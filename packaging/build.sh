#!/usr/bin/env bash
# Configures and builds Finebrush (preset "release"). Run packaging/setup.sh first.
#
#   packaging/build.sh [TARGET...]        all targets, or those named (finebrush, finebrush-engine)

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

# Memory in KiB that a compiler takes on a file that includes LibTorch.
readonly kib_a_job=2000000

jobs() {
    local cores available fitting
    cores=$(nproc)
    available=$(awk '/^MemAvailable:/ { print $2 }' /proc/meminfo)
    fitting=$((available / kib_a_job))
    echo $((fitting < 1 ? 1 : fitting < cores ? fitting : cores))
}

main() {
    local start=$SECONDS log="$build/configure.log"
    cd "$root"
    command -v cmake >/dev/null || fail "cmake is not installed. Run packaging/setup.sh first."
    mkdir -p "$build"
    : >"$log"
    quietly "$log" cmake --preset release ||
        fail "the build could not be configured (above; all of it in $log). Run packaging/setup.sh first."
    # Precompiled headers are shared through ccache only if it may ignore the time they were made.
    export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
    export CCACHE_BASEDIR="$root"
    export NINJA_STATUS="[%f/%t] "
    cmake --build --preset release --parallel "$(jobs)" ${1:+--target "$@"} ||
        fail "the build failed (above)."
    say "Build done in $(elapsed "$start")."
}

main "$@"
