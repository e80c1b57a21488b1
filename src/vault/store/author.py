# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who writes: a name to show and a key that signs each version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from vault.crypto.signing import SigningKey


class Author(Protocol):
    """Whoever changes records; every version carries their signature."""

    @property
    def name(self) -> str:
        """The name to show, as it is now."""

    @property
    def public(self) -> bytes:
        """The 32 bytes of the Ed25519 key that checks the signatures."""

    def sign(self, data: bytes) -> bytes:
        """Return the 64-byte signature over `data`."""


@dataclass(frozen=True, slots=True)
class KeyAuthor:
    """An author with their signing key at hand; the key stays whose it was, to be wiped."""

    name: str
    key: SigningKey

    @property
    def public(self) -> bytes:
        """The 32 bytes of the key that checks the signatures."""
        return self.key.public.raw

    def sign(self, data: bytes) -> bytes:
        """Return the 64-byte signature over `data`."""
        return self.key.sign(data)
