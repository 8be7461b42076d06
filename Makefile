# Two commands are enough on a fresh machine: `make demo` and `make test`. `make help` lists the rest.
# Everything builds into one folder outside the clone, so that a fresh clone does not start cold.

export CARGO_TARGET_DIR ?= $(HOME)/.cache/frisk/target
FRISK := $(CARGO_TARGET_DIR)/release/frisk
DEMO_DIR ?= demo-data
DEMO_PORT ?= 8080

.DEFAULT_GOAL := help
.PHONY: help need build demo demo-serve test check-fmt clippy check-docs unit test-outside bench lint fmt docs clean-demo

help: ## this list
	@sed -n 's/^\([a-z%-]*\):[^#]*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

need:
	@command -v cargo >/dev/null || { echo "cargo is missing: install Rust 1.95 or later (https://rustup.rs)" >&2; exit 2; }
	@command -v cc >/dev/null || { echo "a C compiler is missing (cc): on Debian, apt-get install gcc" >&2; exit 2; }

build: need ## the frisk command
	cargo build --release --bin frisk

demo: need ## synthetic Sweden, documents, ingest, cases, statistics, model, pages (DEMO_PEOPLE, DEMO_YEARS, DEMO_PORT, DEMO_SERVE=0)
	@scripts/demo.sh

demo-serve: build ## the pages of the last demo (DEMO_DIR, DEMO_PORT)
	@test -d "$(DEMO_DIR)/warehouse" || { echo "no warehouse in $(DEMO_DIR): run make demo first" >&2; exit 2; }
	FRISK_WAREHOUSE="$(DEMO_DIR)/warehouse" FRISK_STATE="$(DEMO_DIR)/state.sqlite" FRISK_KEY="$(DEMO_DIR)/person.key" \
	FRISK_REFERENCE="$(DEMO_DIR)/reference" FRISK_MODELS="$(DEMO_DIR)/models" FRISK_BIND="127.0.0.1:$(DEMO_PORT)" \
	"$(FRISK)" serve

test: need ## everything that needs only cargo, make and a C compiler
	@$(MAKE) --no-print-directory check-fmt
	@$(MAKE) --no-print-directory clippy
	@$(MAKE) --no-print-directory check-docs
	@$(MAKE) --no-print-directory unit

check-fmt:
	cargo fmt --all --check

clippy:
	cargo clippy --locked --release --workspace --all-targets -- -D warnings

# Release, so that the dependencies' metadata is the one that clippy made.
check-docs:
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --release --workspace --no-deps --quiet

unit:
	cargo test --locked --release --workspace

test-outside: build ## real clients against Frisk: Delta readers, a notebook, Chromium (installs them where absent)
	@scripts/outside.sh

bench: build ## side by side with the peers; writes bench-results/<date>.json
	@scripts/bench.sh

proof-%: build ## one heavy proof, such as proof-kill; writes docs/evidence/NAME.json
	@test -x "scripts/proofs/$*.sh" || { echo "no proof $*: there are $$(ls scripts/proofs 2>/dev/null | sed -n 's/\.sh$$//p' | tr '\n' ' ')" >&2; exit 2; }
	@scripts/proofs/$*.sh

lint: check-fmt clippy ## format and lints; with cargo-deny and cargo-machete where installed
	@if command -v cargo-deny >/dev/null; then cargo deny check bans licenses sources; else echo "cargo-deny is not installed: passed over" >&2; fi
	@if command -v cargo-machete >/dev/null; then cargo machete; else echo "cargo-machete is not installed: passed over" >&2; fi

fmt: ## format the code
	cargo fmt --all

docs: need ## the crates' documentation
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --release --workspace --no-deps
	@echo "$(CARGO_TARGET_DIR)/doc/frisk/index.html"

clean-demo: ## remove the demo's folder
	rm -rf "$(DEMO_DIR)"
