# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every KeyStore does; each implementation's tests inherit this class."""

from __future__ import annotations

import pytest

from vault.crypto.secret_bytes import SecretBytes
from vault.keys.header import new_id
from vault.keys.os_keyring import KeyStore


class KeyStoreBehaviour:
    @pytest.fixture
    def store(self) -> KeyStore:
        raise NotImplementedError

    def test_a_secret_comes_back_as_it_was_put(self, store: KeyStore) -> None:
        name, secret = new_id(), SecretBytes.random()
        store.put(name, secret)
        kept = store.get(name)
        assert kept is not None
        assert kept.equals(secret)

    def test_a_secret_of_zeros_and_of_high_bytes_comes_back(self, store: KeyStore) -> None:
        for content in (bytes(32), b"\xff" * 32, b"\n" * 32):
            name = new_id()
            store.put(name, SecretBytes.copy_of(content))
            kept = store.get(name)
            assert kept is not None
            assert bytes(kept.view()) == content

    def test_an_unknown_name_gives_nothing(self, store: KeyStore) -> None:
        assert store.get(new_id()) is None

    def test_a_second_secret_replaces_the_first(self, store: KeyStore) -> None:
        name, second = new_id(), SecretBytes.random()
        store.put(name, SecretBytes.random())
        store.put(name, second)
        kept = store.get(name)
        assert kept is not None
        assert kept.equals(second)

    def test_secrets_under_two_names_do_not_touch_each_other(self, store: KeyStore) -> None:
        one, two = new_id(), new_id()
        first = SecretBytes.random()
        store.put(one, first)
        store.put(two, SecretBytes.random())
        store.delete(two)
        kept = store.get(one)
        assert kept is not None
        assert kept.equals(first)
        assert store.get(two) is None

    def test_a_deleted_secret_is_gone(self, store: KeyStore) -> None:
        name = new_id()
        store.put(name, SecretBytes.random())
        store.delete(name)
        assert store.get(name) is None

    def test_deleting_what_is_not_there_is_no_error(self, store: KeyStore) -> None:
        store.delete(new_id())

    def test_wiping_what_came_back_leaves_the_kept_secret(self, store: KeyStore) -> None:
        name, secret = new_id(), SecretBytes.random()
        store.put(name, secret)
        first = store.get(name)
        assert first is not None
        first.wipe()
        again = store.get(name)
        assert again is not None
        assert again.equals(secret)

    def test_wiping_what_was_put_leaves_the_kept_secret(self, store: KeyStore) -> None:
        name, secret = new_id(), SecretBytes.random()
        before = secret.copy()
        store.put(name, secret)
        secret.wipe()
        kept = store.get(name)
        assert kept is not None
        assert kept.equals(before)

    def test_it_has_a_name_to_show(self, store: KeyStore) -> None:
        assert store.name
