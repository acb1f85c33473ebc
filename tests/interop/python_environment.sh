#!/usr/bin/env bash
# Makes the virtual environment of the tests that run real Python packages; does nothing where it is made already.
#
#   python_environment.sh FOLDER        FOLDER/venv, and FOLDER/stubs for LD_LIBRARY_PATH
#
# torch is the one of .deps, not fetched again. Ends with 77, which ctest counts as skipped, where packages cannot be had.

set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$1
venv=$folder/venv

skip() {
    echo "SKIPPED: $1" >&2
    exit 77
}

main() {
    local stamp packages
    stamp=$folder/$(sha256sum "${BASH_SOURCE[0]}" "$here/torch_stubs.py" | sha256sum | cut -c -16).made
    [[ ! -e $stamp ]] || return 0
    packages=$(echo "$here"/../../.deps/venv/lib/python3*/site-packages)
    [[ -d $packages/torch ]] || skip "there is no torch in .deps; run packaging/setup.sh"
    rm -rf "$folder"
    mkdir -p "$folder"
    python3 -m venv "$venv" || skip "python3 -m venv does not work"
    # PEFT and AutoGluon without their dependencies, since torch's are the CUDA libraries; what torch needs besides is named.
    "$venv/bin/pip" install --quiet --no-input transformers==5.23.0 safetensors numpy psutil \
        typing-extensions sympy networkx jinja2 fsspec filelock || skip "the Python packages cannot be fetched"
    "$venv/bin/pip" install --quiet --no-input --no-deps peft==0.21.2 accelerate autogluon.multimodal==1.6.3 ||
        skip "the Python packages cannot be fetched"
    # Last, or pip tells of all that this torch was left without.
    realpath "$packages" >"$(echo "$venv"/lib/python3*/site-packages)/torch.pth"
    "$venv/bin/python" "$here/torch_stubs.py" "$packages/torch/lib" "$folder/stubs"
    touch "$stamp"
}

main
