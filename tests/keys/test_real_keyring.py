# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The keyring against a real GNOME keyring on a session bus of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import secretstorage

from tests.keys import vaults
from tests.keys.keystore_behaviour import KeyStoreBehaviour
from tests.keys.private_session import PrivateSession
from vault.crypto.kdf import at_floor
from vault.crypto.secret_bytes import SecretBytes
from vault.keys import unlock
from vault.keys.errors import (
    KeyringSecretAltered,
    KeyringSecretMissing,
    KeyringUnavailable,
    WrongPassphrase,
)
from vault.keys.header import SlotType, new_id
from vault.keys.os_keyring import KeyStore, system_keyring

pytestmark = pytest.mark.requires_program("dbus-run-session", "gnome-keyring-daemon")

LOGIN = "a login password"


class TestTheSystemKeyringIsAKeyStore(KeyStoreBehaviour):
    @pytest.fixture
    def store(self, own_session: PrivateSession) -> KeyStore:
        assert own_session.environment["DBUS_SESSION_BUS_ADDRESS"]
        return system_keyring(timeout_seconds=10)


@pytest.fixture
def own_vault(own_session: PrivateSession, tmp_path: Path) -> vaults.Made:
    """A vault in tmp_path that is bound to the real keyring."""
    return vaults.made(tmp_path, system_keyring(timeout_seconds=10))


def _assert_other_ways_open(made: vaults.Made, portable: vaults.Made, tmp_path: Path) -> None:
    """The recovery code opens the bound vault, and the passphrase the portable one."""
    keyring: KeyStore | None
    try:
        keyring = system_keyring(timeout_seconds=2)
    except KeyringUnavailable:
        keyring = None
    recovered = unlock.unlock(tmp_path, made.recovery(), keyring)
    assert bytes(recovered.vmk.view()) == made.vmk
    other = tmp_path / "portable"
    other.mkdir()
    opened = unlock.unlock(portable.write(other), vaults.passphrase(), keyring)
    assert bytes(opened.vmk.view()) == portable.vmk


def _items(collection: secretstorage.Collection, name: str) -> list[secretstorage.Item]:
    return list(collection.search_items({"service": name, "username": name}))


@contextmanager
def _default_collection() -> Generator[secretstorage.Collection]:
    with closing(secretstorage.dbus_init()) as bus:
        yield secretstorage.get_default_collection(bus)


def test_a_vault_bound_to_the_real_keyring_opens_with_its_passphrase(
    own_vault: vaults.Made, tmp_path: Path
) -> None:
    opened = unlock.unlock(tmp_path, vaults.passphrase(), system_keyring())
    assert bytes(opened.vmk.view()) == own_vault.vmk
    slot = opened.header.slot(opened.slot_id)
    assert slot is not None
    assert slot.type is SlotType.PASSPHRASE_AND_KEYRING


def test_a_wrong_passphrase_is_told_from_a_wrong_keyring(
    own_vault: vaults.Made, tmp_path: Path
) -> None:
    with pytest.raises(WrongPassphrase):
        unlock.unlock(tmp_path, vaults.wrong_passphrase(), system_keyring())


def test_the_item_names_nothing_but_its_random_id(own_vault: vaults.Made) -> None:
    with _default_collection() as collection:
        (item,) = _items(collection, own_vault.keyring_item)
        attributes = dict(item.get_attributes())
        label = item.get_label()
    assert attributes.pop("application") == "Python keyring library"
    attributes.pop("xdg:schema", None)
    assert set(attributes.values()) == {own_vault.keyring_item}
    assert "panah" not in label.lower()


def test_a_deleted_item_is_reported_missing_and_recovery_opens(
    own_vault: vaults.Made, portable: vaults.Made, tmp_path: Path
) -> None:
    with _default_collection() as collection:
        for item in _items(collection, own_vault.keyring_item):
            item.delete()
    with pytest.raises(KeyringSecretMissing):
        unlock.unlock(tmp_path, vaults.passphrase(), system_keyring())
    _assert_other_ways_open(own_vault, portable, tmp_path)


