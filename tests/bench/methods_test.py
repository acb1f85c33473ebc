#!/usr/bin/env python3
"""Checks what methods.py makes of a log of runs, without an engine, and whole comparisons with one that only says what the real one would."""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest
from xml.etree import ElementTree

METHODS = pathlib.Path(__file__).with_name("methods.py")
SETTING = {"steps": 0, "options": [], "keep": "better", "full_labels": False, "quick": False}
COST = {"trainable_parameters": 1234, "adapt_seconds": 7.4, "predict_seconds": 1.0, "peak_mib": 900}
SCORES = {("lora", 0): 0.50, ("lora", 1): 0.54, ("conv_lora", 0): 0.70, ("conv_lora", 1): 0.72}
SVG = "{http://www.w3.org/2000/svg}"

# Notes how it was called in calls.jsonl beside it. As the real one it predicts only with the model that was adapted to, and knows its options.
ENGINE = """#!{python} -IS
import argparse, json, pathlib, sys

with pathlib.Path(__file__).with_name("calls.jsonl").open("a") as calls:
    calls.write(json.dumps(sys.argv[1:]) + "\\n")
parser = argparse.ArgumentParser(allow_abbrev=False)
commands = parser.add_subparsers(dest="command")
adapt, predict, evaluate = [commands.add_parser(name, allow_abbrev=False) for name in ("adapt", "predict", "evaluate")]
for command in (adapt, predict):
    command.add_argument("--images", nargs="+", required=True)
    command.add_argument("--out", type=pathlib.Path, required=True)
    command.add_argument("--model")
    command.add_argument("--device")
    command.add_argument("--threads")
for name in ("--labels", "--classes", "--method", "--keep", "--seed", "--steps", "--rank"):
    adapt.add_argument(name)
predict.add_argument("--adapter", type=pathlib.Path, required=True)
evaluate.add_argument("--json", action="store_true", required=True)
evaluate.add_argument("--predictions", type=pathlib.Path, required=True)
evaluate.add_argument("--truth", required=True)
options = parser.parse_args()
if options.command == "adapt":
    if options.method == "broken":
        sys.exit("There is not enough memory.")
    options.out.mkdir()
    score = 0.7 if options.method == "conv_lora" else 0.5
    (options.out / "adapter.json").write_text(json.dumps([options.model, score + 0.02 * int(options.seed)]))
    print("3 images, 50 steps, 7 s, 1234 trainable parameters")
    print("mean IoU on held-out strokes: preview 0.500, adapted 0.540; kept: adapted")
elif options.command == "predict":
    model, score = json.loads((options.adapter / "adapter.json").read_text())
    if model != options.model:
        sys.exit("This adapter is of another model.")
    options.out.mkdir()
    (options.out / "score.json").write_text(json.dumps(score))
else:
    print(json.dumps({{"mean_iou": json.loads((options.predictions / "score.json").read_text())}}))
"""


def run_of(method: str, seed: int, name: str, **other) -> dict:
    return {"set": name, "seed": seed, "method": method, **SETTING, "mean_iou": SCORES[method, seed], **COST, **other}


