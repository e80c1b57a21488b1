# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Making the fonts that ship with the program known to reportlab, once per process."""

from __future__ import annotations

import functools
import importlib.resources
import io
import threading
import unicodedata
from typing import Final

from reportlab import rl_config
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

SERIF: Final = "PanahSerif"
SANS: Final = "PanahSans"
REPLACEMENT: Final = "\ufffd"
"""Stands for a character that the fonts cannot draw."""

_FACES: Final = {
    (SERIF, False, False): "NotoSerif-Regular.ttf",
    (SERIF, True, False): "NotoSerif-Bold.ttf",
    (SERIF, False, True): "NotoSerif-Italic.ttf",
    (SANS, False, False): "NotoSans-Regular.ttf",
    (SANS, True, False): "NotoSans-Bold.ttf",
    (SANS, False, True): "NotoSans-Italic.ttf",
}
_LINE_BREAKS: Final = frozenset("\n\t")
_registering: Final = threading.Lock()


def face_name(family: str, *, bold: bool = False, italic: bool = False) -> str:
    """Return the name under which reportlab knows one face; bold italic is bold."""
    if bold:
        return f"{family}-Bold"
    return f"{family}-Italic" if italic else family


def register() -> None:
    """Make the six faces known; safe from any thread, quick after the first time."""
    with _registering:
        if SERIF in pdfmetrics.getRegisteredFontNames():
            return
        # Streams are compressed binary in any case; ASCII85 would only add a quarter.
        rl_config.useA85 = 0
        for (family, bold, italic), file_name in _FACES.items():
            name = face_name(family, bold=bold, italic=italic)
            pdfmetrics.registerFont(TTFont(name, io.BytesIO(_face_bytes(file_name))))
            addMapping(family, 1 if bold else 0, 1 if italic else 0, name)
        for family in (SERIF, SANS):
            addMapping(family, 1, 1, face_name(family, bold=True))


def _face_bytes(file_name: str) -> bytes:
    return importlib.resources.files("vault.exports.fonts").joinpath(file_name).read_bytes()


@functools.cache
def _drawable() -> frozenset[int]:
    register()
    fonts = [pdfmetrics.getFont(face_name(family)) for family in (SERIF, SANS)]
    maps = [frozenset(font.face.charToGlyph) for font in fonts if isinstance(font, TTFont)]
    return maps[0].intersection(*maps[1:])


def has_glyph(character: str) -> bool:
    """Tell whether both families can draw the character."""
    return ord(character) in _drawable()


def printable(text: str) -> tuple[str, int]:
    """Return the text as it can be drawn, and how many characters had to be replaced.

    Control and formatting characters (direction marks, zero-width and soft hyphens) are
    dropped, so that a page never shows other text than its text layer; line breaks and
    tabs stay. What the fonts have no glyph for becomes U+FFFD.
    """
    kept: list[str] = []
    replaced = 0
    for character in unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")):
        if character in _LINE_BREAKS or (has_glyph(character) and _is_visible(character)):
            kept.append(character)
        elif _is_visible(character):
            kept.append(REPLACEMENT)
            replaced += 1
    return "".join(kept), replaced


def _is_visible(character: str) -> bool:
    return not unicodedata.category(character).startswith("C")
