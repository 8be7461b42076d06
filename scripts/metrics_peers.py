#!/usr/bin/env python3
"""`frisk evaluate --predictions` against scikit-learn on drawn probabilities, to 1e-9 (isotonic regression to 1e-12).

usage: metrics_peers.py FRISK
"""
import csv
import json
import subprocess
import sys
import tempfile

import numpy as np
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score

rng = np.random.default_rng(1)
p = np.round(rng.beta(2, 3, 20_000), 3)  # rounded: many ties
y = (rng.random(p.size) < p ** 1.2).astype(int)
w = rng.uniform(0.5, 3, p.size)
worst = {}
for name, weight in (("plain", np.ones(p.size)), ("weighted", w)):
    with tempfile.NamedTemporaryFile("w", suffix=".csv", newline="") as file:
        csv.writer(file).writerows([("p", "y", "w"), *zip(p.tolist(), y.tolist(), weight.tolist())])
        file.flush()
        command = [sys.argv[1], "evaluate", "--predictions", file.name]
        ours = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    kept = np.clip(p, 1e-15, 1 - 1e-15)
    odds = np.log(np.clip(p, 1e-9, 1 - 1e-9) / (1 - np.clip(p, 1e-9, 1 - 1e-9)))
    line = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-12).fit(odds[:, None], y, sample_weight=weight)
    steps = IsotonicRegression().fit_transform(p, y, sample_weight=weight)
    pairs = {
        "auc": (ours["scores"]["auc"], roc_auc_score(y, p, sample_weight=weight)),
        "brier": (ours["scores"]["brier"], brier_score_loss(y, p, sample_weight=weight)),
        "log_loss": (ours["scores"]["log_loss"], log_loss(y, kept, sample_weight=weight)),
        "average_precision": (ours["usefulness"]["average_precision"], average_precision_score(y, p, sample_weight=weight)),
        "slope": (ours["calibration"]["slope"], line.coef_[0, 0]),
        "isotonic": (np.array(ours["isotonic"]), steps),
    }
    for measure, (a, b) in pairs.items():
        worst[measure, name] = float(np.max(np.abs(np.asarray(a) - np.asarray(b))))
limits = {"isotonic": 1e-12, "slope": 1e-7}
wrong = [key for key, difference in worst.items() if difference > limits.get(key[0], 1e-9)]
print("; ".join(f"{measure} {name} {difference:.0e}" for (measure, name), difference in worst.items()))
sys.exit(len(wrong) > 0)
