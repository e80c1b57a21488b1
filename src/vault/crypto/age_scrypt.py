# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The passphrase recipient of age: scrypt (RFC 7914), alone in its file."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from typing import ClassVar, Final

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from vault.crypto.age_stanzas import Stanza, from_base64, to_base64
from vault.crypto.age_wrapping import KEY_BYTES, check_body, opened_body, sealed_body
from vault.crypto.errors import HeaderTampered, NotEnoughMemory, WorkFactorTooHigh
from vault.crypto.secret_bytes import SecretBytes

_KIND: Final = "scrypt"
_LABEL: Final = b"age-encryption.org/v1/scrypt"
_SALT_BYTES: Final = 16
_BLOCK_SIZE: Final = 8
_WORK_FACTOR: Final = re.compile(r"[1-9][0-9]{0,2}", re.ASCII)


class ScryptRecipient:
    """A passphrase to encrypt to; it must be the only recipient of its file."""

    family: ClassVar[str] = "passphrase"
    __slots__ = ("_log_n", "_passphrase")

    def __init__(self, passphrase: bytearray, log_n: int = 18) -> None:
        """Keep a copy of the passphrase; 2^18 rounds take 256 MiB and about a second."""
        self._passphrase = SecretBytes.copy_of(passphrase)
        self._log_n = log_n

    def wrap(self, file_key: SecretBytes) -> Stanza:
        """Return a stanza under a fresh salt; raise `NotEnoughMemory`."""
        salt = secrets.token_bytes(_SALT_BYTES)
        with _key(self._passphrase, salt, self._log_n) as key:
            body = sealed_body(key, file_key)
        arguments = (_KIND, to_base64(salt).decode("ascii"), str(self._log_n))
        return Stanza(arguments, body)

    def wipe(self) -> None:
        """Zero the copy of the passphrase."""
        self._passphrase.wipe()


class ScryptIdentity:
    """A passphrase to open a file with."""

    __slots__ = ("_max_log_n", "_passphrase")

    def __init__(self, passphrase: bytearray, max_log_n: int = 20) -> None:
        """Keep a copy of the passphrase; the cap of 2^20 rounds bounds the memory to 1 GiB."""
        self._passphrase = SecretBytes.copy_of(passphrase)
        self._max_log_n = max_log_n

    def unwrap(self, stanzas: Sequence[Stanza]) -> SecretBytes | None:
        """Return the file key if the passphrase is right.

        Raises `HeaderTampered`, `NotEnoughMemory`, and `WorkFactorTooHigh` before anything is
        derived or allocated.
        """
        if not any(stanza.kind == _KIND for stanza in stanzas):
            return None
        check_passphrase_is_alone(stanzas)
        stanza = stanzas[0]
        salt, log_n = _arguments(stanza)
        if log_n > self._max_log_n:
            raise WorkFactorTooHigh(log_n=log_n, cap=self._max_log_n)
        with _key(self._passphrase, salt, log_n) as key:
            return opened_body(key, stanza.body)

    def wipe(self) -> None:
        """Zero the copy of the passphrase."""
        self._passphrase.wipe()


def check_passphrase_is_alone(stanzas: Sequence[Stanza]) -> None:
    """Raise `HeaderTampered` when a scrypt stanza stands beside any other.

    Who knows the passphrase expects that whoever wrote the file knew it too; a second way of
    opening the file would break that.
    """
    if len(stanzas) > 1 and any(stanza.kind == _KIND for stanza in stanzas):
        raise HeaderTampered(reason="passphrase not alone")


def _arguments(stanza: Stanza) -> tuple[bytes, int]:
    check_body(stanza)
    if len(stanza.arguments) != 3:  # noqa: PLR2004 - kind, salt and cost, by the specification
        raise HeaderTampered(reason="arguments")
    salt = from_base64(stanza.arguments[1].encode("ascii"), reason="salt")
    if len(salt) != _SALT_BYTES:
        raise HeaderTampered(reason="salt")
    if not _WORK_FACTOR.fullmatch(stanza.arguments[2]):
        raise HeaderTampered(reason="work factor")
    return salt, int(stanza.arguments[2])


def _key(passphrase: SecretBytes, salt: bytes, log_n: int) -> SecretBytes:
    key = SecretBytes(bytearray(KEY_BYTES))
    try:
        derivation = Scrypt(_LABEL + salt, KEY_BYTES, 1 << log_n, _BLOCK_SIZE, 1)
        derivation.derive_into(passphrase.view(), key.view())
    except MemoryError as err:
        raise NotEnoughMemory(memory_kib=1 << log_n) from err
    return key
