#!/usr/bin/env python3
"""Times Finebrush beside the PyTorch peer, alternating in one run, and prints the ratio of medians as Markdown.

    tests/bench/speed.py --python VENV/bin/python [--rounds 5] [--threads 2] [--peer ../shared/reference/peer.py] [--vit]
    tests/bench/speed.py --methods conv_lora,multi_scale_lora,lora [--experts 4,8] [--rounds 5] [--threads 2]

The second form needs no peer: it times a training step of each method, alternating, and gives the ratio to the first.

VENV holds what peer.py's docstring names. A ratio below 1 means that Finebrush is faster.
"""

import argparse
import json
import pathlib
import platform
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PRODUCT_FLOPS = 2 * 2048**3
CASES = {
    "training step": ["train"],
    "training step, stem kept": ["train", "--cache"],
    "training step, stem kept, bfloat16": ["train", "--cache", "--bf16"],
    "prediction": ["predict"],
    "prediction, bfloat16": ["predict", "--bf16"],
}
VIT_CASES = {"SAM ViT-B encoder at 1024 px": ["vit", "--runs", "1"]}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--python", default=sys.executable, help="interpreter with what peer.py needs")
    parser.add_argument("--peer", type=pathlib.Path, default=ROOT.parent / "shared/reference/peer.py")
    parser.add_argument("--bench", type=pathlib.Path, default=ROOT / "build/release/bin/finebrush-network-bench")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--methods", help="compare training steps of these methods instead, after the first")
    parser.add_argument("--experts", default="4,8", help="numbers of experts to compare them with")
    parser.add_argument("--vit", action="store_true", help="also SAM's own encoder (minutes)")
    return parser.parse_args()


def measured(command: list[str]) -> dict:
    """What the last line of a program's output says."""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: {done.stderr.strip()}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def compare_methods(options: argparse.Namespace, threads: list[str]) -> None:
    methods = options.methods.split(",")
    print("\n| experts | method | s a step | ratio | MiB |\n|---|---|---|---|---|")
    for experts in options.experts.split(","):
        runs: dict[str, list[dict]] = {method: [] for method in methods}
        for _ in range(options.rounds):
            for method in methods:
                case = ["train", "--cache", "--method", method, "--experts", experts]
                runs[method].append(measured([str(options.bench), *case, *threads]))
        medians = {method: statistics.median(run["median_s"] for run in runs[method]) for method in methods}
        for method in methods:
            peak = statistics.median(run["peak_mib"] for run in runs[method])
            ratio = medians[method] / medians[methods[0]]
            print(f"| {experts} | {method} | {medians[method]:.3f} | {ratio:.2f} | {peak:.0f} |", flush=True)


def processor() -> str:
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def main() -> None:
    options = arguments()
    for needed in (options.bench,) if options.methods else (options.peer, options.bench):
        if not needed.exists():
            sys.exit(f"{needed}: not there")
    threads = ["--threads", str(options.threads)]
    print(f"Machine: {processor()}, {options.threads} threads, median of {options.rounds} rounds.\n")

    for extra, name in (([], "float32"), (["--bf16"], "bfloat16")):
        product = measured([str(options.bench), "product", *threads, *extra])
        print(f"- limit: a 2048³ matrix product in {name} runs at {PRODUCT_FLOPS / product['median_s'] / 1e9:.0f} GFLOP/s")

    if options.methods:
        compare_methods(options, threads)
        return

    print("\n| work | Finebrush s | peer s | ratio | Finebrush MiB | peer MiB |\n|---|---|---|---|---|---|")
    for name, case in (CASES | (VIT_CASES if options.vit else {})).items():
        ours, theirs = [], []
        for _ in range(options.rounds):
            ours.append(measured([str(options.bench), *case, *threads]))
            theirs.append(measured([options.python, str(options.peer), *case, *threads]))
        our_median = statistics.median(run["median_s"] for run in ours)
        their_median = statistics.median(run["median_s"] for run in theirs)
        print(
            f"| {name} | {our_median:.3f} | {their_median:.3f} | {our_median / their_median:.2f} "
            f"| {max(run['peak_mib'] for run in ours)} | {max(run['peak_mib'] for run in theirs)} |",
            flush=True,
        )


main()
