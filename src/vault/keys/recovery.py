# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The recovery code: 160 random bits that a person copies onto paper and types back.

Eight groups of four symbols of Crockford's base32 and one check symbol each, so that a slip
of the pen is found, and found in its group (docs/formats/vault.md, "Recovery code").
"""

from __future__ import annotations

from typing import Final

from vault.crypto.secret_bytes import SecretBytes
from vault.keys.errors import BadRecoveryCode

CODE_BYTES: Final = 20
GROUPS: Final = 8
GROUP_SYMBOLS: Final = 5
_DATA_SYMBOLS: Final = GROUP_SYMBOLS - 1
_BITS_PER_SYMBOL: Final = 5

_SYMBOLS: Final = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_FIELD_POLYNOMIAL: Final = 0b100101
_SEPARATORS: Final = frozenset(map(ord, " \t\r\n\u00a0-\u2010\u2011\u2012\u2013\u2014\u2212"))
_SAME_LOOK: Final = dict(zip("OILАВСЕНКМОРТУХ", "011ABCEHKM0PTYX", strict=True))
"""What a hand copies or a Russian layout types for a symbol; none of it is a symbol itself."""


def _values() -> dict[int, int]:
    """Return the five bits of every accepted code point."""
    values = {symbol: value for value, symbol in enumerate(_SYMBOLS)}
    values |= {ord(other): values[ord(symbol)] for other, symbol in _SAME_LOOK.items()}
    return values | {ord(chr(symbol).lower()): value for symbol, value in values.items()}


_VALUES: Final = _values()


def new_recovery_code() -> SecretBytes:
    """Return 20 bytes of the system's random source, to be shown once and proved by re-entry."""
    return SecretBytes.random(CODE_BYTES)


def shown(code: SecretBytes) -> bytearray:
    """Return the code as ASCII text in eight groups; the caller zeroes the result."""
    raw = code.view()
    if len(raw) != CODE_BYTES:
        message = "a recovery code has 20 bytes"
        raise ValueError(message)
    text = bytearray()
    for group in range(GROUPS):
        if group:
            text += b"-"
        symbols = [_five_bits(raw, group * _DATA_SYMBOLS + place) for place in range(_DATA_SYMBOLS)]
        text += bytes(_SYMBOLS[value] for value in (*symbols, _check_symbol(group, symbols)))
    return text


def parse(text: str | bytearray) -> SecretBytes:
    """Return the code that a person typed.

    Accepts either case, O for 0, I and L for 1, Cyrillic letters of the same look, spaces and
    dashes anywhere. Raises `BadRecoveryCode` with the number of the first bad group, counted
    from 1, and never with what was typed. `text` stays the caller's to zero.
    """
    values = _typed_values(text)
    try:
        if len(values) != GROUPS * GROUP_SYMBOLS:
            at = min(len(values) // GROUP_SYMBOLS + 1, GROUPS)
            raise BadRecoveryCode(reason="length", group=at)
        return SecretBytes(_checked_bytes(values))
    finally:
        values[:] = bytes(len(values))


def _typed_values(text: str | bytearray) -> bytearray:
    """Return five bits per typed symbol."""
    # Zeroing is possible for a bytearray only; a str lives as long as its owner lets it.
    characters = text if isinstance(text, str) else _decoded(text)
    values = bytearray()
    for character in characters:
        point = ord(character)
        if point in _SEPARATORS:
            continue
        if point not in _VALUES or len(values) == GROUPS * GROUP_SYMBOLS:
            reason = "length" if point in _VALUES else "character"
            group = min(len(values) // GROUP_SYMBOLS + 1, GROUPS)
            values[:] = bytes(len(values))
            raise BadRecoveryCode(reason=reason, group=group)
        values.append(_VALUES[point])
    return values


def _decoded(text: bytearray) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        # The original error carries what was typed and must not be chained.
        raise BadRecoveryCode(reason="character", group=1) from None


def _checked_bytes(values: bytearray) -> bytearray:
    """Check each group and pack its data symbols; raise `BadRecoveryCode`."""
    raw = bytearray(CODE_BYTES)
    for group in range(GROUPS):
        start = group * GROUP_SYMBOLS
        symbols = list(values[start : start + _DATA_SYMBOLS])
        if _check_symbol(group, symbols) != values[start + _DATA_SYMBOLS]:
            raw[:] = bytes(CODE_BYTES)
            raise BadRecoveryCode(reason="checksum", group=group + 1)
        for place, value in enumerate(symbols):
            _put_five_bits(raw, group * _DATA_SYMBOLS + place, value)
    return raw


def _check_symbol(group: int, symbols: list[int]) -> int:
    """Return the sum of the group's number and of symbol k times x^k, in GF(2^5).

    The factors differ and none is 0, so one wrong symbol and any exchange of two are seen.
    """
    check = group
    for power, symbol in enumerate(symbols, start=1):
        product = symbol
        for _ in range(power):
            product <<= 1
            if product & 0b100000:
                product ^= _FIELD_POLYNOMIAL
        check ^= product
    return check


def _five_bits(raw: bytearray, index: int) -> int:
    """Return symbol `index`: bits 5·index to 5·index + 4, the most significant first."""
    first = index * _BITS_PER_SYMBOL
    window = raw[first // 8] << 8
    if first // 8 + 1 < len(raw):
        window |= raw[first // 8 + 1]
    return window >> (16 - _BITS_PER_SYMBOL - first % 8) & 0b11111


def _put_five_bits(raw: bytearray, index: int, value: int) -> None:
    """Set symbol `index` in a zeroed buffer."""
    first = index * _BITS_PER_SYMBOL
    window = value << (16 - _BITS_PER_SYMBOL - first % 8)
    raw[first // 8] |= window >> 8
    if window & 0xFF:
        raw[first // 8 + 1] |= window & 0xFF
