#!/usr/bin/env python3
"""Reads what `frisk conformance --json` printed; fails unless every case of the areas passed that expects anything.

usage: acceptance.py At10,At13 KIT <lines
"""

import json
import pathlib
import sys


def main():
    areas = tuple(sys.argv[1].split(","))
    kit = pathlib.Path(sys.argv[2])
    wanted = {file.stem for file in kit.glob("cases/*.json") if file.stem.startswith(areas)}
    cases = [json.loads(line) for line in sys.stdin if line.strip()]
    cases = {case["id"]: case for case in cases if "id" in case}
    expectations = without = 0
    wrong = []
    for name in sorted(wanted):
        case = cases.get(name)
        if case is None:
            wrong.append(f"{name}: not run")
        elif case["expectations"] == 0:
            without += 1
        elif case["verdict"] != "passed":
            first = case["wrong"][0] if case.get("wrong") else ""
            wrong.append(f"{name}: {case['verdict']} {json.dumps(first, ensure_ascii=False)}")
        else:
            expectations += case["expectations"]
    for line in wrong:
        print(f"  WRONG {line}")
    passed = len(wanted) - len(wrong) - without
    print(f"{passed} of {len(wanted)} cases passed, {expectations} expectations in them; {without} expect nothing")
    return 1 if wrong or not wanted or not expectations else 0


if __name__ == "__main__":
    sys.exit(main())
