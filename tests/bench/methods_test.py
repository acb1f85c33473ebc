#!/usr/bin/env python3
"""Checks what methods.py makes of a log of runs, without an engine: a program that is called for a run ends the comparison."""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

METHODS = pathlib.Path(__file__).with_name("methods.py")
SETTING = {"steps": 0, "options": [], "keep": "better", "full_labels": False, "quick": False}
COST = {"trainable_parameters": 1234, "adapt_seconds": 7.4, "predict_seconds": 1.0, "peak_mib": 900}
SCORES = {("lora", 0): 0.50, ("lora", 1): 0.54, ("conv_lora", 0): 0.70, ("conv_lora", 1): 0.72}


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


if __name__ == "__main__":
    unittest.main()
