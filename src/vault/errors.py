# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two families of errors: the world's fault or the user's, and ours.

Every room derives its errors from `VaultError` in a file of its own (`<room>/errors.py`).
The code is stable and is what tests, scripts and translations refer to; the sentence a
person reads is made from it in `vault.sentences`, never here.
"""

from __future__ import annotations

from typing import ClassVar

Detail = str | int


class VaultError(Exception):
    """Something outside the program is not as it must be; nothing was lost by it.

    `details` hold only what may appear on a screen and in a log: counts, sizes, kinds,
    places in a file. Never a secret, a person's name or the content of a record.
    """

    code: ClassVar[str] = "vault.error"

    def __init__(self, **details: Detail) -> None:
        """Keep the details; they become the named fields of the sentence."""
        super().__init__(self.code)
        self.details: dict[str, Detail] = details

    def __str__(self) -> str:
        """Return the code and the details, for a log line or a test's message."""
        shown = ", ".join(f"{name}={value!r}" for name, value in sorted(self.details.items()))
        return f"{self.code}({shown})" if shown else self.code


class VaultBug(Exception):
    """The program broke a rule of its own; report it, do not handle it."""
