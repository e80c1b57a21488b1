# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names run together inside e-mails, handles, web addresses: `timofeyvershkov94`."""

from __future__ import annotations

import re
from typing import Final

from vault.redaction.lexicon import Lexicon

_PIECE: Final = re.compile(r"[^\W\d_]+")
_SHORTEST: Final = 4
_LONGEST: Final = 40


def names_inside(link: str, lexicon: Lexicon) -> list[int]:
    """Return the persons whose names stand in a link, those with the longest name first."""
    found: list[tuple[int, int]] = []
    for piece in _PIECE.finditer(link):
        word = piece[0][:_LONGEST]
        found.extend((-len(word), person) for person in lexicon.persons_in_link(word))
    return list(dict.fromkeys(person for _, person in sorted(found)))
