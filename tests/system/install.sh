#!/bin/sh
# What `make test-all` needs besides Python: Chromium with Chinese fonts, Node and npm, Comunica, wrk. As root; safe to repeat.
set -eu
cd "$(dirname "$0")"
missing=
command -v chromium >/dev/null || missing="$missing chromium"
command -v node >/dev/null || missing="$missing nodejs"
command -v npm >/dev/null || missing="$missing npm"
command -v curl >/dev/null || missing="$missing curl"
command -v wrk >/dev/null || missing="$missing wrk"
fc-list 2>/dev/null | grep -qi 'cjk' || missing="$missing fonts-noto-cjk"
if [ -n "$missing" ]; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q
    # shellcheck disable=SC2086
    apt-get install -y -q --no-install-recommends $missing
fi
[ -d comunica/node_modules/@comunica/query-sparql ] ||
    npm ci --prefix comunica --ignore-scripts --no-audit --no-fund
