#!/usr/bin/env python3
"""Adapts with each method on each set's few strokes, scores images that were not trained on, and writes a table.

    tests/bench/methods.py --out OUT [--methods preview conv_lora lora …] [--sets axon_sem …] [--seeds 0 1] [--budget MINUTES]
                           [--data ../shared/data] [--steps N] [--keep adapted] [--full-labels] [--quick] [--rates published|METHOD=RATE …]
                           [--model SAM.pth] [--device …] [--threads N] [--engine …] [--python …] [-- MORE ADAPT OPTIONS]

A set is a folder as in ../shared/data: images/, masks/, set.json, few/seedN/{split.json,strokes/}. Each run is one line
of OUT/runs.jsonl; what stands there is not run again, so a broken-off comparison goes on where it was. OUT/table.md and
OUT/picture.svg are made from it. Scored are all pixels of the first twelve test images. A run that fails is told, and the others go on.

The method "preview" makes no training step, so that only its read-outs count as trained; "forest" and "linear" are those of baselines.py,
run with --python, scored in the same way, and left out with a word where what they need is missing; so is "linear" with --model, since it is of
LiteMedSAM only. --model, --device and --threads reach adapt and predict, wherever they stand, and are noted with the run: the model by its name and
what its file holds. What else stands behind -- goes to adapt, and must be an option that every other method looks at. With --full-labels all images
that are not scored are trained on, with their whole masks. With --quick the scored images are looked at once instead of in four flips. Every method
trains at the recipe's rate unless --rates says otherwise: "published" takes the rate that each method's own code has, as a multiple of LoRA's (SSF's
as it is).
"""

import argparse
import hashlib
import json
import math
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time
from xml.etree import ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
TEST_IMAGES = 12
BASELINES = ("forest", "linear")
NOTED_WHERE_GIVEN = ("rate", "model", "device", "threads")
# AdamW's rates in ylsung/Ladder-Side-Tuning c09bf67, VL-T5/scripts/image (arXiv 2206.06522), where all of these but SSF are tried on the same
# tasks: full 1e-4, LoRA and adapter 3e-4, BitFit, prompts and LST 3e-3. Here LoRA's is the recipe's 1e-3. SSF's 1e-2 is that of
# dongzelian/SSF c0414e0, train_scripts/vit/vtab (arXiv 2210.08823). What is not named has LoRA's.
PUBLISHED_RATES = {"full": 3e-4, "bitfit": 1e-2, "vpt": 1e-2, "lst": 1e-2, "ssf": 1e-2}
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000")  # Okabe and Ito's, told apart by the colour-blind


