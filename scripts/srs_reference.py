#!/usr/bin/env python3
"""SRS v3 against its reference rows: `frisk risk --srs` on both tables, each number compared, and rows a second.

usage: srs_reference.py FRISK DIR
"""
import csv
import json
import os
import subprocess
import sys
import tempfile
import time

frisk, folder = sys.argv[1], sys.argv[2]
HORIZONS = ("30", "90", "180", "365")


def ask(path, *more):
    command = [frisk, "risk", "--srs", folder, "--input", path, "--json", *more]
    return [json.loads(line) for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()]


def table(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def worst(answers, expected):
    """Largest difference; every row must be answered."""
    assert [answer["row"] for answer in answers] == list(range(len(expected)))
    most = 0.0
    for answer, row in zip(answers, expected):
        assert answer["status"] == "OK" and answer["diagnosis_used"] == row["diagnosis"], answer
        most = max(most, *(abs(answer["survival"][day] - float(row["S" + day])) for day in HORIZONS))
    return most


wrong = 0
for asked, expected, limit in (
    ("reference_input.csv", "reference_expected.csv", 1e-6),
    ("srs_v3_reference_predictions.csv", "srs_v3_reference_predictions.csv", 1e-9),
):
    rows = table(os.path.join(folder, expected))
    difference = worst(ask(os.path.join(folder, asked)), rows)
    wrong += difference > limit
    print(f"SRS v3, {asked}: {len(rows)} rows, largest difference {difference:.1e} (limit {limit:.0e})")

# Given day 60: S(t) / S(60), from the reference numbers themselves where t is 90 and now is 30.
predictions = os.path.join(folder, "srs_v3_reference_predictions.csv")
later = ask(predictions, "--day", "30")
ratio = max(abs(a["survival"]["90"] - float(row["S90"]) / float(row["S30"])) for a, row in zip(later, table(predictions)))
wrong += ratio > 1e-9
print(f"SRS v3, S(90)/S(30): largest difference {ratio:.1e}")

with open(os.path.join(folder, "reference_input.csv")) as file:
    header, *lines = file.read().splitlines()
with tempfile.NamedTemporaryFile("w", suffix=".csv") as many:
    copies = 1_000_000 // len(lines)
    many.write("\n".join([header] + lines * copies) + "\n")
    many.flush()
    began = time.monotonic()
    subprocess.run([frisk, "risk", "--srs", folder, "--input", many.name, "--json"], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    rate = copies * len(lines) / (time.monotonic() - began)
print(f"SRS v3: {rate:,.0f} rows a second, from file to JSON, one thread")
sys.exit(wrong > 0)
