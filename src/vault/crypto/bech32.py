# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bech32 (BIP 173) without its limit of 90 characters, as age writes its keys.

Works on bytearrays throughout, because half of what it encodes is secret.
"""

from __future__ import annotations

from typing import Final

_CHARSET: Final = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUE_OF: Final = {symbol: value for value, symbol in enumerate(_CHARSET)}
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM_SYMBOLS: Final = 6
_LONGEST_TEXT: Final = 4096
"""A hybrid recipient, the longest text of all, has 1959 characters."""


class NotBech32(ValueError):
    """The text is not Bech32; carries nothing of the text, which may be a secret."""


def encode(prefix: str, data: bytearray | bytes) -> bytearray:
    """Return prefix, "1", the data and the checksum in lower case; the caller's to zero."""
    values = _regrouped(data, from_bits=8, to_bits=5, pad=True)
    checked = bytearray(_expanded(prefix) + values) + bytes(_CHECKSUM_SYMBOLS)
    checksum = _polymod(checked) ^ 1
    text = bytearray(prefix.encode("ascii") + b"1")
    text.extend(_CHARSET[value] for value in values)
    text.extend(_CHARSET[(checksum >> 5 * (5 - place)) & 31] for place in range(6))
    _zero(values)
    _zero(checked)
    return text


def decode(prefix: str, text: bytearray | bytes) -> bytearray:
    """Return the data of a text with this prefix (given in lower case); the caller's to zero.

    Raises `NotBech32` for a wrong character, mixed case, prefix, checksum or padding.
    """
    if len(text) > _LONGEST_TEXT:
        raise NotBech32
    if not (text.islower() or text.isupper()):
        raise NotBech32
    lower = bytearray(text.lower())
    start = prefix.encode("ascii") + b"1"
    values = bytearray()
    checked = bytearray()
    try:
        if not lower.startswith(start) or len(lower) < len(start) + _CHECKSUM_SYMBOLS:
            raise NotBech32
        values.extend(_value(symbol) for symbol in memoryview(lower)[len(start) :])
        checked.extend(_expanded(prefix))
        checked.extend(values)
        if _polymod(checked) != 1:
            raise NotBech32
        return _regrouped(values[:-_CHECKSUM_SYMBOLS], from_bits=5, to_bits=8, pad=False)
    finally:
        _zero(lower)
        _zero(values)
        _zero(checked)


def _value(symbol: int) -> int:
    value = _VALUE_OF.get(symbol)
    if value is None:
        raise NotBech32
    return value


def _expanded(prefix: str) -> bytes:
    codes = prefix.encode("ascii")
    return bytes(code >> 5 for code in codes) + b"\0" + bytes(code & 31 for code in codes)


def _polymod(values: bytearray) -> int:
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATOR):
            if (top >> place) & 1:
                checksum ^= generator
    return checksum


def _regrouped(data: bytearray | bytes, *, from_bits: int, to_bits: int, pad: bool) -> bytearray:
    """Cut the bits of the data into groups of another width."""
    collected = 0
    bits = 0
    groups = bytearray()
    mask = (1 << to_bits) - 1
    for value in data:
        collected = (collected << from_bits | value) & 0xFFFF
        bits += from_bits
        while bits >= to_bits:
            bits -= to_bits
            groups.append((collected >> bits) & mask)
    rest = collected & ((1 << bits) - 1)
    if pad and bits:
        groups.append((rest << (to_bits - bits)) & mask)
    elif not pad and (bits >= from_bits or rest):
        _zero(groups)
        raise NotBech32
    return groups


def _zero(buffer: bytearray) -> None:
    buffer[:] = bytes(len(buffer))
