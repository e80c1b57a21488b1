# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""`python -m vault` and the command `panah`."""

from __future__ import annotations

import sys

from vault.cli import main

if __name__ == "__main__":
    sys.exit(main())
