#!/usr/bin/env bash
# Other programs against Frisk: Delta readers, a notebook, a browser. Installs what is absent; the last line counts.
#   FRISK_CACHE    folder of venv, small warehouse and screenshots    (~/.cache/frisk)
#   OUTSIDE_DEMO   folder of a demo to look at; without it a small one is made
set -euo pipefail
cd "$(dirname "$0")/.."

cache=${FRISK_CACHE:-$HOME/.cache/frisk}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$cache/target}
frisk=$CARGO_TARGET_DIR/release/frisk
screens=$cache/screens
passed=0
failed=0

say() { printf '%s\n' "$*"; }

check() { # check NAME COMMAND...
    local name=$1 from=$SECONDS
    shift
    if "$@"; then
        passed=$((passed + 1))
        say "ok      $name ($((SECONDS - from)) s)"
    else
        failed=$((failed + 1))
        say "FAILED  $name ($((SECONDS - from)) s)"
    fi
}

install_debian() { # install_debian PACKAGE...
    if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
        echo "make test-outside: install $* first (this is no Debian, or you are not root)" >&2
        exit 2
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

install_venv() { # install_venv REQUIREMENTS: sets venv
    local wanted
    wanted=$(sha256sum "$1" | cut -c1-12)
    venv=$cache/venv-$wanted
    command -v python3 >/dev/null || install_debian python3 python3-venv
    if [ ! -e "$venv/.complete" ]; then
        say "Python packages of $1 into $venv"
        rm -rf "$venv"
        python3 -m venv "$venv"
        "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$1"
        touch "$venv/.complete"
    fi
}

install_peers() {
    install_venv tests/outside/requirements-formats.txt
    format_python=$venv/bin/python
    install_venv tests/outside/requirements.txt
    if [ ! -x /usr/bin/chromium ] || [ ! -x /usr/bin/chromedriver ]; then
        say "Chromium and its driver from Debian"
        install_debian chromium chromium-driver
    fi
}

small_demo() {
    if [ -n "${OUTSIDE_DEMO:-}" ]; then
        demo=$(realpath "$OUTSIDE_DEMO")
        return
    fi
    demo=$cache/outside-demo
    say "A small demo into $demo"
    DEMO_DIR=$demo DEMO_PEOPLE=${OUTSIDE_PEOPLE:-5000} DEMO_SERVE=0 scripts/demo.sh >"$cache/outside-demo.log" 2>&1 ||
        { tail -n 40 "$cache/outside-demo.log" >&2; exit 1; }
}

serve() { # starts the pages on a free port; sets base and server
    local port
    port=$("$venv/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    base=http://127.0.0.1:$port
    FRISK_BIND=127.0.0.1:$port "$frisk" serve >"$cache/outside-serve.log" 2>&1 &
    server=$!
    for _ in $(seq 1 240); do
        if "$venv/bin/python" -c 'import sys, urllib.request as u; u.urlopen(sys.argv[1] + "/ready", timeout=5)' "$base" 2>/dev/null; then
            return 0
        fi
        kill -0 "$server" 2>/dev/null || break
        sleep 0.5
    done
    say "frisk serve did not become ready:"
    tail -n 20 "$cache/outside-serve.log"
    return 1
}

stop_server() {
    if [ -n "${server:-}" ]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
        server=
    fi
}
trap stop_server EXIT

mkdir -p "$cache"
install_peers
[ -x "$frisk" ] || cargo build --locked --release --bin frisk
small_demo
export FRISK_WAREHOUSE=$demo/warehouse FRISK_STATE=$demo/state.sqlite FRISK_KEY=$demo/person.key
export FRISK_REFERENCE=$demo/reference FRISK_MODELS=$demo/models
python=$venv/bin/python

for peer in deltalake duckdb polars; do
    check "tables read with $peer" "$python" tests/outside/tables.py "$peer" "$frisk" "$FRISK_WAREHOUSE"
done
check "no personal number in the tables" \
    "$python" tests/outside/tables.py names "$frisk" "$FRISK_WAREHOUSE" "$demo/sweden/documents"
check "notebook 01_tables" "$venv/bin/jupyter-execute" --timeout=300 --kernel_name=python3 \
    --output="$cache/01_tables.ipynb" notebooks/01_tables.ipynb
if [ -d "${SHARED:=../shared}/data/schemas" ]; then
    check "rules against lxml and Saxon on changed samples" \
        "$python" scripts/rule_oracle.py "$frisk" "$SHARED/data" --per-type 60
fi
check "metrics of scikit-learn" "$python" scripts/metrics_peers.py "$frisk"
check "frisk serve becomes ready" serve
check "files and PxWebApi read by statisticians' programs" "$format_python" tests/outside/formats.py "$base"
check "pages in Chromium" "$python" tests/outside/pages.py "$base" "$screens"
stop_server

say "$passed passed, $failed failed"
[ "$failed" = 0 ]
