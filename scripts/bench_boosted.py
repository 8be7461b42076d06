#!/usr/bin/env python3
"""Our boosted trees beside LightGBM: same rows, same split, one thread each; time, memory, AUC. A JSON line a run.

Sick-case-like data: 12 columns of levels and 4 of numbers, planted interactions and a square; prevalence about .38.

usage: bench_boosted.py EXAMPLE ROWS [RUNS]     EXAMPLE = the built example `boosted` of the crate `model`
"""
import json
import os
import resource
import subprocess
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ[name] = "1"
import numpy as np

LEVELS = (30, 21, 5, 2, 5, 4, 2, 2, 4, 3, 6, 12)
NUMBERS = 4
TREES, LEAVES, TEST = 200, 31, 100_000


def draw(rows, seed=1):
    rng = np.random.default_rng(seed)
    effects = np.random.default_rng(7)
    columns = [rng.integers(0, count, rows).astype(float) for count in LEVELS] + [rng.normal(size=rows) for _ in range(NUMBERS)]
    odds = -0.6 + sum(effects.normal(0, 0.25, count)[column.astype(int)] for count, column in zip(LEVELS, columns))
    a, b, c, d = columns[len(LEVELS):]
    odds = odds + 0.3 * a - 0.25 * b + 0.25 * (c * c - 1) + 0.3 * a * np.where(columns[3] == 1, 1, -1)
    odds = odds + 0.4 * ((columns[0] % 3 == 0) & (columns[4] > 2)) + 0.3 * b * (columns[5] == 2) + 0.2 * np.sign(d) * np.sign(a)
    truth = 1 / (1 + np.exp(-odds))
    return columns, (rng.random(rows) < truth).astype(float), truth


def auc(p, y):
    order = np.argsort(p, kind="stable")
    ranks = np.empty(len(p))
    _, start, counts = np.unique(p[order], return_index=True, return_counts=True)
    ranks[order] = np.repeat(start + (counts + 1) / 2, counts)
    positives = y.sum()
    return (ranks[y == 1].sum() - positives * (positives + 1) / 2) / (positives * (len(y) - positives))


def lightgbm(rows):
    import lightgbm as lgb

    columns, y, _ = draw(rows + TEST)
    x = np.column_stack(columns)
    began = time.monotonic()
    data = lgb.Dataset(x[:rows], y[:rows], categorical_feature=list(range(len(LEVELS))), free_raw_data=True)
    model = lgb.train({"objective": "binary", "num_leaves": LEAVES, "learning_rate": 0.1, "num_threads": 1, "verbose": -1,
                       "deterministic": True}, data, TREES)
    seconds = time.monotonic() - began
    print(json.dumps({"s": seconds, "auc": auc(model.predict(x[rows:], num_threads=1), y[rows:]),
                      "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))


if sys.argv[1] == "--lightgbm":
    lightgbm(int(sys.argv[2]))
    sys.exit()

example, rows = sys.argv[1], int(sys.argv[2])
runs = int(sys.argv[3]) if len(sys.argv) > 3 else 1
columns, y, truth = draw(rows + TEST)
table = np.concatenate(columns + [y]).tobytes()
ours, peers = [], []
for _ in range(runs):
    run = subprocess.run([example, *map(str, (rows, TEST, len(columns), len(LEVELS), TREES, LEAVES))], input=table, capture_output=True, check=True)
    ours.append(json.loads(run.stderr))
    peers.append(json.loads(subprocess.run([sys.executable, __file__, "--lightgbm", str(rows)], capture_output=True, check=True, text=True).stdout))
mine = sorted(ours, key=lambda run: run["train_s"])[runs // 2]
peer = sorted(peers, key=lambda run: run["s"])[runs // 2]
print(json.dumps({
    "work": "train_boosted", "size": rows, "peer": "lightgbm, 1 thread", "ours_s": mine["train_s"], "peer_s": peer["s"],
    "ratio": mine["train_s"] / peer["s"], "auc": auc(np.frombuffer(run.stdout), y[rows:]), "peer_auc": peer["auc"],
    "oracle_auc": auc(truth[rows:], y[rows:]), "peer_rss_mb": peer["rss_mb"],
    "score_us": mine["score_us"], "explain_us": mine["explain_us"],
}))
