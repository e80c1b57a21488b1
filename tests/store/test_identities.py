# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The owner's identity, contacts, settings and the numbers of bundles."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from vault.crypto.secret_bytes import SecretBytes
from vault.store.author import KeyAuthor
from vault.store.errors import IdentityDamaged, RefusedByDatabase
from vault.store.identities import StoredContact, StoredIdentity
from vault.store.vault import VaultStore


@pytest.fixture
def identity() -> StoredIdentity:
    return StoredIdentity(
        display_name="Ада Тестова",
        organisation="Правовой мост (вымышл.)",
        verify_key=bytes(range(32)),
        created_at="2026-02-12T00:00:00Z",
        signing=SecretBytes.random(),
        x25519=SecretBytes.random(74),
        hybrid=SecretBytes.random(78),
    )


@pytest.fixture
def contact() -> StoredContact:
    return StoredContact(
        id="contact-1",
        display_name="Борис",
        organisation="",
        verify_key=bytes(32),
        recipients=("age1pq1second", "age1first"),
        opens_with="panah",
        card="the card as it was given",
        added_at="2026-02-12T00:00:00Z",
    )


def test_the_identity_comes_back_with_its_secrets(
    store: VaultStore,
    author: KeyAuthor,
    identity: StoredIdentity,
    reopened: Callable[[], VaultStore],
) -> None:
    with store.writer(author) as writer:
        assert writer.identity() is None
        writer.save_identity(identity)

    with reopened().reader() as reader:
        found = reader.identity()
    assert found is not None
    for name in ("signing", "x25519", "hybrid"):
        secret: SecretBytes = getattr(found, name)
        assert secret.equals(getattr(identity, name))
    assert (found.display_name, found.organisation) == ("Ада Тестова", "Правовой мост (вымышл.)")
    assert (found.verify_key, found.created_at) == (identity.verify_key, identity.created_at)
    found.wipe()


def test_a_new_identity_replaces_the_old_one(
    store: VaultStore, author: KeyAuthor, identity: StoredIdentity
) -> None:
    newer = dataclasses.replace(identity, display_name="Ада", signing=SecretBytes.random())
    with store.writer(author) as writer:
        writer.save_identity(identity)
        writer.save_identity(newer)
        found = writer.identity()

    assert found is not None
    assert found.display_name == "Ада"
    assert found.signing.equals(newer.signing)


def test_no_secret_is_in_the_database_as_it_is(
    store: VaultStore, author: KeyAuthor, identity: StoredIdentity
) -> None:
    with store.writer(author) as writer:
        writer.save_identity(identity)
    rows = store.parts.db.all("SELECT salt, nonce, wrapped, commitment FROM identity_secret")

    stored = b"".join(part for row in rows for part in row)
    assert len(rows) == 3
    for secret in (identity.signing, identity.x25519, identity.hybrid):
        assert bytes(secret.view()[:16]) not in stored


@pytest.mark.parametrize(
    "statements",
    [
        ["UPDATE identity_secret SET wrapped = zeroblob(length(wrapped)) WHERE name = 'hybrid'"],
        ["UPDATE identity_secret SET commitment = zeroblob(32) WHERE name = 'signing'"],
        ["DELETE FROM identity_secret WHERE name = 'x25519'"],
        [
            "DELETE FROM identity_secret WHERE name = 'hybrid'",
            "UPDATE identity_secret SET name = 'hybrid' WHERE name = 'x25519'",
        ],
    ],
    ids=["changed", "wrapped for another", "removed", "renamed"],
)
def test_a_tampered_secret_is_refused(
    store: VaultStore, author: KeyAuthor, identity: StoredIdentity, statements: list[str]
) -> None:
    with store.writer(author) as writer:
        writer.save_identity(identity)
    for statement in statements:
        store.parts.db.run(statement)

    with store.reader() as reader, pytest.raises(IdentityDamaged):
        reader.identity()


def test_contacts_come_back_with_their_recipients_in_order(
    store: VaultStore, author: KeyAuthor, contact: StoredContact
) -> None:
    with store.writer(author) as writer:
        writer.save_contact(contact)
        assert writer.contacts() == [contact]
        verified = dataclasses.replace(contact, verified_at="2026-02-13T00:00:00Z")
        writer.save_contact(verified)
        assert writer.contacts() == [verified]
        notes = [entry for entry in writer.audit_entries() if entry.action == "contact_saved"]

    assert [entry.facts for entry in notes] == [{"verified": False}, {"verified": True}]


def test_one_key_is_one_contact(
    store: VaultStore, author: KeyAuthor, contact: StoredContact
) -> None:
    with store.writer(author) as writer:
        writer.save_contact(contact)
    with pytest.raises(RefusedByDatabase), store.writer(author) as writer:
        writer.save_contact(dataclasses.replace(contact, id="contact-2"))


def test_settings_are_kept(store: VaultStore, author: KeyAuthor) -> None:
    with store.writer(author) as writer:
        assert writer.setting("language") is None
        writer.set_setting("language", "ru")
        writer.set_setting("language", "kk")
        assert writer.setting("language") == "kk"


def test_bundles_to_each_recipient_are_numbered_from_one(
    store: VaultStore, author: KeyAuthor
) -> None:
    with store.writer(author) as writer:
        numbers = [writer.next_bundle_sequence(key) for key in ("a", "a", "b", "a")]

    assert numbers == [1, 2, 1, 3]


def test_a_bundle_seen_before_and_an_older_one_are_told_apart(
    store: VaultStore, author: KeyAuthor
) -> None:
    with store.writer(author) as writer:
        seen = [
            writer.seen_bundle(bundle, sender, sequence)
            for bundle, sender, sequence in [
                ("x", "ada", 1), ("y", "ada", 3), ("z", "ada", 2), ("y", "ada", 3), ("w", "eva", 1),
            ]
        ]  # fmt: skip

    assert seen == ["new", "new", "older", "again", "new"]


def test_a_number_is_not_used_up_by_a_block_that_fails(
    store: VaultStore, author: KeyAuthor
) -> None:
    with pytest.raises(ZeroDivisionError), store.writer(author) as writer:
        _ = writer.next_bundle_sequence("a") / 0
    with store.writer(author) as writer:
        assert writer.next_bundle_sequence("a") == 1
