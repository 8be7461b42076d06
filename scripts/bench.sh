#!/usr/bin/env bash
# Side by side with the peers on the same data in the same run; writes bench-results/<date>.json.
#   BENCH_SIZES   millions of residents a case-building run (about 2.9 periods each over 8 years)   ("0.345 1.72 5.85": 1, 5 and 17 M periods)
#   BENCH_RUNS    runs of each work; the median counts                                              (3)
set -euo pipefail
cd "$(dirname "$0")/.."

export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$HOME/.cache/frisk/target}
cache=${FRISK_CACHE:-$HOME/.cache/frisk}
frisk=$CARGO_TARGET_DIR/release/frisk
runs=${BENCH_RUNS:-3}

[ -x "$frisk" ] || cargo build --release --bin frisk
venv=$cache/venv-bench
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p bench-results
rows=()
for size in ${BENCH_SIZES:-0.345 1.72 5.85}; do
    people=$(python3 -c "print(int($size * 1_000_000))")
    export FRISK_WAREHOUSE=$work/warehouse FRISK_STATE=$work/state.sqlite FRISK_KEY=$work/person.key
    export FRISK_REFERENCE=$work/reference FRISK_BUCKETS=64
    "$frisk" simulate --format columnar --people "$people" --years 8 --out "$work/rows" >&2
    "$frisk" ingest --synthetic "$work/rows" >&2
    rows+=("$("$venv/bin/python" scripts/bench_cases.py "$frisk" "$work/warehouse" "$runs")")
    echo "${rows[-1]}"
    rm -rf "${work:?}"/*
done
(IFS=,; printf '[%s]\n' "${rows[*]}") >"bench-results/$(date +%F).json"
