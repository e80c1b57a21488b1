# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can go wrong while a dossier is rendered or checked."""

from __future__ import annotations

from typing import ClassVar

from vault.errors import VaultError


class ExportError(VaultError):
    """Any failure of this room; nothing was written anywhere."""

    code: ClassVar[str] = "exports.error"


class ExhibitUnreadable(ExportError):
    """The bytes of one exhibit could not be read or decoded.

    Details: `exhibit` (its number), `reason` (a code of the decoder).
    """

    code: ClassVar[str] = "exports.exhibit_unreadable"


class PictureNotClean(ExportError):
    """A re-encoded picture still carries something besides pixels, so it is not used.

    Details: `exhibit`, `marker` (the kind of segment found).
    """

    code: ClassVar[str] = "exports.picture_not_clean"


class NotAPdf(ExportError):
    """The bytes given to the leak check cannot be read as a PDF at all."""

    code: ClassVar[str] = "exports.not_a_pdf"
