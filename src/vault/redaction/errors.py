# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can go wrong before anything is hidden."""

from __future__ import annotations

from typing import ClassVar

from vault.errors import VaultError


class RedactionError(VaultError):
    """A text cannot be made fit for its reader."""

    code: ClassVar[str] = "redaction.failed"


class NoSuchPerson(RedactionError):
    """A person was asked for who is not of this case."""

    code: ClassVar[str] = "redaction.no_such_person"


class ForeignProfile(RedactionError):
    """The disclosure profile belongs to another case."""

    code: ClassVar[str] = "redaction.foreign_profile"