class RunFailed(Exception):
    """Says which command ended with what."""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], allow_abbrev=False)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--data", type=pathlib.Path, default=ROOT.parent / "shared/data")
    parser.add_argument("--engine", type=pathlib.Path, default=ROOT / "build/release/bin/finebrush-engine")
    parser.add_argument("--methods", nargs="+", default=["conv_lora"])
    parser.add_argument("--sets", nargs="+", help="default: all")
    parser.add_argument("--seeds", nargs="+", type=int, default=[0])
    parser.add_argument("--steps", type=int, default=0, help="0: as the recipe says")
    parser.add_argument("--keep", choices=["better", "adapted"], default="better")
    parser.add_argument("--full-labels", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rates", nargs="+", default=[], metavar="published|METHOD=RATE")
    parser.add_argument("--python", default=sys.executable, help="with what baselines.py needs")
    parser.add_argument("--model", type=pathlib.Path, help="checkpoint instead of LiteMedSAM")
    parser.add_argument("--device", help="of the engine")
    parser.add_argument("--threads", type=int, default=0, help="0: one per core")
    parser.add_argument("--budget", type=float, default=0, help="begin no run after so long; 0: no limit")
    known, known.more = parser.parse_known_args([argument for argument in sys.argv[1:] if argument != "--"])
    named = dict(rate.split("=") for rate in known.rates if rate != "published")
    known.rates = {**(PUBLISHED_RATES if "published" in known.rates else {}), **{name: float(rate) for name, rate in named.items()}}
    try:
        known.model_note = model_note(known.model)
    except OSError as problem:
        parser.error(f"--model {known.model}: {problem.strerror}")
    known.methods = [method for method in known.methods if method not in BASELINES or can_run(known, method)]
    if not known.methods:
        sys.exit("none of these methods can be run")
    return known


def baseline_command(python: str, method: str) -> list[str]:
    return [python, str(pathlib.Path(__file__).with_name("baselines.py")), method]


def can_run(options: argparse.Namespace, method: str) -> bool:
    if method == "linear" and options.model:
        print("LEFT OUT: linear: it reads LiteMedSAM's maps, not those of --model", file=sys.stderr)
        return False
    checked = subprocess.run([*baseline_command(options.python, method), "--check"], stderr=subprocess.PIPE, text=True)
    if checked.returncode != 0:
        print(f"LEFT OUT: {method}: {checked.stderr.strip() or 'it does not say why'}", file=sys.stderr)
    return checked.returncode == 0


def model_note(model: pathlib.Path | None) -> str | None:
    """The name, which may tell the engine how pixels are taken, and the beginning of the content's SHA-256."""
    if model is None:
        return None
    with model.open("rb") as file:
        return f"{model.name} {hashlib.file_digest(file, 'sha256').hexdigest()[:16]}"


def all_sets(data: pathlib.Path) -> list[str]:
    return sorted(folder.parent.name for folder in data.glob("*/few"))


def run_measured(command: list[str]) -> tuple[str, float, int]:
    """Output, seconds and peak memory in MiB of a program; RunFailed where it fails."""
    begin = time.monotonic()
    with tempfile.TemporaryFile("w+") as output:
        try:
            child = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        except OSError as problem:
            raise RunFailed(f"{command[0]}: {problem.strerror}") from problem
        _, status, usage = os.wait4(child.pid, 0)
        output.seek(0)
        text = output.read()
    if status != 0:
        raise RunFailed(f"{' '.join(command)}\n{text}")
    return text, time.monotonic() - begin, usage.ru_maxrss // 1024


def shared_options(options: argparse.Namespace) -> list[str]:
    """What adapt and predict both must be told: an adapter is refused with another model than its own."""
    given = {"--model": options.model, "--device": options.device, "--threads": options.threads}
    return [text for name, value in given.items() if value for text in (name, str(value))]


def run_engine(
    options: argparse.Namespace, method: str, seed: int, train: list[str], labels: str, test: list[str], folder: str, ignore: list[str]
) -> dict:
    """Adapts, and predicts into FOLDER/masks."""
    how = ["--keep", "preview"] if method == "preview" else ["--method", method, "--keep", options.keep]
    if method in options.rates:
        how += ["--adapter-rate", str(options.rates[method])]
    text, seconds, memory = run_measured(
        [str(options.engine), "adapt", "--images", *train, "--labels", labels, *ignore, "--out", f"{folder}/adapter"]
        + ["--classes", str(pathlib.Path(train[0]).parents[1] / "set.json")]
        + [*how, "--seed", str(seed), "--steps", str(options.steps), *shared_options(options), *options.more]
    )
    _, predict_seconds, _ = run_measured(
        [str(options.engine), "predict", "--adapter", f"{folder}/adapter", "--out", f"{folder}/masks"]
        + [*shared_options(options), *(["--quick"] if options.quick else [])]
        + ["--images", *test]
    )
    return {
        "judged": re.search(r"preview [\d.na-]+, adapted [\d.na-]+", text).group(0),
        "kept": re.search(r"kept: (\w+)", text).group(1),
        "trainable_parameters": int(re.search(r"(\d+) trainable parameters", text).group(1)),
        "adapt_seconds": round(seconds, 1),
        "predict_seconds": round(predict_seconds, 1),
        "peak_mib": memory,
    }


def run_baseline(
    options: argparse.Namespace, method: str, seed: int, train: list[str], labels: str, test: list[str], folder: str, _: list[str]
) -> dict:
    """The same of a method of baselines.py; the memory is that of both."""
    text, _, memory = run_measured(
        [*baseline_command(options.python, method), "--images", *train, "--labels", labels, "--test", *test]
        + ["--out", f"{folder}/masks", "--seed", str(seed), "--threads", str(options.threads or os.cpu_count())]
    )
    told = json.loads(text.splitlines()[-1])
    return {
        "trainable_parameters": told["fitted"],
        "adapt_seconds": told["adapt_seconds"],
        "predict_seconds": told["predict_seconds"],
        "peak_mib": memory,
    }


def run_once(options: argparse.Namespace, setting: dict, name: str, seed: int, method: str) -> dict:
    data = options.data / name
    few = data / "few" / f"seed{seed}"
    split = json.loads((few / "split.json").read_text())
    ignored = json.loads((data / "set.json").read_text())["ignore_value"]
    test = split["test"][:TEST_IMAGES]
    train, labels = split["train"], few / "strokes"
    ignore = [] if ignored is None else ["--ignore", str(ignored)]
    if options.full_labels:
        if ignore and method in BASELINES:
            raise RunFailed(f"{name}: its masks have a value that is no class, which {method} can't be taught")
        train, labels = sorted({file.name for file in (data / "images").iterdir()} - set(test)), data / "masks"
    paths = [[str(data / "images" / image) for image in images] for images in (train, test)]
    with tempfile.TemporaryDirectory() as folder:
        run = run_baseline if method in BASELINES else run_engine
        told = run(options, method, seed, paths[0], str(labels), paths[1], folder, ignore if options.full_labels else [])
        scores, _, _ = run_measured(
            [str(options.engine), "evaluate", "--json", "--predictions", f"{folder}/masks", "--truth", str(data / "masks"), *ignore]
        )
    given = given_setting(options, method)
    return {"set": name, "seed": seed, "method": method, **setting, **given, "mean_iou": json.loads(scores)["mean_iou"], **told}


def given_setting(options: argparse.Namespace, method: str) -> dict:
    """Those of NOTED_WHERE_GIVEN that this method is run with; no model reaches a baseline."""
    given = {"threads": options.threads}
    if method not in BASELINES:
        given |= {"rate": options.rates.get(method), "model": options.model_note, "device": options.device}
    return {field: value for field, value in given.items() if value}


def is_of(run: dict, wanted: dict, options: argparse.Namespace) -> bool:
    """Whether a run of the log is one with these settings and those that its method is given."""
    given = given_setting(options, run["method"])
    return wanted.items() <= run.items() and all(run.get(field) == given.get(field) for field in NOTED_WHERE_GIVEN)


def half_range(values) -> float:
    return (max(values) - min(values)) / 2


def spread(values: list[float]) -> str:
    """Mean, and how far the seeds lie apart."""
    if not values:
        return "–"
    text = f"{statistics.mean(values):.3f}"
    return text if len(values) == 1 else f"{text} ± {half_range(values):.3f}"


def means_by_seed(of_method: list[dict], sets: list[str]) -> dict[int, float]:
    """Over the sets, of seeds that have all of them."""
    seeds = sorted({run["seed"] for run in of_method})
    by_seed = {seed: [run["mean_iou"] for run in of_method if run["seed"] == seed] for seed in seeds}
    return {seed: statistics.mean(scores) for seed, scores in by_seed.items() if len(scores) == len(sets)}


def verdict(runs: list[dict], methods: list[str], sets: list[str]) -> str:
    """A lead counts when it exceeds what the seeds differ by."""
    means = {method: means_by_seed([run for run in runs if run["method"] == method], sets) for method in methods}
    whole = {method: of for method, of in means.items() if len(of) > 1}
    if len(whole) < 2:
        return "No lead is claimed: that takes two methods with two seeds on all sets."
    first, second = sorted(whole, key=lambda method: statistics.mean(whole[method].values()), reverse=True)[:2]
    gains = [whole[first][seed] - whole[second][seed] for seed in whole[first].keys() & whole[second].keys()]
    if len(gains) < 2:
        return "No lead is claimed: the best two share fewer than two seeds."
    gain, noise = statistics.mean(gains), max(half_range(whole[method].values()) for method in (first, second))
    if gain > noise:
        return f"{first} leads {second} by {gain:.3f}, more than the seeds differ ({noise:.3f})."
    return f"No lead: {first} is {gain:.3f} above {second}, and the seeds differ by {noise:.3f}."


def table(runs: list[dict], methods: list[str], sets: list[str]) -> str:
    lines = ["| set | " + " | ".join(methods) + " |", "|---" * (len(methods) + 1) + "|"]

    def row(name: str, cell) -> None:
        lines.append(f"| {name} | " + " | ".join(cell([r for r in runs if r["method"] == m]) for m in methods) + " |")

    def median(of_method: list[dict], field: str, form: str) -> str:
        return form.format(statistics.median(run[field] for run in of_method)) if of_method else "–"

    for name in sets:
        row(name, lambda of_method: spread([run["mean_iou"] for run in of_method if run["set"] == name]))
    row("**mean over sets**", lambda of_method: spread(list(means_by_seed(of_method, sets).values())))
    row("trainable parameters", lambda of_method: median(of_method, "trainable_parameters", "{:,.0f}"))
    row("seconds to adapt", lambda of_method: median(of_method, "adapt_seconds", "{:.0f}"))
    row("peak memory, MiB", lambda of_method: median(of_method, "peak_mib", "{:.0f}"))
    return "\n".join(lines) + "\n"


def draw(runs: list[dict], methods: list[str], sets: list[str], measure: str, path: pathlib.Path) -> None:
    """A row for each set and method: a dot at the mean, a bar over what the seeds differ by, and a small dot for each."""
    seen = [run["mean_iou"] for run in runs if run["method"] in methods] or [0, 1]
    low = math.floor(10 * min(seen))
    high = max(math.ceil(10 * max(seen)), low + 1)
    left, right, row, top = 150, 690, 18, 12  # px
    bottom = top + row * len(sets) * (len(methods) + 1)

    def x_of(score: float) -> float:
        return round(left + (right - left) * (10 * score - low) / (high - low), 1)

    def add(parent: ElementTree.Element, tag: str, text: str | None = None, **attributes) -> ElementTree.Element:
        element = ElementTree.SubElement(parent, tag, {name.replace("_", "-"): str(value) for name, value in attributes.items()})
        element.text = text
        return element

    size = {"width": str(right + 30), "height": str(bottom + 44)}
    picture = ElementTree.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size, "font-family": "sans-serif", "font-size": "12"})
    add(picture, "rect", width="100%", height="100%", fill="white")
    for tick in range(low, high + 1):
        x = x_of(tick / 10)
        add(picture, "line", x1=x, x2=x, y1=top, y2=bottom, stroke="#dddddd")
        add(picture, "text", f"{tick / 10:.1f}", x=x, y=bottom + 16, text_anchor="middle")
    add(picture, "text", measure, x=(left + right) / 2, y=bottom + 34, text_anchor="middle")
    y = top
    for name in sets:
        y += row
        add(picture, "text", name, x=8, y=y - 4, font_weight="bold")
        for i, method in enumerate(methods):
            y += row
            values = [run["mean_iou"] for run in runs if run["method"] == method and run["set"] == name]
            colour, middle = COLOURS[i % len(COLOURS)], y - row / 2
            add(picture, "text", method, x=left - 12, y=y - 5, text_anchor="end")
            if not values:
                continue
            mark = add(picture, "g", fill=colour, stroke=colour)
            add(mark, "title", f"{method} on {name}: {spread(values)}")
            add(mark, "line", x1=x_of(min(values)), x2=x_of(max(values)), y1=middle, y2=middle, stroke_width=2)
            for value in values:
                add(mark, "circle", cx=x_of(value), cy=middle, r=2, fill="white")
            add(mark, "circle", cx=x_of(statistics.mean(values)), cy=middle, r=4)
    ElementTree.ElementTree(picture).write(path, encoding="utf-8", xml_declaration=True)


