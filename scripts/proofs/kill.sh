#!/usr/bin/env bash
# Hundreds of SIGKILLs at seeded moments of the ingest.  PROOF_KILLS (300), PROOF_PEOPLE (20000), PROOF_SEED (1)
set -euo pipefail
cd "$(dirname "$0")/../.."
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$HOME/.cache/frisk/target}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0
python3 scripts/proofs/kill.py "$CARGO_TARGET_DIR/release/frisk" "$work" "${PROOF_PEOPLE:-20000}" "${PROOF_KILLS:-300}" \
    "${PROOF_SEED:-1}" >"$work/figures" || status=$?
python3 scripts/proofs/evidence.py kill "make proof-kill (seed ${PROOF_SEED:-1})" <"$work/figures"
exit "$status"
