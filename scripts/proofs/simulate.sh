#!/usr/bin/env bash
# The synthetic Sweden against published margins: XML -> ingest -> cases, at the size of the check plan (about 5 GB of
# documents in PROOF_DIR, removed afterwards).  PROOF_PEOPLE, PROOF_SEED (1), PROOF_DIR (a temporary folder)
set -euo pipefail
cd "$(dirname "$0")/../.."
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$HOME/.cache/frisk/target}
work=$(mktemp -d "${PROOF_DIR:-${TMPDIR:-/tmp}}/frisk.XXXXXX")
trap 'rm -rf "$work"' EXIT
status=0
"$CARGO_TARGET_DIR/release/frisk" simulate --check --seed "${PROOF_SEED:-1}" ${PROOF_PEOPLE:+--people "$PROOF_PEOPLE"} \
    --out "$work/sweden" >"$work/figures" || status=$?
python3 scripts/proofs/evidence.py simulate "make proof-simulate (seed ${PROOF_SEED:-1})" <"$work/figures"
exit "$status"
