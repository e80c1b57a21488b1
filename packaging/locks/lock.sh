#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
#
# Writes the lock files again from pyproject.toml: exact versions and the hash of every wheel
# on every system. Versions stay as they are unless `upgrade` is the first argument.
# No address of any package index gets into the files.
set -eu
cd "$(dirname "$0")/../.."

upgrade=""
[ "${1:-}" = upgrade ] && upgrade="--upgrade"

compile() {
    # Word splitting of $upgrade is wanted: it is one option or none.
    # shellcheck disable=SC2086
    .venv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
        --no-annotate --no-header --no-emit-index-url --no-emit-find-links $upgrade "$@" >/dev/null
}

locks=packaging/locks
compile pyproject.toml -o "$locks/requirements.txt"
compile --group build -c "$locks/requirements.txt" -o "$locks/requirements-build.txt"
compile pyproject.toml --group build --group dev -c "$locks/requirements.txt" \
    -c "$locks/requirements-build.txt" -o "$locks/requirements-dev.txt"
if grep -nE '(https?|file)://|index-url|find-links' "$locks"/requirements*.txt; then
    echo "A lock file names a host; see the lines above." >&2
    exit 1
fi
grep -c '==' "$locks"/requirements*.txt
