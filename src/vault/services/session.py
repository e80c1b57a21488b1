# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""An open vault: what every task of the user is given."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from vault.keys.header import Anchor
from vault.keys.opened import Unlocked
from vault.keys.slot_changes import write_anchor
from vault.services.errors import NoIdentity
from vault.sharing.identity import Identity
from vault.store.author import Author, KeyAuthor
from vault.store.vault import VaultStore


def author_of(identity: Identity) -> Author:
    """Return the identity as the store wants its authors; the key stays the identity's."""
    return KeyAuthor(identity.display_name, identity.signing)


class VaultSession:
    """One open vault on one thread; `close` wipes its keys.

    A session belongs to the thread that opened it; `reader_session` opens a second, read-only
    connection for another thread.
    """

    def __init__(
        self,
        folder: Path,
        store: VaultStore,
        unlocked: Unlocked,
        identity: Identity | None,
        *,
        read_only: bool = False,
        owns_keys: bool = True,
        warnings: tuple[str, ...] = (),
    ) -> None:
        """Own the store from now on, and the keys unless another session does."""
        self.folder = folder
        self.store = store
        self.read_only = read_only
        self.warnings = warnings
        self._unlocked = unlocked
        self._identity = identity
        self._owns_keys = owns_keys
        self._closed = False

    @property
    def name(self) -> str:
        """The vault's name: its folder without the ending."""
        return self.folder.name.removesuffix(".panah")

    @property
    def keys(self) -> Unlocked:
        """The unlocked keys, for the services that change slots."""
        return self._unlocked

    @property
    def identity(self) -> Identity:
        """Who signs here; raise `NoIdentity` when nobody does."""
        if self._identity is None:
            raise NoIdentity
        return self._identity

    @property
    def identity_name(self) -> str:
        """The display name of the identity, or ""."""
        return self._identity.display_name if self._identity else ""

    def author(self) -> Author:
        """Return the identity as the author of what is written; raise `NoIdentity`."""
        return author_of(self.identity)

    def checkpoint(self) -> None:
        """Anchor the head of the audit chain in the header (formats.md, freshness)."""
        if self.read_only:
            return
        sequence, head = self.store.audit_head()
        write_anchor(self.folder, self._unlocked, Anchor(sequence=sequence, head=head))

    def reader_session(self) -> VaultSession:
        """Open a second, read-only connection, to be used and closed on another thread."""
        store = VaultStore.open(
            self.folder, self._unlocked.header.vault_id, self._unlocked.vmk, read_only=True
        )
        return VaultSession(
            self.folder, store, self._unlocked, self._identity, read_only=True, owns_keys=False
        )

    def close(self) -> None:
        """Anchor, close the database and wipe the keys; may be called again."""
        if self._closed:
            return
        self._closed = True
        if not self._owns_keys:
            self.store.close()
            return
        try:
            self.checkpoint()
        finally:
            self.store.close()
            self._unlocked.vmk.wipe()
            if self._identity is not None:
                self._identity.wipe()

    def __enter__(self) -> Self:
        """Return the session; leaving the block closes it."""
        return self

    def __exit__(self, *exc_info: object) -> None:
        """Close the vault, whatever happened in the block."""
        self.close()