@pytest.mark.parametrize(
    "content",
    [b"bm90IHRoZSBzZWNyZXQgdGhhdCB3YXMga2VwdCBoZXI=", b"not base64 at all", b""],
    ids=["another secret", "not base64", "empty"],
)
def test_an_altered_item_is_reported_as_such_and_recovery_opens(
    own_vault: vaults.Made, portable: vaults.Made, tmp_path: Path, content: bytes
) -> None:
    with _default_collection() as collection:
        for item in _items(collection, own_vault.keyring_item):
            item.set_secret(content)
    with pytest.raises(KeyringSecretAltered):
        unlock.unlock(tmp_path, vaults.passphrase(), system_keyring())
    _assert_other_ways_open(own_vault, portable, tmp_path)


def test_after_recovery_the_vault_is_bound_to_the_keyring_again(
    own_vault: vaults.Made, tmp_path: Path
) -> None:
    keyring = system_keyring()
    keyring.delete(own_vault.keyring_item)
    recovered = unlock.unlock(tmp_path, own_vault.recovery(), None)
    unlock.change_passphrase(tmp_path, recovered, bytearray(b"another one"), at_floor(), keyring)
    again = unlock.PassphraseCredential(passphrase=bytearray(b"another one"))
    opened = unlock.unlock(tmp_path, again, system_keyring())
    assert bytes(opened.vmk.view()) == own_vault.vmk


def test_no_environment_moves_secrets_into_another_collection(
    own_session: PrivateSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "KEYRING_PROPERTY_PREFERRED_COLLECTION", "/org/freedesktop/secrets/collection/session"
    )
    name = new_id()
    system_keyring().put(name, SecretBytes.random())
    with _default_collection() as collection:
        assert len(_items(collection, name)) == 1


