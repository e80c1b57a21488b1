# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Headers changed as an attacker, and not as a bad disk, changes them: the checksum is right."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

Change = Callable[[dict[str, Any]], None]


def resealed(data: bytes, change: Change, *, canonical: bool = True) -> bytes:
    """Return the header file after `change`, with its old MAC and a right checksum."""
    members = json.loads(data)
    mac = members.pop("mac")
    del members["sha256"]
    change(members)
    separators = (",", ":") if canonical else (", ", ": ")
    body = json.dumps(members, sort_keys=True, separators=separators)[:-1].encode()
    return with_checksum(body, mac)


def with_checksum(body: bytes, mac: str) -> bytes:
    """Return a header file of this body and MAC with a right checksum."""
    start = body + b',"mac":"' + mac.encode() + b'"'
    return start + b',"sha256":"' + hashlib.sha256(start).hexdigest().encode() + b'"}\n'
