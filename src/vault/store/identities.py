# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The vault owner's identity, contacts, settings, and the numbers of bundles sent and seen.

Secret keys are wrapped under a key of their own before they become rows, so that the driver
never makes an unwipeable copy of one.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final

from vault.crypto.envelope import WrappedKey, unwrap_key, wrap_key
from vault.crypto.errors import Tampered, WrongKey
from vault.crypto.kdf import framed
from vault.crypto.secret_bytes import SecretBytes
from vault.store.connection import Database, Row
from vault.store.errors import IdentityDamaged

SALT_BYTES: Final = 32
_LABEL: Final = b"panah/v1"

DELETE_IDENTITY: Final = "DELETE FROM identity"
DELETE_SECRETS: Final = "DELETE FROM identity_secret"
INSERT_IDENTITY: Final = """
INSERT INTO identity (only_one, display_name, organisation, verify_key, created_at)
VALUES (1, ?, ?, ?, ?)
"""
INSERT_WRAPPED: Final = """
INSERT INTO identity_secret (name, salt, nonce, wrapped, commitment) VALUES (?, ?, ?, ?, ?)
"""
SELECT_IDENTITY: Final = "SELECT display_name, organisation, verify_key, created_at FROM identity"
SELECT_SECRETS: Final = "SELECT name, salt, nonce, wrapped, commitment FROM identity_secret"
SELECT_CONTACTS: Final = """
SELECT id, display_name, organisation, verify_key, opens_with, card, added_at, verified_at
FROM contact ORDER BY added_at, id
"""
SELECT_RECIPIENTS: Final = """
SELECT contact_id, recipient FROM contact_recipient ORDER BY contact_id, position
"""
DELETE_CONTACT: Final = "DELETE FROM contact WHERE id = ?"
INSERT_CONTACT: Final = """
INSERT INTO contact (
    id, display_name, organisation, verify_key, opens_with, card, added_at, verified_at
) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
INSERT_RECIPIENT: Final = """
INSERT INTO contact_recipient (contact_id, position, recipient) VALUES (?, ?, ?)
"""
SELECT_SETTING: Final = "SELECT value FROM setting WHERE name = ?"
SET_SETTING: Final = """
INSERT INTO setting (name, value) VALUES (?, ?)
ON CONFLICT (name) DO UPDATE SET value = excluded.value
"""
NEXT_SEQUENCE: Final = """
INSERT INTO bundle_sent (recipient_key, sequence) VALUES (?, 1)
ON CONFLICT (recipient_key) DO UPDATE SET sequence = sequence + 1
RETURNING sequence
"""
SELECT_SEEN: Final = "SELECT 1 FROM bundle_seen WHERE bundle_id = ?"
SELECT_NEWEST_SEEN: Final = """
SELECT coalesce(max(sequence), 0) FROM bundle_seen WHERE sender_key = ?
"""
INSERT_SEEN: Final = """
INSERT INTO bundle_seen (bundle_id, sender_key, sequence, seen_at) VALUES (?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredIdentity:
    """The vault's owner: what is shown, and three secrets that are the caller's to wipe.

    `signing` is the Ed25519 seed, `x25519` and `hybrid` are the two age identities, all as
    the sharing room wrote them.
    """

    display_name: str
    organisation: str
    verify_key: bytes
    created_at: str
    signing: SecretBytes
    x25519: SecretBytes
    hybrid: SecretBytes

    def wipe(self) -> None:
        """Zero the three secrets."""
        for secret in (self.signing, self.x25519, self.hybrid):
            secret.wipe()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredContact:
    """One colleague's card as accepted; `verified_at` is empty until codes were compared."""

    id: str
    display_name: str
    organisation: str
    verify_key: bytes
    recipients: tuple[str, ...]
    opens_with: str
    card: str
    added_at: str = ""
    verified_at: str = ""


@dataclass(frozen=True, slots=True)
class SecretRows:
    """Wraps and unwraps the owner's secrets; the key stays its owner's."""

    vault_id: bytes
    wrapping_key: SecretBytes

    def context(self, name: str) -> bytes:
        """Return what binds a wrapped secret to its vault and its name."""
        return framed(_LABEL, b"identity", self.vault_id, name.encode("ascii"))

    def wrap(self, name: str, secret: SecretBytes) -> tuple[bytes, WrappedKey]:
        """Return a new salt and the wrapped secret."""
        salt = secrets.token_bytes(SALT_BYTES)
        context = self.context(name)
        return salt, wrap_key(self.wrapping_key, secret, salt=salt, context=context)

    def unwrap(self, row: Row) -> SecretBytes:
        """Return the secret of one row; raise `IdentityDamaged`."""
        name, salt, nonce, ciphertext, commitment = row
        wrapped = WrappedKey(nonce=nonce, ciphertext=ciphertext, commitment=commitment)
        try:
            return unwrap_key(self.wrapping_key, wrapped, salt=salt, context=self.context(name))
        except (WrongKey, Tampered) as err:
            raise IdentityDamaged from err


def save_identity(db: Database, rows: SecretRows, identity: StoredIdentity) -> None:
    """Replace the vault's identity; the secrets stay the caller's to wipe."""
    db.run(DELETE_IDENTITY)
    db.run(DELETE_SECRETS)
    columns = (identity.display_name, identity.organisation, identity.verify_key)
    db.run(INSERT_IDENTITY, (*columns, identity.created_at))
    named = {"signing": identity.signing, "x25519": identity.x25519, "hybrid": identity.hybrid}
    for name, secret in named.items():
        salt, wrapped = rows.wrap(name, secret)
        row = (name, salt, wrapped.nonce, wrapped.ciphertext, wrapped.commitment)
        db.run(INSERT_WRAPPED, row)


def identity(db: Database, rows: SecretRows) -> StoredIdentity | None:
    """Return the vault's identity, its secrets unwrapped, or None before there is one."""
    row = db.one(SELECT_IDENTITY)
    if row is None:
        return None
    found = {secret[0]: rows.unwrap(secret) for secret in db.all(SELECT_SECRETS)}
    if set(found) != {"signing", "x25519", "hybrid"}:
        raise IdentityDamaged
    return StoredIdentity(
        display_name=row[0],
        organisation=row[1],
        verify_key=row[2],
        created_at=row[3],
        signing=found["signing"],
        x25519=found["x25519"],
        hybrid=found["hybrid"],
    )


def contacts(db: Database) -> list[StoredContact]:
    """Return every contact, in the order in which they were added."""
    recipients: dict[str, list[str]] = {}
    for contact_id, recipient in db.all(SELECT_RECIPIENTS):
        recipients.setdefault(contact_id, []).append(recipient)
    return [_contact(row, recipients.get(row[0], [])) for row in db.all(SELECT_CONTACTS)]


def save_contact(db: Database, contact: StoredContact) -> None:
    """Insert or replace a contact by its id."""
    db.run(DELETE_CONTACT, (contact.id,))
    db.run(
        INSERT_CONTACT,
        (
            contact.id,
            contact.display_name,
            contact.organisation,
            contact.verify_key,
            contact.opens_with,
            contact.card,
            contact.added_at,
            contact.verified_at,
        ),
    )
    for position, recipient in enumerate(contact.recipients):
        db.run(INSERT_RECIPIENT, (contact.id, position, recipient))


def setting(db: Database, name: str) -> str | None:
    """Return a setting that belongs to this vault, or None."""
    row = db.one(SELECT_SETTING, (name,))
    return None if row is None else str(row[0])


def set_setting(db: Database, name: str, value: str) -> None:
    """Set a setting that belongs to this vault."""
    db.run(SET_SETTING, (name, value))


def next_bundle_sequence(db: Database, recipient_key: str) -> int:
    """Return the number of the next bundle to a recipient and use it up."""
    return int(db.value(NEXT_SEQUENCE, (recipient_key,)))


def seen_bundle(db: Database, bundle_id: str, sender_key: str, sequence: int, at: str) -> str:
    """Note that a bundle arrived and return "new", "again" or "older".

    "again": this very bundle was seen before; "older": a later one of the sender was.
    """
    if db.one(SELECT_SEEN, (bundle_id,)) is not None:
        return "again"
    newest = int(db.value(SELECT_NEWEST_SEEN, (sender_key,)))
    db.run(INSERT_SEEN, (bundle_id, sender_key, sequence, at))
    return "new" if sequence > newest else "older"


def _contact(row: Row, recipients: list[str]) -> StoredContact:
    return StoredContact(
        id=row[0],
        display_name=row[1],
        organisation=row[2],
        verify_key=row[3],
        recipients=tuple(recipients),
        opens_with=row[4],
        card=row[5],
        added_at=row[6],
        verified_at=row[7],
    )
