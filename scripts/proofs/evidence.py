#!/usr/bin/env python3
"""Writes docs/evidence/NAME.json: what was run, where, on which commit, and the figures.

usage: evidence.py NAME COMMAND < JSON lines of figures
"""
import json
import os
import platform
import subprocess
import sys

name, command = sys.argv[1], sys.argv[2]
figures = [json.loads(line) for line in sys.stdin if line.strip().startswith("{")]
commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
os.makedirs("docs/evidence", exist_ok=True)
with open(f"docs/evidence/{name}.json", "w") as file:
    json.dump({
        "proof": name, "command": command, "commit": commit,
        "machine": {"system": platform.platform(), "processors": os.cpu_count()},
        "figures": figures,
    }, file, indent=1, ensure_ascii=False)
    file.write("\n")
