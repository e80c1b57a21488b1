# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The 40 digits that two people compare before they trust each other's keys.

docs/formats/contact-card.md, "The verification code".
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Final

from vault.crypto.signing import VerifyKey

_LABEL: Final = b"panah-contact-code-v1\n"
DIGITS: Final = 40
_GROUP: Final = 5


def code_of(verify_key: VerifyKey, recipients: Sequence[str]) -> str:
    """Return eight groups of five digits, parted by spaces, over all keys of a card."""
    keys = (verify_key.ssh_blob(), *(text.encode("ascii") for text in recipients))
    framed = b"".join(len(key).to_bytes(4, "big") + key for key in keys)
    number = int.from_bytes(hashlib.sha512(_LABEL + framed).digest(), "big") % 10**DIGITS
    digits = f"{number:0{DIGITS}d}"
    return " ".join(digits[at : at + _GROUP] for at in range(0, DIGITS, _GROUP))


def same_code(code: str, untrusted_typed: str) -> bool:
    """Tell whether what a person typed or read out is the code; only its digits count."""
    return re.sub(r"[^0-9]", "", untrusted_typed) == code.replace(" ", "")
