#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
#
# Makes a clone ready to run: `setup.sh demo` for the program, `setup.sh test` for its tests too.
#
# 1. Looks for Python 3.11 or later and for what needs.txt lists. If something is missing, it is
#    installed with apt when that is allowed without asking; else the line to run is printed and
#    nothing has been changed.
# 2. Makes .venv and installs the locked packages by hash, then the project itself. If that
#    fails, a .venv that was made by this run is removed again.
#
# A second run finds its stamp and ends at once, without the network. The environment is built
# in its final place, because the scripts in it name their interpreter by its full path.
# Run on Debian 12; written for Ubuntu 22.04 and 24.04 as well. Never run on macOS; on Windows
# see docs/contributing.md.
set -eu

cd "$(dirname "$0")/../.."
part=${1:-test}
case $part in demo | test) ;; *) echo "usage: $0 demo|test" >&2; exit 2 ;; esac
venv=.venv
PATH=$PATH:/usr/sbin:/sbin

say() { printf '%s\n' "$*" >&2; }

# --- what the system has --------------------------------------------------------------------

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for name in ${PYTHON:-} python3 python3.11 python3.12 python3.13; do
        if command -v "$name" >/dev/null && is_new_enough "$name"; then
            command -v "$name"
            return
        fi
    done
}

# The standard library of Debian comes in pieces; without the ensurepip piece there is no venv.
python_packages() {
    if [ -z "$python" ]; then
        if [ -n "$(apt-cache search --names-only '^python3\.11-venv$' 2>/dev/null)" ]; then
            echo python3.11 python3.11-venv
        else
            echo python3 python3-venv
        fi
    elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        if [ "$(basename "$python")" = python3 ]; then
            echo python3-venv
        else
            echo "$(basename "$python")-venv"
        fi
    fi
}

has() {
    case $1 in
        program) command -v "$2" >/dev/null ;;
        library) printf '%s\n' "$libraries" | grep -qF "$2 " ;;
        font) find /usr/share/fonts /usr/local/share/fonts "${HOME:-/nowhere}/.local/share/fonts" \
            -name '*.[ot]t[fc]' 2>/dev/null | grep -q . ;;
        *) say "needs.txt: $1 is not a kind of need"; exit 2 ;;
    esac
}

missing_packages() {
    libraries=$(ldconfig -p)
    python_packages
    while read -r wanted kind name package; do
        case $wanted in '' | '#'*) continue ;; test) [ "$part" = test ] || continue ;; esac
        has "$kind" "$name" || echo "$package"
    done <packaging/setup/needs.txt
}

# --- what may be installed ------------------------------------------------------------------

apt_install() {
    if [ "$(id -u)" = 0 ]; then
        prefix=""
    elif sudo -n true 2>/dev/null; then
        prefix="sudo -n"
    else
        return 3
    fi
    say "[1/3] Installing packages of the system: $*"
    $prefix apt-get update -q || say "The package lists could not be renewed; trying with the old ones."
    # Word splitting is wanted: $prefix is none or two words, "$@" one package each.
    $prefix env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends "$@" </dev/null
}

refuse() {
    say ""
    say "Panah needs packages of the system that are not there. Nothing was changed. Run"
    say ""
    say "    sudo apt-get install --no-install-recommends $*"
    say ""
    say "and then the same make command again."
    exit 1
}

provide_system() {
    missing=$(missing_packages | tr ' ' '\n' | sort -u | tr '\n' ' ')
    missing=${missing% }
    [ -n "$missing" ] || return 0
    # Word splitting is wanted: one package each.
    # shellcheck disable=SC2086
    command -v apt-get >/dev/null || refuse $missing
    # shellcheck disable=SC2086
    apt_install $missing >&2 || refuse $missing
    python=$(find_python)
    left=$(missing_packages | tr ' ' '\n' | sort -u | tr '\n' ' ')
    # shellcheck disable=SC2086
    [ -z "$left" ] || refuse $left
}

# --- the environment of Python --------------------------------------------------------------

# The stamp names everything that the environment was made from, its own place included.
state() {
    "$python" - "$@" <<'END'
import hashlib, pathlib, sys
digest = hashlib.sha256(f"{sys.version} {pathlib.Path.cwd()}".encode())
for name in sys.argv[1:]:
    digest.update(pathlib.Path(name).read_bytes())
print(digest.hexdigest())
END
}

made_here=""
undo() {
    if [ -n "$made_here" ]; then
        say "Set-up did not finish; removing what it had made of $venv."
        rm -rf "$venv"
    fi
}

pip() {
    "$venv/bin/python" -m pip --disable-pip-version-check --no-input "$@" >&2
}

provide_environment() {
    locks=packaging/locks
    if [ "$part" = test ]; then
        set -- "$locks/requirements-dev.txt"
    else
        set -- "$locks/requirements.txt" "$locks/requirements-build.txt"
    fi
    stamp=$venv/panah-$part.stamp
    now=$(state "$@" pyproject.toml)
    if [ "$(cat "$stamp" 2>/dev/null || true)" = "$now" ] && "$venv/bin/python" -c 'import vault' 2>/dev/null; then
        return
    fi
    trap undo EXIT
    trap 'exit 130' INT TERM HUP
    if ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then
        say "[2/3] Making $venv with $("$python" --version) ($python)"
        rm -rf "$venv"
        made_here=yes
        "$python" -m venv "$venv"
    fi
    rm -f "$venv"/panah-*.stamp
    say "[3/3] Installing the locked packages by hash; the first time takes a minute or two"
    requirements=""
    for lock in "$@"; do requirements="$requirements -r $lock"; done
    # Word splitting of $requirements is wanted.
    # shellcheck disable=SC2086
    pip install --require-hashes --only-binary :all: $requirements
    pip install --no-deps --no-build-isolation --editable .
    "$venv/bin/python" -c 'import vault'
    echo "$now" >"$stamp"
    made_here=""
    trap - EXIT INT TERM HUP
    say "Set-up is complete."
}

python=$(find_python)
provide_system
provide_environment "$@"
