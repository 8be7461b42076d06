#!/usr/bin/env python3
"""Real absences: Wooldridge's `injury` (7,150 workers' compensation spells), five folds, known at the start only.

Limits are those of a plain logistic regression (PREDICTION.md, E1). The description of the injury is known at the start;
whether the worker was in hospital is told beside it.

usage: real_data.py FRISK DIR
"""
import json
import os
import subprocess
import sys

frisk, folder = sys.argv[1], sys.argv[2]
table = os.path.join(folder, "wooldridge_injury_workerscomp.csv")
numbers = "age,lprewage,male,married,afchnge,highearn,ky,benefit"
wrong = 0
for levels, weeks, limit, more in (
    ("indust,injtype,injdes", "4", 0.626, []), ("indust,injtype,injdes", "13", 0.673, []),
    ("indust,injtype,hosp", "4", 0.626, ["--boosted", "60"]), ("indust,injtype,hosp", "13", 0.673, ["--boosted", "60"]),
):
    command = [frisk, "evaluate", "--data", table, "--outcome", "durat", "--beyond", weeks, "--levels", levels, "--numbers", numbers, *more]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    calibration = found["calibration"]
    wrong += found["scores"]["auc"] < limit or calibration["ici"] > 0.02
    print(json.dumps({"data": "injury", "weeks": weeks, "levels": levels, "learner": "boosted" if more else "logistic",
                      "auc": round(found["scores"]["auc"], 4), "limit": limit, "slope": round(calibration["slope"], 3),
                      "ici": round(calibration["ici"], 4)}))
sys.exit(wrong > 0)
