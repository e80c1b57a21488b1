# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The keyring of the operating system as a store of 32-byte secrets under random names."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable
from typing import Final, Protocol, TypeVar

from keyring.backend import KeyringBackend

from vault.crypto.secret_bytes import SecretBytes
from vault.keys import keyring_backends
from vault.keys.errors import KeyringSecretAltered, KeyringSecretMissing, KeyringUnavailable
from vault.progress import Cancelled

DEFAULT_TIMEOUT_SECONDS: Final = 20.0
_Result = TypeVar("_Result")


class KeyStore(Protocol):
    """Where a machine keeps the vault's keyring secret. May be used from any thread.

    Every method raises `KeyringUnavailable` when the store cannot be used now.
    """

    @property
    def name(self) -> str:
        """What the store is called, for a person."""

    def get(self, item: str) -> SecretBytes | None:
        """Return the secret of this name, or nothing; raise `KeyringSecretAltered`."""

    def put(self, item: str, secret: SecretBytes) -> None:
        """Keep a secret, replacing an older one; returns only after it was read back."""

    def delete(self, item: str) -> None:
        """Forget a secret; nothing happens when there is none."""


class MemoryKeyring:
    """A keyring that lives as long as the process: for the tests of other rooms."""

    name: Final = "memory"

    def __init__(self) -> None:
        """Start empty."""
        self._secrets: dict[str, SecretBytes] = {}

    def get(self, item: str) -> SecretBytes | None:
        """Return a copy of the secret, or nothing."""
        kept = self._secrets.get(item)
        return None if kept is None else kept.copy()

    def put(self, item: str, secret: SecretBytes) -> None:
        """Keep a copy of the secret."""
        self._secrets[item] = secret.copy()

    def delete(self, item: str) -> None:
        """Forget a secret; nothing happens when there is none."""
        kept = self._secrets.pop(item, None)
        if kept is not None:
            kept.wipe()


class SystemKeyring:
    """The keyring of this machine, through one back-end of the allow-list.

    Each call runs in a worker thread and ends after `timeout_seconds`, because an unlocking
    prompt of the desktop would otherwise hold its caller for ever; `cancel` ends the calls
    that are waiting with `Cancelled`. A call that was given up may still be carried out by
    the desktop later; its result is dropped. The driver takes and gives text, so one copy
    of a secret is freed there without being zeroed.
    """

    def __init__(self, backend: KeyringBackend, *, timeout_seconds: float) -> None:
        """Use `backend`; raise `KeyringUnavailable` when it is none of the allow-list."""
        if not keyring_backends.is_allowed(backend):
            raise KeyringUnavailable(reason="refused_backend")
        self._backend = backend
        self._worker = TimedWorker(timeout_seconds)

    @property
    def name(self) -> str:
        """The proper name of the keyring, such as "Secret Service"."""
        return keyring_backends.shown_name(self._backend)

    def get(self, item: str) -> SecretBytes | None:
        """Return the secret of this name, or nothing; raise `KeyringSecretAltered`."""
        text = self._worker.run(
            keyring_backends.translated(lambda: self._backend.get_password(item, item))
        )
        return None if text is None else _decoded(text)

    def put(self, item: str, secret: SecretBytes) -> None:
        """Keep a secret and read it back; raise `KeyringUnavailable` if it differs."""
        text = base64.b64encode(secret.view()).decode("ascii")
        self._worker.run(
            keyring_backends.translated(lambda: self._backend.set_password(item, item, text))
        )
        kept = self.get(item)
        if kept is None:
            raise KeyringUnavailable(reason="readback")
        with kept:
            if not kept.equals(secret):
                raise KeyringUnavailable(reason="readback")

    def delete(self, item: str) -> None:
        """Forget a secret; nothing happens when there is none."""
        self._worker.run(
            keyring_backends.translated(lambda: keyring_backends.delete(self._backend, item))
        )

    def cancel(self) -> None:
        """End the calls that are waiting with `Cancelled`; safe from any thread."""
        self._worker.cancel()


def system_keyring(*, timeout_seconds: float = DEFAULT_TIMEOUT_SECONDS) -> SystemKeyring:
    """Return the keyring of this machine.

    Neither `keyringrc.cfg` nor any environment variable of the driver chooses or configures the
    back-end. Raises `KeyringUnavailable`; finding out may take `timeout_seconds`.
    """
    backend = TimedWorker(timeout_seconds).run(
        keyring_backends.translated(lambda: keyring_backends.first_usable(timeout_seconds))
    )
    return SystemKeyring(backend, timeout_seconds=timeout_seconds)


def secret_of(keyring: KeyStore | None, item: str) -> SecretBytes:
    """Return the secret that a slot needs.

    Raises `KeyringUnavailable` also where no keyring was given, and `KeyringSecretMissing`.
    """
    if keyring is None:
        raise KeyringUnavailable(reason="no_service")
    secret = keyring.get(item)
    if secret is None:
        raise KeyringSecretMissing
    return secret


class TimedWorker:
    """Runs calls that may hang, each in a daemon thread of its own, and stops waiting."""

    def __init__(self, timeout_seconds: float) -> None:
        """Wait at most so long for each call."""
        self._timeout_seconds = timeout_seconds
        self._guard = threading.Lock()
        self._waiting: set[_Call] = set()

    def run(self, work: Callable[[], _Result]) -> _Result:
        """Return what `work` returns or raise what it raises.

        Raises `KeyringUnavailable` when it takes too long, and `Cancelled`.
        """
        results: list[_Result] = []
        call = _Call(lambda: results.append(work()))
        with self._guard:
            self._waiting.add(call)
        try:
            call.wait(self._timeout_seconds)
        finally:
            with self._guard:
                self._waiting.discard(call)
        return results[0]

    def cancel(self) -> None:
        """Let every call that is waiting raise `Cancelled`; safe from any thread."""
        with self._guard:
            for call in self._waiting:
                call.cancel()


class _Call:
    """One call in flight."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._ended = threading.Event()
        self._cancelled = False
        self._error: BaseException | None = None

    def wait(self, timeout_seconds: float) -> None:
        """Start the work and wait for its end, its time or its cancelling."""
        # A daemon: a prompt that nobody answers must not keep the program from ending.
        threading.Thread(target=self._run, name="keyring", daemon=True).start()
        if not self._ended.wait(timeout_seconds):
            raise KeyringUnavailable(reason="timeout")
        if self._cancelled:
            raise Cancelled
        if self._error is not None:
            raise self._error

    def cancel(self) -> None:
        self._cancelled = True
        self._ended.set()

    def _run(self) -> None:
        try:
            self._work()
        except BaseException as err:  # noqa: BLE001 - carried to the thread that waits
            self._error = err
        self._ended.set()


def _decoded(text: str) -> SecretBytes:
    """Return the secret that an item's text stands for."""
    try:
        return SecretBytes(bytearray(base64.b64decode(text, validate=True)))
    except ValueError:
        # The original error quotes the item and must not be chained.
        raise KeyringSecretAltered from None
