#!/usr/bin/env bash
# Adapts to the sample's strokes, predicts images that nobody painted on and writes a report.
#
#   packaging/demo.sh OUT        after packaging/build.sh; packaging/run.sh --demo calls it

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

readonly engine="$build/bin/finebrush-engine"
readonly sample="$root/resources/sample"

# unseenImages: the sample's images that have a truth, one a line.
unseenImages() {
    local truth
    for truth in "$sample"/truth/*.png; do say "$sample/images/$(basename "$truth")"; done
}

runEngine() {
    local status=0
    "$engine" "$@" || status=$?
    ((status == 0)) || fail "'finebrush-engine $1' ended with status $status (above; 137 means that it was killed, mostly because the memory was full)."
}

# adaptAndPredict NAME [OPTION...]: an adapter and its masks, overlays and scores in $out/NAME.
adaptAndPredict() {
    local name="$1" start=$SECONDS images
    shift
    mapfile -t images < <(unseenImages)
    runEngine adapt --images "$sample/images" --labels "$sample/labels" --classes "$sample/classes.json" \
        --out "$out/$name/adapter" --events "$out/$name/events.jsonl" "$@"
    runEngine predict --adapter "$out/$name/adapter" --images "${images[@]}" --out "$out/$name/masks" --overlays
    runEngine evaluate --predictions "$out/$name/masks" --truth "$sample/truth" >"$out/$name/scores.txt"
    elapsed "$start" >"$out/$name/time.txt"
}

meanIou() { awk '$1 == "mean" { print $2 }' "$out/$1/scores.txt"; }

overlayLinks() {
    local overlay
    for overlay in "$out"/adapted/masks/*_overlay.png; do
        say "![$(basename "$overlay" _overlay.png)](adapted/masks/$(basename "$overlay"))"
    done
}

# section TITLE NAME
section() {
    printf '\n## %s\n\n```\n' "$1"
    cat "$out/$2/scores.txt"
    printf '```\n'
}

writeReport() {
    {
        say "# Finebrush on its sample"
        say ""
        say "A few strokes on two electron micrographs (background, myelin, axon); scored on $(unseenImages | wc -l) images that nobody painted on."
        say ""
        say "| | mean IoU | time |"
        say "|---|---|---|"
        say "| before: the instant preview, a linear read-out of frozen features | $(meanIou preview) | $(<"$out/preview/time.txt") |"
        say "| after: adapted | $(meanIou adapted) | $(<"$out/adapted/time.txt") |"
        say ""
        overlayLinks
        section "Before, per class" preview
        section "After, per class" adapted
        say ""
        say "Class 0 is background, 1 myelin, 2 axon. The times hold loading, predicting and writing. The masks are in"
        say "\`adapted/masks\`, the adapter is in \`adapted/adapter\`, each training step in \`adapted/events.jsonl\`."
    } >"$out/report.md"
}

main() {
    (($# == 1)) || fail "name the folder for the results."
    out="$1"
    [[ -x $engine ]] || fail "the engine is not built. Run packaging/build.sh first."
    if [[ -d $out && -n $(ls -A "$out") && ! -f $out/report.md ]]; then
        fail "$out holds other files. Name a new folder for the results."
    fi
    mkdir -p "$out/preview" "$out/adapted"
    say "[1/3] before: the instant preview"
    # So little time that no step is made: what is left is the preview.
    adaptAndPredict preview --minutes 1e-12
    say "[2/3] after: adapting"
    adaptAndPredict adapted
    say "[3/3] the report"
    writeReport
    say "mean IoU on unseen images: $(meanIou preview) before, $(meanIou adapted) after"
    say "Report: $out/report.md"
}

main "$@"
