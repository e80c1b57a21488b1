# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Errors as sentences for the window; what is not ours to explain stays a code."""

from __future__ import annotations

from vault.errors import VaultError
from vault.i18n import _
from vault.sentences import sentence


def error_words(error: BaseException) -> str:
    """Return what happened, in the window's language, without a traceback or a secret."""
    if isinstance(error, VaultError):
        return sentence(error, _)
    if isinstance(error, FileNotFoundError):
        return _("The file or folder is not there any more. Nothing was changed.")
    if isinstance(error, PermissionError):
        return _("The system does not allow this file or folder to be used. Nothing was changed.")
    if isinstance(error, OSError):
        return _("The system could not read or write the file. Nothing was changed.")
    return _(
        "The program made a mistake ({kind}). What was saved before is safe; "
        "please close the vault and open it again."
    ).format(kind=type(error).__name__)
