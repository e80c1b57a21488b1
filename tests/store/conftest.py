# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Vaults for the tests of the store: real SQLCipher, keys made directly, no Argon2."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.store.casework import Keys, case_of
from vault.domain.cases import Case
from vault.store.author import KeyAuthor
from vault.store.vault import VaultStore


@pytest.fixture
def keys() -> Keys:
    return Keys.new()


@pytest.fixture
def author() -> KeyAuthor:
    return Keys.author("Ада Тестова")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "desk.panah"


@pytest.fixture
def store(folder: Path, keys: Keys) -> Iterator[VaultStore]:
    with VaultStore.create(folder, keys.vault_id, keys.vmk) as made:
        yield made


@pytest.fixture
def case(store: VaultStore, author: KeyAuthor) -> Case:
    """A case that is saved already."""
    record = case_of()
    with store.writer(author) as writer:
        writer.put(record)
    return record


@pytest.fixture
def reopened(store: VaultStore, folder: Path, keys: Keys) -> Iterator[Callable[[], VaultStore]]:
    """Close the store and open it again, as often as a test likes."""
    opened = [store]

    def again() -> VaultStore:
        opened[-1].close()
        opened.append(VaultStore.open(folder, keys.vault_id, keys.vmk))
        return opened[-1]

    yield again
    opened[-1].close()
