#!/usr/bin/env bash
# The case operator against DuckDB's window query at 1, 5 and 17 million periods, row by row.
set -euo pipefail
cd "$(dirname "$0")/../.."
scripts/bench.sh | tee /dev/stderr | python3 scripts/proofs/evidence.py cases "make proof-cases"
