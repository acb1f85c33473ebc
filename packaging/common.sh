# shellcheck shell=bash
# What the scripts of this folder share. Sourced, never run.

set -euo pipefail
export LC_ALL=C.UTF-8

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck disable=SC2034  # read by the scripts that source this one
deps="$root/.deps" build="$root/build/release"
script="$(basename "$0")"

say() { printf '%s\n' "$*"; }

# fail SENTENCE...: what happened and what to do; ends the script.
fail() {
    printf '%s: %s\n' "$script" "$*" >&2
    exit 1
}

# elapsed START: seconds since START (a value of $SECONDS) as "3 min 12 s".
elapsed() {
    local seconds=$((SECONDS - $1))
    if ((seconds < 60)); then printf '%d s' "$seconds"; else printf '%d min %d s' $((seconds / 60)) $((seconds % 60)); fi
}

# quietly LOG COMMAND...: runs a command with its output in LOG, and tells every 20 s that it is still at it. Neither it nor
# what it starts keeps the lock of setup.sh (9).
quietly() {
    local output="$1" start=$SECONDS ticker status=0
    shift
    mkdir -p "$(dirname "$output")"
    while sleep 20 >/dev/null 2>&1 9>&-; do say "      … $(elapsed "$start")"; done &
    ticker=$!
    "$@" >>"$output" 2>&1 9>&- || status=$?
    kill "$ticker" 2>/dev/null || true
    wait "$ticker" 2>/dev/null || true
    if ((status != 0)); then tail -n 15 "$output" >&2; fi
    return "$status"
}
