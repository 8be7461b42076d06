#!/usr/bin/env python3
"""Kills the ingest at seeded moments (SIGKILL) until it comes to its end; the tables must equal an undisturbed run's.

usage: kill.py FRISK FOLDER PEOPLE LIVES SEED    prints a JSON line of figures; exit status 1 when tables differ
"""
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import time

frisk, folder, people, lives_wanted, seed = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
TABLES = {"certificate": "arrival", "period": "arrival, start_date, degree", "revocation": "arrival",
          "reject": "document_key, rule, location, message", "sick_case": "case_id"}


class Installation:
    def __init__(self, name):
        self.path = f"{folder}/{name}"
        os.makedirs(self.path)
        with open(f"{self.path}/key", "w") as key:
            key.write("5b" * 32)
        self.env = {**os.environ, "FRISK_WAREHOUSE": f"{self.path}/warehouse", "FRISK_KEY": f"{self.path}/key",
                    "FRISK_STATE": f"{self.path}/state.sqlite", "FRISK_REFERENCE": f"{folder}/reference",
                    "FRISK_BATCH": "500", "FRISK_NOW": "2026-01-15T08:00:00"}

    def start(self, *args):
        return subprocess.Popen([frisk, *args], env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def ingest(self):
        return self.start("ingest", "--synthetic", f"{folder}/sweden/documents")

    def hashes(self):
        out = {}
        for table, order in TABLES.items():
            rows = subprocess.run([frisk, "query", "--json", f"SELECT * FROM {table} ORDER BY {order}"],
                                  env=self.env, check=True, capture_output=True).stdout
            out[table] = hashlib.sha256(rows).hexdigest()
        return out


maker = Installation("maker")
assert maker.start("simulate", "--people", people, "--years", "2", "--seed", str(seed),
                   "--out", f"{folder}/sweden").wait() == 0
assert maker.start("reference", "import", f"{folder}/sweden").wait() == 0
undisturbed = Installation("undisturbed")
began = time.monotonic()
assert undisturbed.ingest().wait() == 0
whole = time.monotonic() - began
expected = undisturbed.hashes()

moments = random.Random(seed)
kills = runs = differing = 0
while kills < lives_wanted:
    runs += 1
    killed = Installation(f"run{runs}")
    while True:
        process = killed.ingest()
        try:
            status = process.wait(timeout=moments.uniform(0.01, whole))
            assert status == 0, f"the ingest ended with status {status}"
            break
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            kills += 1
    differing += killed.hashes() != expected
    shutil.rmtree(killed.path)
print(json.dumps({"kills": kills, "runs": runs, "runs_differing": differing, "seed": seed,
                  "seconds_undisturbed": round(whole, 2), "tables": expected}))
sys.exit(1 if differing else 0)
