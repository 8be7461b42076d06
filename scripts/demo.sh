#!/usr/bin/env bash
# The main job with embedded defaults: synthetic Sweden -> documents -> ingest -> cases -> statistics -> model -> pages.
#   DEMO_PEOPLE  people                       (200000)
#   DEMO_YEARS   years of certificates        (5)
#   DEMO_SEED    seed                         (1)
#   DEMO_DIR     folder, made anew each time  (demo-data)
#   DEMO_PORT    port of API and pages        (8080)
#   DEMO_SERVE   0 = stop before serving      (1)
set -euo pipefail
cd "$(dirname "$0")/.."

people=${DEMO_PEOPLE:-200000} years=${DEMO_YEARS:-5} seed=${DEMO_SEED:-1}
dir=${DEMO_DIR:-demo-data} port=${DEMO_PORT:-8080}

command -v cargo >/dev/null || { echo "make demo: cargo is missing; install Rust 1.95 (https://rustup.rs)" >&2; exit 2; }
command -v cc >/dev/null || { echo "make demo: a C compiler (cc) is missing; on Debian: apt-get install gcc" >&2; exit 2; }

export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$HOME/.cache/frisk/target}
frisk=$CARGO_TARGET_DIR/release/frisk
timings=()

stage() { # stage NAME COMMAND...
    local name=$1 from=$SECONDS
    shift
    printf '\n== %s\n' "$name"
    "$@"
    timings+=("$(printf '%-12s %4d s' "$name" $((SECONDS - from)))")
}

stage build cargo build --release --bin frisk
rm -rf "$dir"
mkdir -p "$dir"
export FRISK_WAREHOUSE=$dir/warehouse FRISK_STATE=$dir/state.sqlite FRISK_KEY=$dir/person.key
export FRISK_REFERENCE=$dir/reference FRISK_MODELS=$dir/models FRISK_BIND=127.0.0.1:$port

stage simulate "$frisk" simulate --people "$people" --years "$years" --seed "$seed" --out "$dir/sweden"
stage reference "$frisk" reference import "$dir/sweden"
stage ingest "$frisk" ingest --synthetic "$dir/sweden/documents"
stage rejects "$frisk" query "SELECT severity, rule, count(*) AS faults FROM reject GROUP BY 1, 2 ORDER BY 3 DESC, 2 LIMIT 12"
stage cases "$frisk" query "SELECT count(*) AS sick_cases, sum(CASE WHEN ongoing THEN 1 ELSE 0 END) AS ongoing, avg(length_days) AS mean_days, sum(CASE WHEN length_days > 90 THEN 1 ELSE 0 END) AS beyond_90_days FROM sick_case"
stage statistics "$frisk" report sjukskrivningslangd --level national --view cross
stage regions "$frisk" report sjukfall_totalt --level region --region 12
stage train "$frisk" train
stage evaluate "$frisk" evaluate

printf '\n== Seconds a stage\n'
printf '%s\n' "${timings[@]}"
if [ "${DEMO_SERVE:-1}" = 0 ]; then
    printf '\nThe warehouse is in %s. To serve it: DEMO_DIR=%s make demo-serve\n' "$dir" "$dir"
    exit 0
fi
printf '\nPages and API: http://127.0.0.1:%s/   (demo identities: /demo, API: /openapi.json; Ctrl-C ends it)\n' "$port"
exec "$frisk" serve
