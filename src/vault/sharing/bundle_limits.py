# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How large a bundle and its parts may be; docs/formats/bundle.md. Writer and reader keep them."""

from __future__ import annotations

from typing import Final

from vault.sharing.ustar import MAX_SIZE

KIB: Final = 1024
MIB: Final = 1024 * KIB

MAX_RECIPIENTS: Final = 64
MAX_OBJECTS: Final = 50_000
MAX_CONSENTS: Final = 10_000
MAX_LANGUAGES: Final = 10
MAX_PURPOSE: Final = 500
MAX_RECORDS: Final = 1_000_000
MAX_LINE_BYTES: Final = 4 * MIB
MAX_SEQUENCE: Final = 2**53

NAMESPACE: Final = "panah-bundle"
"""What the signature of a manifest was made for."""

MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.json.sig"
README: Final = "README.txt"
CONTENTS: Final = "contents.html"
SUMS: Final = "SHA256SUMS"
RECORDS: Final = "records.jsonl"
OBJECTS: Final = "objects/"

FIXED_MEMBERS: Final = (README, CONTENTS, SUMS, RECORDS)
"""What follows the signature, in this order, before the objects."""

MAX_MANIFEST_BYTES: Final = 8 * MIB
MAX_SIGNATURE_BYTES: Final = 4 * KIB
_MAX_BYTES: Final = {
    README: 64 * KIB,
    CONTENTS: 64 * MIB,
    SUMS: 8 * MIB,
    RECORDS: 1024 * MIB,
}


def max_bytes(path: str) -> int:
    """Return the most bytes that a member of this path may have."""
    return _MAX_BYTES.get(path, MAX_SIZE)


def kind_of(path: str) -> str:
    """Return a word for a member that tells nothing of a file: its path or "object"."""
    return "object" if path.startswith(OBJECTS) else path
