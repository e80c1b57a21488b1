# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who we are to colleagues: a name, a key that signs, and two keys that open bundles."""

from __future__ import annotations

from dataclasses import dataclass

from vault.crypto.age_file import HybridIdentity, X25519Identity
from vault.crypto.secret_bytes import SecretBytes
from vault.crypto.signing import SigningKey
from vault.sharing.contact_card import (
    CLASSICAL_ONLY,
    PANAH,
    ContactCard,
    checked_name,
    encode,
)


@dataclass(frozen=True, slots=True)
class StoredSecrets:
    """The three secrets of an identity as the store keeps them; the caller's to wipe.

    `signing` is the Ed25519 seed (32 bytes); `x25519` and `hybrid` are the age identities as
    the text that age itself uses (`AGE-SECRET-KEY-…`), so that a rescue needs no program of ours.
    """

    signing: SecretBytes
    x25519: SecretBytes
    hybrid: SecretBytes

    def wipe(self) -> None:
        """Zero all three."""
        for secret in (self.signing, self.x25519, self.hybrid):
            secret.wipe()


@dataclass(frozen=True, slots=True)
class Identity:
    """A person of this vault with their private keys; `wipe` ends them."""

    display_name: str
    organisation: str
    signing: SigningKey
    x25519: X25519Identity
    hybrid: HybridIdentity

    @classmethod
    def from_secrets(cls, display_name: str, organisation: str, secrets: StoredSecrets) -> Identity:
        """Return the identity of stored secrets, which stay the caller's.

        Raises `BadIdentity` when a stored secret is not what the store was given.
        """
        return cls(
            display_name,
            organisation,
            SigningKey.from_seed(secrets.signing),
            X25519Identity.parse(secrets.x25519.view()),
            HybridIdentity.parse(secrets.hybrid.view()),
        )

    def to_secrets(self) -> StoredSecrets:
        """Return copies of the private keys for the store, the caller's to wipe."""
        return StoredSecrets(self.signing.seed(), self.x25519.encode(), self.hybrid.encode())

    def age_identities(self) -> tuple[X25519Identity, HybridIdentity]:
        """Return what opens bundles."""
        return (self.x25519, self.hybrid)

    def recipients(self) -> tuple[str, str]:
        """Return the public halves of what opens bundles, as they stand on the card."""
        return (self.x25519.recipient().encode(), self.hybrid.recipient().encode())

    def card(self, opens_with: str = PANAH) -> ContactCard:
        """Return the contact card of this identity, for what its owner opens bundles with.

        Older age programs know no hybrid key, so a card for them does not name one.
        """
        recipients = self.recipients()
        return ContactCard(
            display_name=self.display_name,
            organisation=self.organisation,
            recipients=recipients[:1] if opens_with == CLASSICAL_ONLY else recipients,
            verify_key=self.signing.public,
            opens_with=opens_with,
        )

    def card_text(self, opens_with: str = PANAH) -> str:
        """Return the card as the signed text that is given to colleagues."""
        return encode(self.card(opens_with), self.signing)

    def wipe(self) -> None:
        """Zero the private keys; the names and public keys stay."""
        self.signing.wipe()
        self.x25519.wipe()
        self.hybrid.wipe()


def new_identity(display_name: str, organisation: str = "") -> Identity:
    """Return an identity with new random keys.

    Raises:
        CardMalformed: a name that may not stand on a card.
    """
    return Identity(
        checked_name(display_name),
        checked_name(organisation) if organisation.strip() else "",
        SigningKey.generate(),
        X25519Identity.generate(),
        HybridIdentity.generate(),
    )