def test_the_null_back_end_of_the_environment_is_not_obeyed(
    own_session: PrivateSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    keyring = system_keyring()
    name, secret = new_id(), SecretBytes.random()
    keyring.put(name, secret)
    kept = keyring.get(name)
    assert kept is not None
    assert kept.equals(secret)
    assert keyring.name == "Secret Service"


def test_a_hostile_configuration_file_runs_no_code(
    own_session: PrivateSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hostile_backend.py").write_text("raise SystemExit('hostile')", encoding="utf-8")
    for base in (tmp_path / "config" / "python_keyring", tmp_path / "data" / "python_keyring"):
        base.mkdir(parents=True)
        (base / "keyringrc.cfg").write_text(
            f"[backend]\ndefault-keyring=hostile_backend.Keyring\nkeyring-path={tmp_path}\n",
            encoding="utf-8",
        )
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    name = new_id()
    system_keyring().put(name, SecretBytes.random())
    assert "hostile_backend" not in sys.modules
    assert str(tmp_path) not in sys.path


def test_without_a_session_bus_there_is_no_keyring_and_other_ways_open(
    own_vault: vaults.Made, portable: vaults.Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    with pytest.raises(KeyringUnavailable) as caught:
        system_keyring()
    assert caught.value.details == {"reason": "no_service"}
    _assert_other_ways_open(own_vault, portable, tmp_path)


def test_a_dead_bus_address_is_no_keyring_and_other_ways_open(
    own_vault: vaults.Made, portable: vaults.Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = system_keyring()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")
    with pytest.raises(KeyringUnavailable) as caught:
        unlock.unlock(tmp_path, vaults.passphrase(), keyring)
    assert caught.value.details == {"reason": "no_service"}
    _assert_other_ways_open(own_vault, portable, tmp_path)


def test_a_bus_without_a_secret_service_is_no_keyring_and_other_ways_open(
    own_vault: vaults.Made,
    portable: vaults.Made,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with PrivateSession(tmp_path_factory.mktemp("bare"), services=False) as session:
        session.enter(monkeypatch)
        with pytest.raises(KeyringUnavailable) as caught:
            system_keyring()
        assert caught.value.details == {"reason": "no_service"}
        _assert_other_ways_open(own_vault, portable, tmp_path)


def test_the_secret_is_there_in_the_next_session_and_locked_under_a_wrong_login(
    portable: vaults.Made,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home = tmp_path_factory.mktemp("home")
    with PrivateSession(home) as session:
        session.start_keyring(LOGIN)
        session.enter(monkeypatch)
        made = vaults.made(tmp_path, system_keyring())
    with PrivateSession(home) as session:
        session.start_keyring(LOGIN)
        session.enter(monkeypatch)
        opened = unlock.unlock(tmp_path, vaults.passphrase(), system_keyring())
        assert bytes(opened.vmk.view()) == made.vmk
    with PrivateSession(home) as session:
        session.start_keyring("not the login password")
        session.enter(monkeypatch)
        with pytest.raises(KeyringUnavailable) as caught:
            unlock.unlock(tmp_path, vaults.passphrase(), system_keyring())
        assert caught.value.details == {"reason": "locked"}
        _assert_other_ways_open(made, portable, tmp_path)


def test_a_collection_locked_in_mid_session_is_reported_as_locked(
    portable: vaults.Made,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with PrivateSession(tmp_path_factory.mktemp("lockable")) as session:
        session.start_keyring(LOGIN)
        session.enter(monkeypatch)
        made = vaults.made(tmp_path, system_keyring())
        with _default_collection() as collection:
            collection.lock()
        with pytest.raises(KeyringUnavailable) as caught:
            unlock.unlock(tmp_path, vaults.passphrase(), system_keyring())
        assert caught.value.details == {"reason": "locked"}
        with pytest.raises(KeyringUnavailable) as caught:
            system_keyring().put(new_id(), SecretBytes.random())
        assert caught.value.details == {"reason": "locked"}
        _assert_other_ways_open(made, portable, tmp_path)


@pytest.fixture
def display() -> Generator[str]:
    """An X server that shows prompts to nobody."""
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "640x480x24", "-nolisten", "tcp"],
        pass_fds=(write_end,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    with os.fdopen(read_end, encoding="ascii") as answer:
        number = answer.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(timeout=20)


def _windows(display: str) -> set[str]:
    """Return the windows that somebody in front of the display would see."""
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", ".*"],
        env={**os.environ, "DISPLAY": display},
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )
    return set(found.stdout.split())


def _within(seconds: float, reached: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.requires_program("Xvfb", "xdotool")
def test_a_prompt_that_nobody_answers_ends_after_the_time_out(
    display: str,
    portable: vaults.Made,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home = tmp_path_factory.mktemp("prompting")
    with PrivateSession(home) as session:
        session.start_keyring(LOGIN)
        session.enter(monkeypatch)
        made = vaults.made(tmp_path, system_keyring())
    with PrivateSession(home, display=display) as session, ThreadPoolExecutor(1) as pool:
        # Not unlocked: the daemon that the bus starts itself asks for the password on the display.
        session.enter(monkeypatch)
        monkeypatch.setenv("DISPLAY", display)
        empty = _windows(display)
        for seconds in (3, 8, 20):  # a busy machine takes its time until the prompt is there
            keyring = system_keyring(timeout_seconds=seconds)
            started = time.monotonic()
            opening = pool.submit(unlock.unlock, tmp_path, vaults.passphrase(), keyring)
            shown = _within(seconds, lambda: _windows(display) > empty)
            with pytest.raises(KeyringUnavailable) as caught:
                opening.result(timeout=60)
            assert time.monotonic() - started < seconds + 5
            assert caught.value.details == {"reason": "timeout"}
            if shown:
                break
        else:
            pytest.fail("no prompt was shown, so nothing could hang")
        assert _within(10, lambda: _windows(display) == empty), "the prompt was left on the screen"
        _assert_other_ways_open(made, portable, tmp_path)
