# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The back-ends of `keyring` that may hold a secret, made without its configuration.

`keyring.get_keyring()` obeys an environment variable and a configuration file that can name
any class on any path: a null store that says "kept" and forgets, a plain file, foreign code.
So the classes are named here. Each is a subclass only to leave the environment unread: a
variable could move the secrets into a collection that is forgotten at log-out.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Final, TypeVar

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from vault.keys.errors import KeyringUnavailable

_Result = TypeVar("_Result")

if sys.platform == "win32":  # never run: there was no Windows to run it on
    from keyring.backends import Windows

    class CredentialManager(Windows.WinVaultKeyring):
        """The Credential Manager of Windows, kept on this machine.

        The driver's default would let the secret roam through a domain.
        """

        def __init__(self) -> None:
            super().__init__()
            self.persist = "local machine"

        def set_properties_from_env(self) -> None:
            """Leave the environment unread."""

    ALLOWED: Final[dict[type[KeyringBackend], str]] = {
        CredentialManager: "Windows Credential Manager"
    }
    _LOCKED: Final[tuple[type[Exception], ...]] = (KeyringLocked,)

elif sys.platform == "darwin":  # never run: there was no Mac to run it on
    from keyring.backends import macOS

    class Keychain(macOS.Keyring):
        """The user's login keychain."""

        keychain = None

        def set_properties_from_env(self) -> None:
            """Leave the environment unread."""

    ALLOWED: Final[dict[type[KeyringBackend], str]] = {Keychain: "macOS Keychain"}
    _LOCKED: Final[tuple[type[Exception], ...]] = (KeyringLocked,)

else:
    import secretstorage
    from keyring.backends import SecretService, kwallet
    from secretstorage.defines import SS_PATH
    from secretstorage.exceptions import LockedException, PromptDismissedException
    from secretstorage.util import (
        PROMPT_IFACE,
        SERVICE_IFACE,
        DBusAddressWrapper,
        exec_prompt,
    )

    class SecretServiceKeyring(SecretService.Keyring):
        """GNOME Keyring, KeePassXC or KWallet through the Secret Service on the session bus."""

        prompt_seconds: float | None = None
        """After so long the desktop's question for a password is taken back."""

        def set_properties_from_env(self) -> None:
            """Leave the environment unread."""

        def get_preferred_collection(self) -> secretstorage.Collection:
            """Return the default collection, unlocked; the caller closes its connection."""
            bus = secretstorage.dbus_init()
            try:
                collection = secretstorage.get_default_collection(bus)
                if collection.is_locked():
                    _unlock(collection, self.prompt_seconds)
                collection.ensure_not_locked()
            except BaseException:
                bus.close()
                raise
            return collection

    def _unlock(collection: secretstorage.Collection, timeout: float | None) -> None:
        """Ask the desktop to unlock, and take the question back after `timeout` seconds.

        `Collection.unlock` leaves the question on the screen when its time is over.
        """
        bus = collection.connection
        service = DBusAddressWrapper(SS_PATH, SERVICE_IFACE, bus)
        _unlocked, prompt = service.call("Unlock", "ao", [collection.collection_path])
        if prompt == "/":
            return
        try:
            exec_prompt(bus, prompt, timeout=timeout)
        except TimeoutError:
            DBusAddressWrapper(prompt, PROMPT_IFACE, bus).call("Dismiss", "")
            raise

    class KWallet(kwallet.DBusKeyring):
        """KWallet on its own interface; needs dbus-python (never run)."""

        def set_properties_from_env(self) -> None:
            """Leave the environment unread."""

    ALLOWED: Final[dict[type[KeyringBackend], str]] = {
        SecretServiceKeyring: "Secret Service",
        KWallet: "KWallet",
    }
    _LOCKED: Final[tuple[type[Exception], ...]] = (
        KeyringLocked,
        LockedException,
        PromptDismissedException,
    )


def is_allowed(backend: KeyringBackend) -> bool:
    """Tell whether this is an instance of exactly one of the classes above."""
    return type(backend) in ALLOWED


def shown_name(backend: KeyringBackend) -> str:
    """Return the proper name of the keyring, for a person."""
    return ALLOWED[type(backend)]


def first_usable(prompt_seconds: float) -> KeyringBackend:
    """Return the first back-end whose service is there; raise `KeyringUnavailable`."""
    for kind in ALLOWED:
        if _is_there(kind):
            backend = kind()
            if hasattr(backend, "prompt_seconds"):
                backend.prompt_seconds = prompt_seconds
            return backend
    raise KeyringUnavailable(reason="no_service")


def delete(backend: KeyringBackend, item: str) -> None:
    """Delete an item if it is there."""
    if backend.get_password(item, item) is not None:
        backend.delete_password(item, item)


def translated(work: Callable[[], _Result]) -> Callable[[], _Result]:
    """Return the work with everything a driver may raise as `KeyringUnavailable`."""

    def run() -> _Result:
        try:
            return work()
        except KeyringUnavailable:
            raise
        except _LOCKED as err:
            raise KeyringUnavailable(reason="locked") from err
        except TimeoutError as err:
            raise KeyringUnavailable(reason="timeout") from err
        except Exception as err:
            raise KeyringUnavailable(reason="no_service") from err

    return run


def _is_there(kind: type[KeyringBackend]) -> bool:
    """Ask the class itself, which looks for its libraries and its service."""
    try:
        return bool(kind.priority)
    except Exception:  # noqa: BLE001 - as in `translated`; a missing library is a RuntimeError
        return False
