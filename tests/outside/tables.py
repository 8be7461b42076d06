#!/usr/bin/env python3
"""Another program reads the tables that Frisk wrote, at the versions of the newest snapshot, and agrees with Frisk.

usage: tables.py PEER FRISK WAREHOUSE [DOCUMENTS]      PEER: deltalake, duckdb, polars, or names

deltalake, duckdb, polars: rows of every table; of sick_case also cases, days, first start and last end by sex.
names: no personal number of the documents stands in any text column of any table (read with polars).
Exit status 1 and the differences when they do not agree.
"""

import json
import pathlib
import re
import subprocess
import sys

PEOPLE_NUMBER = re.compile(rb"1\.2\.752\.129\.2\.1\.3\.[13]</[^>]*root>\s*<[^>]*extension>\s*(\d{12})\s*<")
SAMPLE = 2000


def frisk_rows(frisk, warehouse, *args):
    """Rows that a frisk command prints as JSON lines."""
    command = [frisk, "--warehouse", warehouse, *args, "--json"]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [json.loads(line) for line in out.splitlines() if line.strip()]


def by_sex(rows):
    """Frisk's and the peers' rows in one form."""
    return sorted(
        (int(r["sex"]), int(r["cases"]), int(r["days"]), str(r["first"])[:10], str(r["last"])[:10]) for r in rows
    )


SUMS = """SELECT sex, count(*) AS cases, sum(length_days) AS days, min(start_date) AS first, max(end_date) AS last
          FROM {} GROUP BY sex"""


class Deltalake:
    """delta-rs's Python package; Arrow does the sums."""

    def __init__(self, warehouse):
        self.warehouse = warehouse

    def table(self, name, version):
        from deltalake import DeltaTable

        return DeltaTable(f"{self.warehouse}/{name}", version=version)

    def rows(self, name, version):
        return self.table(name, version).to_pyarrow_table().num_rows

    def sums(self, version):
        import pyarrow.compute as pc

        cases = self.table("sick_case", version).to_pyarrow_table()
        found = []
        for sex in pc.unique(cases["sex"]).to_pylist():
            part = cases.filter(pc.equal(cases["sex"], sex))
            found.append(
                {
                    "sex": sex,
                    "cases": part.num_rows,
                    "days": pc.sum(part["length_days"]).as_py(),
                    "first": pc.min(part["start_date"]).as_py(),
                    "last": pc.max(part["end_date"]).as_py(),
                }
            )
        return found


class Duckdb(Deltalake):
    """DuckDB's own Parquet reader over the files that the log names (its Delta extension is a download)."""

    def ask(self, sql, name, version):
        import duckdb

        files = [uri.removeprefix("file://") for uri in self.table(name, version).file_uris()]
        if not files:
            return []
        quoted = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
        answer = duckdb.sql(sql.format(f"read_parquet([{quoted}])"))
        return [dict(zip(answer.columns, row)) for row in answer.fetchall()]

    def rows(self, name, version):
        return sum(row["n"] for row in self.ask("SELECT count(*) AS n FROM {}", name, version))

    def sums(self, version):
        return self.ask(SUMS, "sick_case", version)


class Polars:
    """Polars' scan of a Delta table."""

    def __init__(self, warehouse):
        self.warehouse = warehouse

    def scan(self, name, version):
        import polars

        return polars.scan_delta(f"{self.warehouse}/{name}", version=version)

    def rows(self, name, version):
        import polars

        return self.scan(name, version).select(polars.len()).collect().item()

    def sums(self, version):
        import polars as pl

        return (
            self.scan("sick_case", version)
            .group_by("sex")
            .agg(
                cases=pl.len(),
                days=pl.col("length_days").sum(),
                first=pl.col("start_date").min(),
                last=pl.col("end_date").max(),
            )
            .collect()
            .to_dicts()
        )


PEERS = {"deltalake": Deltalake, "duckdb": Duckdb, "polars": Polars}


def compare(peer, frisk, warehouse, versions):
    """Differences between a peer and Frisk."""
    wrong = []
    for name, version in sorted(versions.items()):
        [ours] = frisk_rows(frisk, warehouse, "query", f"SELECT count(*) AS n FROM {name}")
        theirs = peer.rows(name, version)
        print(f"  {name}: {theirs} rows at version {version}")
        if theirs != ours["n"]:
            wrong.append(f"{name}: {theirs} rows, Frisk says {ours['n']}")
    ours = by_sex(frisk_rows(frisk, warehouse, "query", SUMS.format("sick_case")))
    theirs = by_sex(peer.sums(versions["sick_case"]))
    if not ours:
        wrong.append("sick_case is empty: nothing was compared")
    if theirs != ours:
        wrong.append(f"sick_case by sex: {theirs}, Frisk says {ours}")
    return wrong


def names(warehouse, documents, versions):
    """Personal numbers of the documents that stand in a table."""
    import polars as pl

    files = sorted(pathlib.Path(documents).rglob("*.xml"))
    numbers = set()
    for file in files[:: max(1, len(files) // SAMPLE)]:
        numbers.update(number.decode() for number in PEOPLE_NUMBER.findall(file.read_bytes()))
    if not numbers:
        return [f"no personal number found in {len(files)} documents of {documents}: nothing was looked for"]
    forms = sorted(numbers | {f"{n[:8]}-{n[8:]}" for n in numbers} | {n[2:] for n in numbers})
    wrong = []
    columns = 0
    for name, version in sorted(versions.items()):
        rows = Polars(warehouse).scan(name, version).collect()
        for column, kind in rows.schema.items():
            text = rows[column].explode() if isinstance(kind, pl.List) else rows[column]
            if text.dtype != pl.String:
                continue
            columns += 1
            hits = text.str.contains_any(forms).sum()
            if hits:
                wrong.append(f"{name}.{column}: {hits} values hold a personal number")
    print(f"  {len(numbers)} personal numbers looked for in {columns} text columns")
    return wrong


def main():
    which, frisk, warehouse = sys.argv[1:4]
    versions = frisk_rows(frisk, warehouse, "snapshots")[-1]["tables"]
    if which == "names":
        wrong = names(warehouse, sys.argv[4], versions)
    else:
        wrong = compare(PEERS[which](warehouse), frisk, warehouse, versions)
    for line in wrong:
        print(f"  WRONG {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
