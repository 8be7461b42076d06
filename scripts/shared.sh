#!/usr/bin/env bash
# Checks against the material beside the clone, which is not part of it: official lists, certificate samples, acceptance
# cases.
#   SHARED   its folder   (../shared)
set -euo pipefail
cd "$(dirname "$0")/.."

shared=$(realpath "${SHARED:-../shared}")
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$HOME/.cache/frisk/target}
frisk=$CARGO_TARGET_DIR/release/frisk
[ -d "$shared/data" ] || { echo "shared.sh: no data in $shared (SHARED= names another folder)" >&2; exit 2; }
command -v python3 >/dev/null || { echo "shared.sh: python3 is missing" >&2; exit 2; }
[ -x "$frisk" ] || cargo build --locked --release --bin frisk
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "== Official lists"
"$frisk" --reference "$work/reference" reference import "$shared/data/codes"

echo "== Certificate samples"
python3 scripts/sample_verdicts.py "$frisk" "$shared/data"

echo "== Acceptance cases"
"$frisk" --reference "$work/reference" conformance "$shared/conformance" --json >"$work/cases" ||
    echo "frisk conformance: exit status $?"
python3 scripts/acceptance.py At,Aux,Ut,Db,Invanarantal,TestData "$shared/conformance" <"$work/cases"

echo "== SRS v3"
python3 scripts/srs_reference.py "$frisk" "$shared/data/srs"

echo "== Survival analysis against R"
python3 scripts/survival_reference.py "$frisk" "$shared/data/causal"

echo "== Disclosure control: golden instances"
cargo run --locked --release --quiet --package frisk-disclosure --example golden "$shared/data/disclosure"

echo "== Real absences"
python3 scripts/real_data.py "$frisk" "$shared/data/real"
