#!/usr/bin/env python3
"""`frisk validate` on Inera's samples against the verdicts that XSD and schematron gave (VERDICTS.csv).

usage: sample_verdicts.py FRISK DATA

Every RegisterCertificate v3 sample: accepted where the schema and the schematron hold. Some have a verdict of the schema
only; they are shown, and only what the schema rejects counts.
Every other sample: what must never be accepted is XML that is no certificate, revocation or message.
Then a copy of each v3 sample under another name, with other prefixes and other indentation: it must get the same verdict.
Prints a table by type; exit status 1 when a sample gets another verdict.
"""

import collections
import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

REGISTER = "RegisterCertificateResponder:3}RegisterCertificate"
NO_CERTIFICATE = ("beans", "wrapper", "RegisterMedicalCertificateResponse", "CreateDraftCertificate")
VERDICTS = ("accepted", "rejected", "unsupported", "missing")


def samples(data):
    """The samples' rows; those of RegisterCertificate v3 with the verdict that is expected."""
    expected, others = {}, {}
    with open(data / "certificates/VERDICTS.csv", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            file = data / row["file"]
            if row["root"].endswith(REGISTER):
                verdicts = {row["xsd_RegisterCertificate_3.1"], row["schematron"]}
                half = "schema holds" if verdicts == {"valid", ""} else "rejected"
                expected[file] = "accepted" if verdicts == {"valid"} else half
            else:
                others[file] = row["root"].rpartition("}")[2]
    return expected, others


def stated_type(file):
    """The type that a RegisterCertificate document states."""
    for element in ET.parse(file).iter():
        if element.tag.endswith("}typ"):
            for child in element:
                if child.tag.endswith("}code"):
                    return (child.text or "").strip().upper()
    return "-"


def disguised(file, copy):
    """A copy that says the same: prefixes of ElementTree's own, another indentation, no comments."""
    tree = ET.parse(file)
    ET.indent(tree, space="\t   ")
    tree.write(copy, encoding="utf-8", xml_declaration=True)


def validate(frisk, files):
    """What frisk says of each file."""
    answers = {}
    files = [str(file) for file in files]
    for first in range(0, len(files), 500):
        command = [frisk, "validate", "--json", *files[first : first + 500]]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode not in (0, 1):
            sys.exit(f"frisk validate: exit status {run.returncode}: {run.stderr.strip()[-500:]}")
        for line in filter(str.strip, run.stdout.splitlines()):
            answer = json.loads(line)
            answers[str(pathlib.Path(answer["path"]).resolve())] = answer
    return answers


def compare(title, answers, verdicts, shown, kinds):
    """Prints a table by type; gives the number of differences."""
    table, wrong = collections.Counter(), []
    for file, verdict in verdicts.items():
        answer = answers.get(str(file.resolve()), {"verdict": "missing", "reasons": []})
        table[kinds[file], verdict, answer["verdict"]] += 1
        if answer["verdict"] != verdict and not (verdict == "schema holds" and answer["verdict"] != "missing"):
            rules = ", ".join(sorted({reason["rule"] for reason in answer.get("reasons", [])}))
            wrong.append(f"WRONG {shown(file)}: {answer['verdict']} ({rules}), expected {verdict}")
    print(f"{title}: {len(verdicts)} samples")
    print(f"  {'type':16}{'expected':14}" + "".join(f"{verdict:>12}" for verdict in VERDICTS))
    for kind, expected in sorted({key[:2] for key in table}):
        counts = "".join(f"{table[kind, expected, verdict] or '':12}" for verdict in VERDICTS)
        print(f"  {kind:16}{expected:14}{counts}")
    for line in wrong:
        print(f"  {line}")
    return len(wrong)


def main():
    frisk, data = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    verdicts, others = samples(data)
    if {"accepted", "rejected"} - set(verdicts.values()):
        sys.exit(f"no samples of both verdicts in {data}")
    kinds = {file: stated_type(file) for file in verdicts}
    wrong = compare("as published", validate(frisk, verdicts), verdicts, lambda file: file.relative_to(data), kinds)
    with tempfile.TemporaryDirectory() as folder:
        copies, origin, copy_kinds = {}, {}, {}
        for number, (file, verdict) in enumerate(verdicts.items()):
            copy = pathlib.Path(folder) / f"document-{number:04}.xml"
            disguised(file, copy)
            copies[copy], origin[copy], copy_kinds[copy] = verdict, file.relative_to(data), kinds[file]
        title = "renamed, re-prefixed, re-indented"
        wrong += compare(title, validate(frisk, copies), copies, origin.get, copy_kinds)
    table = collections.Counter()
    for path, answer in validate(frisk, others).items():
        kind = others[pathlib.Path(path)]
        table[kind, answer["verdict"]] += 1
        if kind in NO_CERTIFICATE and answer["verdict"] == "accepted":
            wrong += 1
            print(f"  WRONG {pathlib.Path(path).relative_to(data)}: accepted, but it is no certificate")
    print(f"other documents: {len(others)}")
    for kind in sorted({key[0] for key in table}):
        counts = "".join(f"{table[kind, verdict] or '':12}" for verdict in VERDICTS)
        print(f"  {kind[:34]:36}{counts}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
