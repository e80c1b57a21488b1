# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Vaults and keyrings for the tests of this room."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.keys import vaults
from tests.keys.private_session import PrivateSession


@pytest.fixture(scope="session")
def bound(tmp_path_factory: pytest.TempPathFactory) -> vaults.Made:
    """A vault with the slots passphrase+keyring and recovery."""
    return vaults.bound_vault(tmp_path_factory.mktemp("vaults"))


@pytest.fixture(scope="session")
def portable(tmp_path_factory: pytest.TempPathFactory) -> vaults.Made:
    """A vault with the slots passphrase and recovery."""
    return vaults.portable_vault(tmp_path_factory.mktemp("vaults"))


@pytest.fixture
def bound_folder(bound: vaults.Made, tmp_path: Path) -> Path:
    """A fresh copy of the bound vault."""
    return bound.write(tmp_path)


@pytest.fixture
def portable_folder(portable: vaults.Made, tmp_path: Path) -> Path:
    """A fresh copy of the portable vault."""
    return portable.write(tmp_path)


@pytest.fixture(scope="module")
def keyring_session(tmp_path_factory: pytest.TempPathFactory) -> Generator[PrivateSession]:
    """A session bus of our own with an unlocked GNOME keyring in a fresh home."""
    with PrivateSession(tmp_path_factory.mktemp("home")) as session:
        session.start_keyring("a login password")
        yield session


@pytest.fixture
def own_session(keyring_session: PrivateSession, monkeypatch: pytest.MonkeyPatch) -> PrivateSession:
    """The session above, as the environment of this process."""
    keyring_session.enter(monkeypatch)
    return keyring_session
