# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The keyring where no daemon is needed: the fake, the worker, and what is refused."""

from __future__ import annotations

import sys
import threading
import time

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import InitError, KeyringLocked

from tests.keys.keystore_behaviour import KeyStoreBehaviour
from vault.crypto.secret_bytes import SecretBytes
from vault.keys import keyring_backends
from vault.keys.errors import KeyringSecretMissing, KeyringUnavailable
from vault.keys.header import new_id
from vault.keys.os_keyring import (
    KeyStore,
    MemoryKeyring,
    SystemKeyring,
    TimedWorker,
    secret_of,
    system_keyring,
)
from vault.progress import Cancelled


class TestTheMemoryKeyringIsAKeyStore(KeyStoreBehaviour):
    @pytest.fixture
    def store(self) -> KeyStore:
        return MemoryKeyring()


class _InAList(KeyringBackend):
    """A back-end as a stranger's package would bring it along (keyrings.alt)."""

    priority = 99

    def __init__(self, answer: str | None = None) -> None:
        self.answer = answer

    def get_password(self, service: str, username: str) -> str | None:
        return self.answer if service == username else None

    def set_password(self, service: str, username: str, password: str) -> None:
        """Say that it is kept."""


def _allow(kind: type[KeyringBackend], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(keyring_backends.ALLOWED, kind, "for this test")


def _made(kind: type[KeyringBackend]) -> KeyringBackend:
    return kind()


class _OfAStranger(keyring_backends.SecretServiceKeyring):
    """A subclass of an allowed class is not allowed."""


@pytest.mark.parametrize("kind", [null.Keyring, fail.Keyring, _InAList, _OfAStranger])
def test_a_back_end_outside_the_allow_list_is_refused(kind: type[KeyringBackend]) -> None:
    with pytest.raises(KeyringUnavailable) as caught:
        SystemKeyring(_made(kind), timeout_seconds=1)
    assert caught.value.details == {"reason": "refused_backend"}


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="other allow-lists there")
def test_the_allow_list_holds_the_secret_service_and_kwallet_only() -> None:
    assert list(keyring_backends.ALLOWED.values()) == ["Secret Service", "KWallet"]


@pytest.mark.parametrize(
    "backend",
    [
        _made(null.Keyring),
        _InAList("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
    ],
    ids=["forgets", "gives another"],
)
def test_a_keyring_that_does_not_give_back_what_it_took_is_not_relied_on(
    backend: KeyringBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    _allow(type(backend), monkeypatch)
    keyring = SystemKeyring(backend, timeout_seconds=5)
    with pytest.raises(KeyringUnavailable) as caught:
        keyring.put(new_id(), SecretBytes.random())
    assert caught.value.details == {"reason": "readback"}


def test_work_that_hangs_is_given_up_after_its_time() -> None:
    release = threading.Event()
    started = time.monotonic()
    with pytest.raises(KeyringUnavailable) as caught:
        TimedWorker(0.05).run(release.wait)
    assert time.monotonic() - started < 2
    assert caught.value.details == {"reason": "timeout"}
    release.set()


def test_work_that_hangs_can_be_cancelled_from_another_thread() -> None:
    worker, release, started = TimedWorker(30), threading.Event(), threading.Event()

    def hang() -> None:
        started.set()
        release.wait()

    def cancel() -> None:
        started.wait()
        worker.cancel()

    threading.Thread(target=cancel).start()
    with pytest.raises(Cancelled):
        worker.run(hang)
    release.set()


def test_cancelling_reaches_the_calls_of_a_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    release, asked = threading.Event(), threading.Event()

    class _Prompting(_InAList):
        def get_password(self, service: str, username: str) -> str | None:
            asked.set()
            release.wait()
            return service + username

    _allow(_Prompting, monkeypatch)
    keyring = SystemKeyring(_Prompting(), timeout_seconds=30)

    def cancel() -> None:
        asked.wait()
        keyring.cancel()

    threading.Thread(target=cancel).start()
    with pytest.raises(Cancelled):
        keyring.get(new_id())
    release.set()


def test_the_worker_hands_over_results_and_errors_and_can_be_used_again() -> None:
    worker = TimedWorker(5)
    with pytest.raises(ZeroDivisionError):
        worker.run(lambda: 1 / 0)
    assert worker.run(lambda: 5) == 5


@pytest.mark.parametrize(
    "raised, reason",
    [
        (KeyringLocked("dismissed"), "locked"),
        (TimeoutError(), "timeout"),
        (InitError("no collection"), "no_service"),
        (FileNotFoundError("the bus"), "no_service"),
        (AssertionError(), "no_service"),
        (KeyringUnavailable(reason="readback"), "readback"),
    ],
)
def test_whatever_a_driver_raises_becomes_an_unavailable_keyring(
    raised: Exception, reason: str
) -> None:
    def work() -> None:
        raise raised

    with pytest.raises(KeyringUnavailable) as caught:
        keyring_backends.translated(work)()
    assert caught.value.details == {"reason": reason}


def test_no_keyring_given_is_an_unavailable_one() -> None:
    with pytest.raises(KeyringUnavailable):
        secret_of(None, new_id())


def test_an_item_that_is_not_there_is_missing() -> None:
    with pytest.raises(KeyringSecretMissing):
        secret_of(MemoryKeyring(), new_id())


def test_a_desktop_without_any_service_has_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    with pytest.raises(KeyringUnavailable) as caught:
        system_keyring(timeout_seconds=5)
    assert caught.value.details == {"reason": "no_service"}
