# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Padmé: sizes that tell little and cost little.

From "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs" (Nikitin
and others, PoPETs 2019, section 4): a length of n bytes leaks O(log log n) bits, at a cost of
at most 12 %, and less the longer the data.
"""

from __future__ import annotations

from typing import Final

_SHORTEST_PADDED: Final = 2


def padded_length(length: int) -> int:
    """Return the smallest Padmé length that is not below `length`, in bytes."""
    if length < 0:
        message = "a length is not negative"
        raise ValueError(message)
    if length < _SHORTEST_PADDED:
        return length
    exponent = length.bit_length() - 1
    kept_bits = exponent.bit_length()
    mask = (1 << (exponent - kept_bits)) - 1
    return (length + mask) & ~mask
