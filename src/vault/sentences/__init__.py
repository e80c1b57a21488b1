# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What people read when something is refused, and while something takes long.

A sentence says what happened, what is safe, and what to do next. It is found by the error's
stable code; the error itself has no text. One module for each group of rooms.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from vault.errors import Detail, VaultError
from vault.i18n import _, mark
from vault.sentences import case_file, keys, outside, stages, storage

_SENTENCES: Final[dict[str, str]] = {
    **case_file.SENTENCES,
    **keys.SENTENCES,
    **outside.SENTENCES,
    **storage.SENTENCES,
}
_UNKNOWN: Final = mark("Something was refused ({code}). Nothing was changed.")


class _Fields(dict[str, Detail]):
    """The details of an error; a field it does not have is left open."""

    def __missing__(self, name: str) -> str:
        return "?"


def sentence(refused: VaultError | str, translate: Callable[[str], str] = _) -> str:
    """Return the sentence of an error, its fields filled, or of a bare code, its fields open."""
    code = refused if isinstance(refused, str) else refused.code
    details = {} if isinstance(refused, str) else refused.details
    template = _SENTENCES.get(code, _UNKNOWN)
    return translate(template).format_map(_Fields(details, code=code))


def stage(code: str) -> str:
    """Return the words for what is being done, or the code where there are none yet."""
    return _(stages.STAGES[code]) if code in stages.STAGES else code
