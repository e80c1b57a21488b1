# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The header of a vault as values: its slots, its anchor, and what may stand in them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vault.crypto.envelope import WrappedKey
from vault.crypto.kdf import Argon2Params, framed

MAGIC: Final = "panah-vault"
FORMAT: Final = 1
MIN_READER: Final = 1
ID_BYTES: Final = 16
HEAD_BYTES: Final = 32
KEYRING_CHECK_BYTES: Final = 16
MOST_SLOTS: Final = 16
GENERATION_LIMIT: Final = 2**53


class SlotType(StrEnum):
    """The ways to the vault master key."""

    PASSPHRASE_AND_KEYRING = "passphrase+keyring"  # noqa: S105 - the name of a kind of slot
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a kind of slot
    KEYRING = "keyring"
    RECOVERY = "recovery"
    RECIPIENT = "recipient"


PASSPHRASE_TYPES: Final = frozenset({SlotType.PASSPHRASE, SlotType.PASSPHRASE_AND_KEYRING})
KEYRING_TYPES: Final = frozenset({SlotType.KEYRING, SlotType.PASSPHRASE_AND_KEYRING})


@dataclass(frozen=True, slots=True, kw_only=True)
class HkdfParams:
    """How the key of a `recovery` or `keyring` slot is derived: the salt of HKDF-SHA256."""

    salt: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeParams:
    """Whom a `recipient` slot is for: an age recipient as text."""

    recipient: str


SlotKdf = Argon2Params | HkdfParams | AgeParams


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySlot:
    """One way to the vault master key; holds nothing that is secret.

    `id` is 32 hexadecimal digits, `created` a date. `keyring_check` is 16 bytes where the slot
    needs the keyring and empty elsewhere. `wrapped` is the age file, as bytes, of a
    `recipient` slot.
    """

    id: str
    type: SlotType
    created: str
    kdf: SlotKdf
    keyring_check: bytes = b""
    wrapped: WrappedKey | bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The newest audit entry that was known: its number and its hash as 64 hexadecimal digits."""

    sequence: int
    head: str


NO_ANCHOR: Final = Anchor(sequence=0, head="00" * HEAD_BYTES)
"""The anchor of a vault that has no audit entry yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultHeader:
    """Everything that `header.json` says; trustworthy only after its MAC was checked.

    `keyring_item` names the vault's item in any keyring: 32 random hexadecimal digits.
    """

    vault_id: bytes
    generation: int
    created: str
    slots: tuple[KeySlot, ...]
    anchor: Anchor
    keyring_item: str

    def slot(self, slot_id: str) -> KeySlot | None:
        """Return the slot of this id, or nothing."""
        return next((slot for slot in self.slots if slot.id == slot_id), None)

    def slots_of(self, *types: SlotType) -> tuple[KeySlot, ...]:
        """Return the slots of these types, in the order in which they stand."""
        return tuple(slot for slot in self.slots if slot.type in types)


def new_id() -> str:
    """Return 16 random bytes as hexadecimal digits: a slot's id or a keyring item's name."""
    return secrets.token_hex(ID_BYTES)


def wrapping_context(vault_id: bytes, slot_id: str, kind: SlotType, kdf: bytes) -> bytes:
    """Return what the wrapping of a slot authenticates; `kdf` as it stands in the header.

    A slot moved to another vault, renamed, retyped or given weaker parameters does not open.
    """
    return framed(
        MAGIC.encode("ascii"),
        FORMAT.to_bytes(4, "big"),
        vault_id,
        bytes.fromhex(slot_id),
        kind.value.encode("ascii"),
        kdf,
    )
