#!/usr/bin/env python3
"""Case building: Frisk's operator against DuckDB's window query on the same files, rows compared.

usage: bench_cases.py FRISK WAREHOUSE RUNS      (needs the duckdb package)
Prints one JSON object; exit status 1 when the rows differ.
"""
import json
import glob
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import duckdb

frisk, warehouse, runs = sys.argv[1], sys.argv[2], int(sys.argv[3])

# The gap rule as windows: a period opens a case when it starts more than gap + 1 days after the latest end so far;
# length = days not covered by an earlier period; attributes of the last period by (start, arrival, degree).
CASES = """
create or replace temp table cases as
with ordered as (
  select *, max(end_date) over w as covered
  from periods
  window w as (partition by care_provider_id, person_key order by start_date, arrival, degree
               rows between unbounded preceding and 1 preceding)
), numbered as (
  select *, sum(case when covered is null or start_date > covered + 6 then 1 else 0 end)
           over (partition by care_provider_id, person_key order by start_date, arrival, degree
                 rows unbounded preceding) as nr
  from ordered
)
select care_provider_id, person_key, min(start_date) as start_date, max(end_date) as end_date,
       sum(greatest(0, end_date - greatest(start_date, coalesce(covered + 1, start_date)) + 1))::int as length_days,
       count(*)::int as periods,
       arg_max(coalesce(diagnosis, ''), (start_date, arrival, degree)) as diagnosis,
       arg_max(degree, (start_date, arrival, degree)) as degree,
       arg_max(unit_id, (start_date, arrival, degree)) as unit_id,
       arg_max(doctor_id, (start_date, arrival, degree)) as doctor_id,
       max(age) as age, arg_max(sex, (start_date, arrival, degree)) as sex
from numbered group by care_provider_id, person_key, nr
"""


def newest_files():
    """The period files of the newest snapshot, by replaying the table's own log."""
    newest = sorted(glob.glob(f"{warehouse}/_frisk/snapshots/*.json"))[-1]
    version = json.load(open(newest))["tables"]["period"]
    files = set()
    for number in range(version + 1):
        for line in open(f"{warehouse}/period/_delta_log/{number:020}.json"):
            action = json.loads(line)
            if "add" in action:
                files.add(action["add"]["path"])
            if "remove" in action:
                files.discard(action["remove"]["path"])
    return [f"{warehouse}/period/{f}" for f in sorted(files)]


ours_out = tempfile.mktemp(suffix=".parquet")
ours = json.loads(subprocess.run(
    [frisk, "bench", "--warehouse", warehouse, "--runs", str(runs), "--out", ours_out],
    check=True, capture_output=True, text=True).stdout)

con = duckdb.connect()
con.execute(f"create view periods as select * from read_parquet({newest_files()!r}) where revoked_date is null")
seconds = []
for _ in range(runs):
    start = time.perf_counter()
    con.execute(CASES)
    seconds.append(time.perf_counter() - start)
peer = statistics.median(seconds)

columns = ("care_provider_id, person_key, start_date, end_date, length_days, periods, diagnosis, degree, unit_id, "
           "doctor_id, age, sex")
con.execute(f"create view ours as select {columns} from read_parquet('{ours_out}')")
differing = con.execute(
    f"select (select count(*) from (select {columns} from cases except all select * from ours)) + "
    f"(select count(*) from (select * from ours except all select {columns} from cases))").fetchone()[0]
theirs = con.execute("select count(*) from cases").fetchone()[0]
os.remove(ours_out)

row = {
    "work": "case_building", "size": ours["size"], "peer": f"duckdb {duckdb.__version__}",
    "ours_s": ours["ours_s"], "peer_s": peer, "ratio": ours["ours_s"] / peer, "scan_s": ours["scan_s"],
    "ratio_to_scan": ours["ours_s"] / ours["scan_s"], "ours_rss_mb": ours["ours_rss_mb"],
    "peer_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    "cases": ours["cases"], "peer_cases": theirs, "rows_differing": differing,
}
print(json.dumps(row))
sys.exit(1 if differing else 0)
