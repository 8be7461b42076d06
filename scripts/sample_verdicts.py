#!/usr/bin/env python3
"""`frisk validate` on Inera's samples against the verdicts that XSD and schematron gave (VERDICTS.csv).

usage: sample_verdicts.py FRISK DATA

Looks at every RegisterCertificate v3 sample of type LISJP or FK7263 that has both verdicts: accepted = both valid.
Then at a copy of each under another name, with other prefixes and other indentation: it must get the same verdict.
Prints the confusion table of each; exit status 1 when any sample gets another verdict.
"""

import collections
import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

ROOT = "RegisterCertificateResponder:3}RegisterCertificate"
TYPES = ("LISJP", "FK7263")
VERDICTS = ("accepted", "rejected", "unsupported", "missing")


def certificate_type(file):
    """The type that a RegisterCertificate document states."""
    for element in ET.parse(file).iter():
        if element.tag.endswith("}typ"):
            for child in element:
                if child.tag.endswith("}code"):
                    return (child.text or "").strip().upper()
    return ""


def expected(data):
    """Verdict of each sample that is in question."""
    verdicts = {}
    with open(data / "certificates/VERDICTS.csv", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            xsd, schematron = row["xsd_RegisterCertificate_3.1"], row["schematron"]
            if not row["root"].endswith(ROOT) or not xsd or not schematron:
                continue
            file = data / row["file"]
            if certificate_type(file) in TYPES:
                both = xsd == schematron == "valid"
                verdicts[file] = "accepted" if both else "rejected"
    return verdicts


def disguised(file, copy):
    """A copy that says the same: prefixes of ElementTree's own, another indentation, no comments."""
    tree = ET.parse(file)
    ET.indent(tree, space="\t   ")
    tree.write(copy, encoding="utf-8", xml_declaration=True)


def validate(frisk, files):
    """What frisk says of each file."""
    command = [frisk, "validate", "--json", *map(str, files)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode not in (0, 1):
        sys.exit(f"frisk validate: exit status {run.returncode}: {run.stderr.strip()[-500:]}")
    answers = (json.loads(line) for line in run.stdout.splitlines() if line.strip())
    return {str(pathlib.Path(answer["path"]).resolve()): answer for answer in answers if "path" in answer}


def compare(title, answers, verdicts, shown):
    """Prints the confusion table; gives the number of differences."""
    table = collections.Counter()
    wrong = []
    for file, verdict in verdicts.items():
        answer = answers.get(str(file.resolve()), {"verdict": "missing", "reasons": []})
        table[verdict, answer["verdict"]] += 1
        if answer["verdict"] != verdict:
            rules = ", ".join(sorted({reason["rule"] for reason in answer.get("reasons", [])}))
            wrong.append(f"{shown(file)}: {answer['verdict']} ({rules}), expected {verdict}")
    print(f"{title}: {len(verdicts)} samples")
    print(f"  {'expected':10}" + "".join(f"{verdict:>13}" for verdict in VERDICTS))
    for row in ("accepted", "rejected"):
        print(f"  {row:10}" + "".join(f"{table[row, verdict]:13}" for verdict in VERDICTS))
    for line in wrong:
        print(f"  WRONG {line}")
    return len(wrong)


def main():
    frisk, data = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    verdicts = expected(data)
    if {"accepted", "rejected"} - set(verdicts.values()):
        sys.exit(f"no samples of both verdicts in {data}")
    wrong = compare("as published", validate(frisk, verdicts), verdicts, lambda file: file.relative_to(data))
    with tempfile.TemporaryDirectory() as folder:
        copies, origin = {}, {}
        for number, (file, verdict) in enumerate(verdicts.items()):
            copy = pathlib.Path(folder) / f"document-{number:04}.xml"
            disguised(file, copy)
            copies[copy], origin[copy] = verdict, file.relative_to(data)
        wrong += compare("renamed, re-prefixed, re-indented", validate(frisk, copies), copies, origin.get)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
