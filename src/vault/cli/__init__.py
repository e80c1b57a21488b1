# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command line: a thin shell over the same services as the window.

Its words are a contract (docs/command-line.md). Secrets are never arguments.
"""

from vault.cli.program import main

__all__ = ["main"]
