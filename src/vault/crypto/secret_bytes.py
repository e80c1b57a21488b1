# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Secrets as objects with an end: owned by one place, wiped when done, never shown."""

from __future__ import annotations

import hmac
import secrets
import sys
from collections.abc import Callable
from typing import NoReturn, Self

from vault.crypto.errors import SecretGone


class SecretBytes:
    """A secret in a buffer of its own, zeroed by `wipe`, by leaving a `with` block, or at its end.

    Wiping is best effort: it zeroes this buffer, not copies that a driver made. Two secrets
    are compared with `equals`, in constant time; `==` is identity. A secret cannot be
    pickled or copied by accident, and its `repr` shows its length only. Not safe for use by
    two threads at once while one of them wipes.
    """

    __slots__ = ("_buffer", "_gone")

    def __init__(self, taken: bytearray) -> None:
        """Take ownership of `taken` without a copy; the caller must not keep it."""
        self._buffer = taken
        self._gone = False

    @classmethod
    def random(cls, length: int = 32) -> Self:
        """Return `length` bytes of the operating system's random source."""
        return cls.copy_of(secrets.token_bytes(length))

    @classmethod
    def copy_of(cls, data: bytes | bytearray | memoryview) -> Self:
        """Return a secret with a copy of `data`; the source is left as it is."""
        return cls(bytearray(data))

    def view(self) -> bytearray:
        """Return the live buffer itself, for the length of one call; raise `SecretGone`."""
        if self._gone:
            raise SecretGone
        return self._buffer

    def copy(self) -> SecretBytes:
        """Return an independent copy with an end of its own; raise `SecretGone`."""
        return SecretBytes(bytearray(self.view()))

    def equals(self, other: SecretBytes) -> bool:
        """Compare in a time that depends on the lengths only; raise `SecretGone`."""
        return hmac.compare_digest(self.view(), other.view())

    def wipe(self) -> None:
        """Zero the buffer in place; every later use raises `SecretGone`. May be called again."""
        # A slice of equal length is written in place: the memory is not moved or resized.
        self._buffer[:] = bytes(len(self._buffer))
        self._gone = True

    def __len__(self) -> int:
        """Return the length in bytes, which is no secret."""
        return len(self._buffer)

    def __enter__(self) -> Self:
        """Return the secret; leaving the block wipes it."""
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Wipe the secret, whatever happened in the block."""
        self.wipe()

    def __del__(
        self, references: Callable[[object], int] = sys.getrefcount, only_ours: int = 2
    ) -> None:
        """Wipe what nobody wiped, unless the buffer itself is still in use."""
        # In `use(derived().view())` the secret ends before `use` begins: zeroing then would
        # silently make it a key of zeros. One reference is ours and one the counter's own.
        # Defaults, because the names of this module are gone when the interpreter ends; the
        # buffer is absent when __init__ was called wrongly.
        if hasattr(self, "_buffer") and references(self._buffer) <= only_ours:
            self.wipe()

    def __repr__(self) -> str:
        """Show the length and never the content."""
        return "<SecretBytes wiped>" if self._gone else f"<SecretBytes {len(self._buffer)} bytes>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        """Refuse pickling and `copy.copy`: a secret leaves by `view` or `copy` only."""
        message = "a secret cannot be pickled or copied by the copy module"
        raise TypeError(message)
