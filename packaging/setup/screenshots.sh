#!/bin/sh
# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
#
# Draws docs/images/ from a fresh demonstration vault, in a folder that is removed afterwards.
set -eu

cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PANAH_CONFIG_HOME="$work/configuration" QT_QPA_PLATFORM=offscreen \
    .venv/bin/python packaging/screenshots.py "$work" docs/images
