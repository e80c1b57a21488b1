# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The owner's identity between the room that makes it and the room that keeps it."""

from __future__ import annotations

import datetime

from vault.i18n import _
from vault.sharing.identity import Identity, StoredSecrets, new_identity
from vault.store.identities import StoredIdentity


def new_stored_identity(display_name: str, organisation: str) -> StoredIdentity:
    """Make an identity with new keys for the store; its secrets are the caller's to wipe.

    Raises:
        CardMalformed: a name that may not stand on a contact card.
    """
    identity = new_identity(display_name.strip() or _("No name yet"), organisation.strip())
    secrets = identity.to_secrets()
    identity.wipe()
    return StoredIdentity(
        display_name=identity.display_name,
        organisation=identity.organisation,
        verify_key=identity.signing.public.raw,
        created_at=datetime.datetime.now(tz=datetime.UTC).isoformat(timespec="seconds"),
        signing=secrets.signing,
        x25519=secrets.x25519,
        hybrid=secrets.hybrid,
    )


def identity_from_store(stored: StoredIdentity) -> Identity:
    """Return the identity of the stored secrets, which stay the caller's."""
    return Identity.from_secrets(
        stored.display_name,
        stored.organisation,
        StoredSecrets(stored.signing, stored.x25519, stored.hybrid),
    )
