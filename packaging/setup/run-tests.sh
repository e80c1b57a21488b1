#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
#
# Runs pytest with the surroundings that its tests may use: a fresh home, no session bus (the
# tests of the keyring start one of their own), and an X server without a screen. Without Xvfb
# the tests that need it skip with its name, or fail in CI.
set -eu

cd "$(dirname "$0")/../.."
PATH=$PWD/.venv/bin:$PATH
export PATH

surroundings=$(mktemp -d)
x_server=""
clean() {
    if [ -n "$x_server" ]; then kill "$x_server" 2>/dev/null || true; fi
    rm -rf "$surroundings"
}
trap clean EXIT
trap 'exit 130' INT TERM HUP

# A home of its own: no test may touch the keyring, the configuration or the caches of a person.
mkdir -m 700 "$surroundings/home" "$surroundings/runtime"
export HOME="$surroundings/home" XDG_RUNTIME_DIR="$surroundings/runtime"
unset XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME XDG_STATE_HOME DBUS_SESSION_BUS_ADDRESS WAYLAND_DISPLAY DISPLAY || true

if command -v Xvfb >/dev/null; then
    Xvfb -displayfd 3 -screen 0 1366x768x24 -nolisten tcp 3>"$surroundings/display" 2>/dev/null &
    x_server=$!
    waited=0
    while [ ! -s "$surroundings/display" ] && [ "$waited" -lt 100 ]; do
        sleep 0.1
        waited=$((waited + 1))
    done
    if [ -s "$surroundings/display" ]; then
        DISPLAY=:$(cat "$surroundings/display")
        export DISPLAY
    fi
fi

python -m pytest "$@"