def main() -> None:
    options = arguments()
    sets = options.sets or all_sets(options.data)
    if not sets:
        sys.exit(f"{options.data}: no set with strokes")
    options.out.mkdir(parents=True, exist_ok=True)
    log = options.out / "runs.jsonl"
    runs = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
    setting = {
        "steps": options.steps,
        "options": options.more,
        "keep": options.keep,
        "full_labels": options.full_labels,
        "quick": options.quick,
    }
    begin = time.monotonic()
    left_out = failed = 0
    for seed in options.seeds:
        for name in sets:
            for method in options.methods:
                wanted = {"set": name, "seed": seed, "method": method, **setting}
                if any(is_of(run, wanted, options) for run in runs):
                    continue
                if options.budget and time.monotonic() - begin > 60 * options.budget:
                    left_out += 1
                    continue
                try:
                    run = run_once(options, setting, name, seed, method)
                except RunFailed as problem:
                    failed += 1
                    print(f"FAILED: {name} seed {seed} {method}: {problem}", file=sys.stderr)
                    continue
                runs.append(run)
                with log.open("a") as file:
                    file.write(json.dumps(run) + "\n")
                print(f"{name} seed {seed} {method}: {run['mean_iou']:.3f} in {run['adapt_seconds']:.0f} s", flush=True)
    runs = [run for run in runs if run["set"] in sets and run["seed"] in options.seeds and is_of(run, setting, options)]
    remark = f" Model: {options.model_note}." if options.model else ""
    remark += f" Left out by --budget: {left_out} runs." if left_out else ""
    remark += f" Failed: {failed} runs." if failed else ""
    text = f"{table(runs, options.methods, sets)}\n{verdict(runs, options.methods, sets)}{remark}\n"
    (options.out / "table.md").write_text(text)
    measure = "mean IoU on unseen images" + (f", {options.model.name}" if options.model else "")
    draw(runs, options.methods, sets, measure, options.out / "picture.svg")
    print(text)
    if failed:
        sys.exit(1)


main()