def compare(runs: list[dict], *options: str) -> tuple[int, str, str]:
    """Status, what was printed and the table of a comparison that finds these runs in its log."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder)
        (out / "runs.jsonl").write_text("".join(json.dumps(run) + "\n" for run in runs))
        told = subprocess.run(
            [sys.executable, str(METHODS), "--out", folder, "--data", folder, "--engine", f"{folder}/none", "--methods", "lora", "conv_lora"]
            + ["--sets", "cells", "roads", "--seeds", "0", "1", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        table = out / "table.md"
        return told.returncode, told.stdout, table.read_text() if table.exists() else ""


class Methods(unittest.TestCase):
    all_runs = [run_of(method, seed, name) for method, seed in SCORES for name in ("cells", "roads")]

    def test_a_whole_log_is_not_run_again(self):
        status, told, table = compare(self.all_runs)
        self.assertEqual(status, 0, told)
        self.assertIn("| set | lora | conv_lora |", table)
        self.assertIn("| cells | 0.520 ± 0.020 | 0.710 ± 0.010 |", table)
        self.assertIn("| **mean over sets** | 0.520 ± 0.020 | 0.710 ± 0.010 |", table)
        self.assertIn("| trainable parameters | 1,234 | 1,234 |", table)
        self.assertIn("conv_lora leads lora by 0.190, more than the seeds differ (0.020).", table)

    def test_a_lead_within_the_noise_is_none(self):
        near = [{**run, "mean_iou": 0.5 + 0.1 * run["seed"] + 0.01 * (run["method"] == "lora")} for run in self.all_runs]
        self.assertIn("No lead: lora is 0.010 above conv_lora, and the seeds differ by 0.050.", compare(near)[2])

    def test_runs_of_other_settings_do_not_count(self):
        others = [
            run_of("lora", 0, "cells", steps=5, mean_iou=0.9),
            run_of("lora", 1, "roads", rate=0.1, mean_iou=0.9),
            run_of("lora", 0, "roads", model="sam_vit_b.pth 0123456789abcdef", mean_iou=0.9),
        ]
        self.assertEqual(compare(self.all_runs + others)[2], compare(self.all_runs)[2])

    def test_what_is_missing_is_told_when_the_time_is_over(self):
        status, told, table = compare(self.all_runs[:-1], "--budget", "1e-12")
        self.assertEqual(status, 0, told)
        self.assertIn("Left out by --budget: 1 runs.", table)
        self.assertNotEqual(compare(self.all_runs[:-1])[0], 0, "it would have been run")


class WholeComparison(unittest.TestCase):
    sets = ["cells", "roads & <rivers>"]

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.out = self.folder / "out"
        self.engine = self.folder / "engine"
        self.engine.write_text(ENGINE.format(python=sys.executable))
        self.engine.chmod(0o755)
        for name in self.sets:
            few = self.folder / "data" / name / "few"
            for seed in (0, 1):
                (few / f"seed{seed}").mkdir(parents=True)
                (few / f"seed{seed}" / "split.json").write_text(json.dumps({"train": ["a.png"], "test": ["b.png", "c.png"]}))
            (few.parent / "set.json").write_text(json.dumps({"ignore_value": None}))

    def compare(self, *options: str) -> tuple[int, str, list[list[str]]]:
        """Status, what was printed and how the engine was called."""
        calls = self.folder / "calls.jsonl"
        calls.write_text("")
        told = subprocess.run(
            [sys.executable, str(METHODS), "--out", str(self.out), "--data", str(self.folder / "data"), "--engine", str(self.engine), *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return told.returncode, told.stdout, [json.loads(line) for line in calls.read_text().splitlines()]

    def table(self) -> str:
        return (self.out / "table.md").read_text()

    def picture(self) -> ElementTree.Element:
        return ElementTree.parse(self.out / "picture.svg").getroot()

    def test_a_table_and_a_picture_come_of_it(self):
        status, told, calls = self.compare("--methods", "lora", "conv_lora", "--seeds", "0", "1")
        self.assertEqual(status, 0, told)
        self.assertEqual([call[0] for call in calls], ["adapt", "predict", "evaluate"] * 8)
        for name in self.sets:
            self.assertIn(f"| {name} | 0.510 ± 0.010 | 0.710 ± 0.010 |", self.table())
        self.assertIn("conv_lora leads lora by 0.200, more than the seeds differ (0.010).", self.table())

        texts = [text.text for text in self.picture().iter(f"{SVG}text")]
        self.assertEqual([text for text in texts if text in self.sets], self.sets)
        self.assertEqual([text for text in texts if text in ("lora", "conv_lora")], ["lora", "conv_lora"] * 2)
        self.assertIn("mean IoU on unseen images", texts)
        marks = {mark.find(f"{SVG}title").text: mark for mark in self.picture().iter(f"{SVG}g")}
        scores = {"lora": "0.510 ± 0.010", "conv_lora": "0.710 ± 0.010"}
        self.assertEqual(list(marks), [f"{method} on {name}: {score}" for name in self.sets for method, score in scores.items()])

        # Axis and dots are to one scale, and the bar goes from the worse seed to the better.
        at = {text.text: float(text.get("x")) for text in self.picture().iter(f"{SVG}text")}
        mark = marks["conv_lora on cells: 0.710 ± 0.010"]
        bar, dots = mark.find(f"{SVG}line"), [float(dot.get("cx")) for dot in mark.iter(f"{SVG}circle")]
        self.assertEqual(dots[:2], [float(bar.get("x1")), float(bar.get("x2"))])
        self.assertAlmostEqual(dots[0], at["0.7"])
        self.assertAlmostEqual(dots[2], at["0.7"] + 0.1 * (at["0.8"] - at["0.7"]), delta=0.1)

    def test_a_second_call_runs_nothing_again(self):
        options = ["--methods", "lora", "--sets", "cells"]
        first = self.compare(*options)
        table, picture = self.table(), (self.out / "picture.svg").read_bytes()
        second = self.compare(*options)
        self.assertEqual((first[0], second[0]), (0, 0), first[1] + second[1])
        self.assertEqual(second[2], [])
        self.assertEqual((self.table(), (self.out / "picture.svg").read_bytes()), (table, picture))

    def test_a_run_that_fails_is_told_and_the_others_stand(self):
        status, told, _ = self.compare("--methods", "broken", "lora")
        self.assertEqual(status, 1, told)
        self.assertIn("FAILED: cells seed 0 broken: ", told)
        self.assertIn("There is not enough memory.", told)
        self.assertIn("| cells | – | 0.500 |", self.table())
        self.assertIn("Failed: 2 runs.", self.table())
        self.assertEqual([mark.find(f"{SVG}title").text for mark in self.picture().iter(f"{SVG}g")], [f"lora on {name}: 0.500" for name in self.sets])

        _, _, calls = self.compare("--methods", "broken", "lora")
        self.assertEqual([call[call.index("--method") + 1] for call in calls], ["broken", "broken"])

    def test_another_model_reaches_both_commands(self):
        model = self.folder / "sam_vit_b.pth"
        model.write_text("weights")
        given = ["--model", str(model), "--device", "cpu", "--threads", "2"]
        options = ["--methods", "lora", "linear", "--sets", "cells"]
        status, told, calls = self.compare(*options, *given, "--", "--rank", "8")
        self.assertEqual(status, 0, told)
        self.assertIn("LEFT OUT: linear: it reads LiteMedSAM's maps, not those of --model", told)
        adapt, predict, evaluate = calls
        for call in (adapt, predict):
            self.assertEqual([(name, call[call.index(name) + 1]) for name in given[::2]], list(zip(given[::2], given[1::2])), call)
        self.assertEqual(adapt[adapt.index("--rank") + 1], "8")
        self.assertNotIn("--rank", predict)
        self.assertNotIn("--model", evaluate)
        self.assertIn("Model: sam_vit_b.pth ", self.table())
        self.assertIn("mean IoU on unseen images, sam_vit_b.pth", [text.text for text in self.picture().iter(f"{SVG}text")])

        behind = self.compare(*options, "--", "--rank", "8", *given)
        self.assertEqual((behind[0], behind[2]), (0, []), "they mean the same behind --: " + behind[1])

    def test_a_run_of_another_model_is_another_run(self):
        model = self.folder / "sam_vit_b.pth"
        model.write_text("weights")
        options = ["--methods", "lora", "--sets", "cells"]
        self.assertEqual(len(self.compare(*options, "--model", str(model))[2]), 3)
        self.assertEqual(len(self.compare(*options)[2]), 3, "LiteMedSAM's")
        model.write_text("other weights")
        self.assertEqual(len(self.compare(*options, "--model", str(model))[2]), 3, "another content of the same name")
        model.write_text("weights")
        self.assertEqual(self.compare(*options, "--model", str(model))[2], [])

    def test_a_model_that_is_not_there_is_told_before_any_run(self):
        status, told, calls = self.compare("--model", str(self.folder / "none.pth"))
        self.assertEqual((status, calls), (2, []))
        self.assertIn("none.pth: No such file or directory", told)


if __name__ == "__main__":
    unittest.main()
