# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""`python -m vault.decoding`: the decoding process."""

from __future__ import annotations

import sys

from vault.decoding.worker import main

if __name__ == "__main__":
    sys.exit(main())
