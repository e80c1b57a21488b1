# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""An identity goes into the store and comes back, and ends when it is wiped."""

from __future__ import annotations

import io

import pytest

from tests.sharing.examples import READER, bundle
from vault.crypto.errors import SecretGone
from vault.sharing.bundle_read import inspect_bundle
from vault.sharing.contact_card import parse
from vault.sharing.identity import Identity, new_identity


def test_an_identity_comes_back_from_its_stored_secrets() -> None:
    secrets = READER.to_secrets()
    again = Identity.from_secrets(READER.display_name, READER.organisation, secrets)
    secrets.wipe()

    assert again.card() == READER.card()
    sent = io.BytesIO(bundle(READER))
    assert inspect_bundle(sent, again.age_identities()).sequence == 4


def test_a_new_identity_has_keys_of_its_own_and_a_sound_card() -> None:
    first, second = new_identity("Name", "Office"), new_identity("Name", "Office")

    assert parse(first.card_text()) == first.card()
    assert first.card().verify_key != second.card().verify_key
    assert set(first.recipients()).isdisjoint(second.recipients())


def test_a_wiped_identity_signs_and_opens_nothing() -> None:
    ended = new_identity("Name")
    card = ended.card()
    ended.wipe()

    with pytest.raises(SecretGone):
        ended.card_text()
    with pytest.raises(SecretGone):
        ended.to_secrets()
    assert ended.card() == card


def test_no_secret_is_shown_by_repr() -> None:
    with READER.x25519.encode() as secret:
        assert secret.view().decode() not in repr(READER)
    assert "AGE-SECRET" not in repr(READER) + repr(READER.to_secrets())
