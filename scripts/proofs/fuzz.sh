#!/usr/bin/env bash
# Coverage-guided fuzzing of every decoder: no crash, no hang, no out of memory; the corpus is kept beside cargo's target.
# PROOF_SECONDS for each target (600), PROOF_TARGETS (all), PROOF_SEED (1)
set -euo pipefail
cd "$(dirname "$0")/../.."
target=${CARGO_TARGET_DIR:-$HOME/.cache/frisk/target}
tools=${FRISK_TOOLS:-$HOME/.cache/frisk/tools}
export PATH="$tools/bin:$PATH" CARGO_TARGET_DIR="$target-fuzz"
# A dependency's folder has a toolchain file of its own, which rustup would follow.
if [ -z "${RUSTUP_TOOLCHAIN:-}" ] && command -v rustup >/dev/null; then
    RUSTUP_TOOLCHAIN=$(rustup show active-toolchain | cut -d' ' -f1)
    export RUSTUP_TOOLCHAIN
fi
command -v cargo-fuzz >/dev/null || cargo install cargo-fuzz --root "$tools" --target-dir "$target-fuzz/tools"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fixtures=ingest/tests/fixtures
status=0
for name in ${PROOF_TARGETS:-read_xml read_json read_line read_number}; do
    corpus="$CARGO_TARGET_DIR/corpus/$name"
    mkdir -p "$corpus"
    case $name in
    read_xml) cp "$fixtures"/*.xml "$corpus" ; dict=fuzz/xml.dict ;;
    read_json) cp "$fixtures"/*.json "$corpus" ; dict=fuzz/json.dict ;;
    *) cp fuzz/seeds/"$name"/* "$corpus" ; dict=fuzz/json.dict ;;
    esac
    # Without a sanitizer, so that the stable toolchain will do: the code under test has no unsafe.
    cargo fuzz run --sanitizer none "$name" "$corpus" -- -dict="$dict" -max_total_time="${PROOF_SECONDS:-600}" -timeout=10 \
        -rss_limit_mb=2048 -max_len=32768 -seed="${PROOF_SEED:-1}" -print_final_stats=1 >"$work/$name.log" 2>&1 || status=$?
    python3 scripts/proofs/fuzz.py "$name" "$work/$name.log" "$corpus" | tee /dev/stderr >>"$work/figures"
    [ "$status" = 0 ] || tail -40 "$work/$name.log" >&2
done
python3 scripts/proofs/evidence.py fuzz "make proof-fuzz (${PROOF_SECONDS:-600} s a target, seed ${PROOF_SEED:-1})" <"$work/figures"
exit "$status"
