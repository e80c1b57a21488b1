# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""One slot: wrapping the vault master key for a way to open, and getting it back."""

from __future__ import annotations

import datetime
import io
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from vault.crypto import age_file
from vault.crypto.envelope import WrappedKey, unwrap_key, wrap_key
from vault.crypto.errors import AgeError, NoMatchingIdentity, Tampered, WrongKey
from vault.crypto.kdf import (
    KEY_BYTES,
    SALT_BYTES,
    Argon2Params,
    argon2id,
    equal_in_constant_time,
    framed,
    hkdf_sha256,
)
from vault.crypto.secret_bytes import SecretBytes
from vault.errors import VaultBug
from vault.keys.errors import HeaderTampered, KeyringSecretAltered
from vault.keys.header import (
    ID_BYTES,
    KEYRING_CHECK_BYTES,
    AgeParams,
    HkdfParams,
    KeySlot,
    SlotType,
    new_id,
    wrapping_context,
)
from vault.keys.header_json import canonical_kdf


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultKey:
    """The vault master key together with the id that each wrapping binds it to."""

    vmk: SecretBytes
    vault_id: bytes


def today() -> str:
    """Return the date in UTC: a slot says no more of the time at which it was made."""
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def passphrase_slot(
    key: VaultKey,
    passphrase: bytearray,
    params: Argon2Params,
    *,
    keyring_secret: SecretBytes | None,
) -> KeySlot:
    """Return a `passphrase+keyring` slot, or a `passphrase` slot where no secret is given.

    Raises the errors of `vault.crypto.kdf.argon2id`.
    """
    slot_type = SlotType.PASSPHRASE if keyring_secret is None else SlotType.PASSPHRASE_AND_KEYRING
    check = b"" if keyring_secret is None else keyring_check(keyring_secret, params.salt)
    with argon2id(passphrase, params, secret=keyring_secret) as input_key:
        return _wrapped_slot(key, input_key, slot_type, params, check)


def keyring_slot(key: VaultKey, keyring_secret: SecretBytes) -> KeySlot:
    """Return a `keyring` slot: whoever reads the keyring opens the vault."""
    kdf = HkdfParams(salt=secrets.token_bytes(SALT_BYTES))
    check = keyring_check(keyring_secret, kdf.salt)
    return _wrapped_slot(key, keyring_secret, SlotType.KEYRING, kdf, check)


def recovery_slot(key: VaultKey, code: SecretBytes) -> KeySlot:
    """Return a `recovery` slot for a code of 160 random bits, which needs no slow derivation."""
    kdf = HkdfParams(salt=secrets.token_bytes(SALT_BYTES))
    return _wrapped_slot(key, code, SlotType.RECOVERY, kdf, b"")


def recipient_slot(key: VaultKey, recipient: str) -> KeySlot:
    """Return a `recipient` slot for an `age1…` or `age1pq1…` key; raise `BadRecipient`."""
    parsed = age_file.parse_recipient(recipient)
    slot_id = new_id()
    sealed = io.BytesIO()
    with age_file.EncryptWriter([parsed], sealed) as writer:
        writer.write(key.vmk.view())
        writer.write(key.vault_id + bytes.fromhex(slot_id))
    return KeySlot(
        id=slot_id,
        type=SlotType.RECIPIENT,
        created=today(),
        kdf=AgeParams(recipient=parsed.encode()),
        wrapped=sealed.getvalue(),
    )


def open_with_passphrase(
    slot: KeySlot, vault_id: bytes, passphrase: bytearray, keyring_secret: SecretBytes | None
) -> SecretBytes | None:
    """Return the master key, or nothing when the passphrase is not this slot's.

    Raises `HeaderTampered` and the errors of `vault.crypto.kdf.argon2id`.
    """
    if not isinstance(slot.kdf, Argon2Params):
        raise VaultBug(f"a slot of type {slot.type} takes no passphrase")
    with argon2id(passphrase, slot.kdf, secret=keyring_secret) as input_key:
        return open_with_key(slot, vault_id, input_key)


def open_with_key(slot: KeySlot, vault_id: bytes, input_key: SecretBytes) -> SecretBytes | None:
    """Return the master key, or nothing when the input key is not this slot's.

    Raises `HeaderTampered` when it is and the slot was changed.
    """
    if not isinstance(slot.wrapped, WrappedKey) or isinstance(slot.kdf, AgeParams):
        raise VaultBug(f"a slot of type {slot.type} has no wrapped key")
    context = wrapping_context(vault_id, slot.id, slot.type, canonical_kdf(slot))
    try:
        return unwrap_key(input_key, slot.wrapped, salt=slot.kdf.salt, context=context)
    except WrongKey:
        return None
    except Tampered as err:
        raise HeaderTampered(reason="slot") from err


def open_with_identities(
    slot: KeySlot, vault_id: bytes, identities: Sequence[age_file.Identity]
) -> SecretBytes | None:
    """Return the master key of a `recipient` slot, or nothing when it is for somebody else.

    Raises `HeaderTampered` when the slot was changed or taken from another vault.
    """
    if not isinstance(slot.wrapped, bytes):
        raise VaultBug(f"a slot of type {slot.type} holds no age file")
    bound_to = vault_id + bytes.fromhex(slot.id)
    try:
        with age_file.open_age(identities, io.BytesIO(slot.wrapped)) as reader:
            # The reader hands out immutable bytes: this copy is freed, not zeroed.
            opened = SecretBytes.copy_of(reader.read(KEY_BYTES + 2 * ID_BYTES + 1))
    except NoMatchingIdentity:
        return None
    except AgeError as err:
        raise HeaderTampered(reason="slot") from err
    with opened:
        if not equal_in_constant_time(opened.view()[KEY_BYTES:], bound_to):
            raise HeaderTampered(reason="slot")
        return SecretBytes(opened.view()[:KEY_BYTES])


def matches_keyring(slot: KeySlot, keyring_secret: SecretBytes) -> bool:
    """Tell whether the slot was made with this keyring secret, whatever the passphrase."""
    if isinstance(slot.kdf, AgeParams):
        raise VaultBug(f"a slot of type {slot.type} knows no keyring")
    return equal_in_constant_time(keyring_check(keyring_secret, slot.kdf.salt), slot.keyring_check)


def keyring_check(keyring_secret: SecretBytes, salt: bytes) -> bytes:
    """Return 16 bytes that recognise a keyring secret and tell nothing of it.

    The secret is 256 random bits, so the check gives nobody anything to guess at.
    """
    if len(keyring_secret) != KEY_BYTES:
        raise KeyringSecretAltered
    info = framed(b"panah/v1", b"keyring check")
    with hkdf_sha256(keyring_secret, salt=salt, info=info, length=KEYRING_CHECK_BYTES) as check:
        return bytes(check.view())


def _wrapped_slot(
    key: VaultKey,
    input_key: SecretBytes,
    slot_type: SlotType,
    kdf: Argon2Params | HkdfParams,
    check: bytes,
) -> KeySlot:
    draft = KeySlot(
        id=new_id(), type=slot_type, created=today(), kdf=kdf, keyring_check=check, wrapped=b""
    )
    context = wrapping_context(key.vault_id, draft.id, slot_type, canonical_kdf(draft))
    return KeySlot(
        id=draft.id,
        type=slot_type,
        created=draft.created,
        kdf=kdf,
        keyring_check=check,
        wrapped=wrap_key(input_key, key.vmk, salt=kdf.salt, context=context),
    )
