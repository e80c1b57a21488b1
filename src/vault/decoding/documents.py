# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plain text out of its encodings. Runs in the decoding process."""

from __future__ import annotations

import codecs
import re
from typing import Final

from vault.decoding.errors import DecodingFailed, DecodingTooLarge
from vault.decoding.limits import MAX_TEXT_BYTES

_KIND: Final = "text/plain"
# The longer mark first: UTF-32's begins with UTF-16's.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE_BYTES: Final = 4096
_MOSTLY: Final = 0.6
# The high byte of Latin letters and spaces, of Cyrillic, and of dashes and quotation marks.
_UTF16_HIGH_BYTES: Final = frozenset({0x00, 0x04, 0x20})
# One of these two in every second place is what tells UTF-16 from 8-bit text.
_TELLING_BYTES: Final = frozenset({0x00, 0x04})
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def text(untrusted: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16, UTF-32 with a mark, or Windows-1251.

    Raises:
        DecodingTooLarge: more than `MAX_TEXT_BYTES`.
        DecodingFailed: it is not text in any of these encodings.
    """
    if len(untrusted) > MAX_TEXT_BYTES:
        raise DecodingTooLarge(what="text_bytes", limit=MAX_TEXT_BYTES)
    for encoding in _candidates(untrusted):
        try:
            found = untrusted.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROLS.search(found):
            return found
    raise DecodingFailed(kind=_KIND, reason="not_text")


def _candidates(untrusted: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if untrusted.startswith(mark):
            return (encoding,)
    sample = untrusted[:_SAMPLE_BYTES]
    if _are_utf16_high_bytes(sample[1::2]):
        return ("utf-16-le",)
    if _are_utf16_high_bytes(sample[0::2]):
        return ("utf-16-be",)
    return ("utf-8", "cp1251")


def _are_utf16_high_bytes(every_second: bytes) -> bool:
    if not any(byte in _TELLING_BYTES for byte in every_second):
        return False
    likely = sum(byte in _UTF16_HIGH_BYTES for byte in every_second)
    return likely / len(every_second) > _MOSTLY
