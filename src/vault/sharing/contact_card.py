# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The contact card: what a colleague needs to send a bundle and to know one from us.

docs/formats/contact-card.md is the format.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from vault.crypto import sshsig
from vault.crypto.age_file import HybridRecipient, X25519Recipient, parse_recipient
from vault.crypto.errors import BadPublicKey, BadRecipient, BadSignature
from vault.crypto.signing import SigningKey, VerifyKey
from vault.sharing import verification_code as codes
from vault.sharing.errors import CardMalformed, CardSignatureBad, CardTooNew, NotACard

NAMESPACE: Final = "panah-contact-card"
VERSION: Final = 1
PANAH: Final = "panah"
CLASSICAL_ONLY: Final = "age"
OPENS_WITH: Final = (PANAH, "age-1.3", CLASSICAL_ONLY)
MAX_BYTES: Final = 16_384
MAX_NAME: Final = 200
_FOLD: Final = 72
_FIRST_LINE: Final = re.compile(r"panah-contact-card ([0-9]{1,9})")
_SIGNATURE_START: Final = "-----BEGIN SSH SIGNATURE-----"
_TURNING: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_REFUSED_CATEGORIES: Final = frozenset({"Cc", "Cs", "Cn", "Zl", "Zp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactCard:
    """A name and the keys that go with it; a claim until the code was compared.

    `recipients` holds the X25519 one first and then the hybrid one, if there is one.
    """

    display_name: str
    organisation: str
    recipients: tuple[str, ...]
    verify_key: VerifyKey
    opens_with: str = PANAH

    @property
    def x25519(self) -> str:
        """The recipient that every age opens."""
        return self.recipients[0]

    @property
    def hybrid(self) -> str:
        """The post-quantum recipient, or "" when this contact cannot open such a file."""
        return self.recipients[1] if len(self.recipients) > 1 else ""


def verification_code(card: ContactCard) -> str:
    """Return the 40 digits over all keys of the card, in eight groups of five."""
    return codes.code_of(card.verify_key, card.recipients)


def encode(card: ContactCard, signing: SigningKey) -> str:
    """Return the card as text, signed by its own key.

    Raises:
        CardMalformed: a name is empty, too long or holds invisible characters, or the
            recipients do not fit together.
        CardSignatureBad: `signing` is not the private half of the card's key.
    """
    if signing.public != card.verify_key:
        raise CardSignatureBad
    body = _body(card)
    _fields_of(body)
    return body + sshsig.sign(signing, NAMESPACE, body.encode("utf-8"))


def parse(untrusted: str) -> ContactCard:
    """Return the card of a text in which its keys and its own signature are right.

    Raises:
        NotACard: the text is something else.
        CardTooNew: a newer version of the format.
        CardMalformed: it breaks a rule (`line`, `reason`).
        CardSignatureBad: it is not signed by the key it shows.
    """
    text = _normalised(untrusted)
    version = _FIRST_LINE.fullmatch(text.partition("\n")[0])
    if version is None:
        raise NotACard
    if int(version[1]) > VERSION:
        raise CardTooNew(version=int(version[1]), known=VERSION)
    body, start, signature = text.partition(_SIGNATURE_START)
    if not start:
        raise CardSignatureBad
    card = _fields_of(body)
    if _body(card) != body:
        raise CardMalformed(line=1, reason="not_canonical")
    try:
        signer = sshsig.verify(start + signature, NAMESPACE, body.encode("utf-8"))
    except BadSignature as err:
        raise CardSignatureBad from err
    if signer != card.verify_key:
        raise CardSignatureBad
    return card


def checked_name(untrusted: str) -> str:
    """Return a name that may stand on a card, in NFC and without white space around it.

    Raises:
        CardMalformed: empty, too long, or with characters that cannot be seen.
    """
    name = unicodedata.normalize("NFC", untrusted.strip())
    _check_name(name, 0)
    return name


def _body(card: ContactCard) -> str:
    lines = [f"panah-contact-card {VERSION}", f"name: {card.display_name}"]
    if card.organisation:
        lines.append(f"organisation: {card.organisation}")
    lines.append(f"opens-with: {card.opens_with}")
    lines += [f"age: {_folded(recipient)}" for recipient in card.recipients]
    lines.append(f"verify: {card.verify_key.openssh()}")
    return "\n".join([*lines, "", ""])


def _folded(value: str) -> str:
    return "\n ".join(value[at : at + _FOLD] for at in range(0, len(value), _FOLD))


def _normalised(untrusted: str) -> str:
    try:
        size = len(untrusted.encode("utf-8"))
    except UnicodeEncodeError as err:
        raise NotACard from err
    if size > MAX_BYTES:
        raise NotACard
    text = untrusted.replace("\r\n", "\n").removeprefix("\ufeff").strip(" \t\n")
    return "\n".join(line.rstrip(" \t") for line in text.split("\n")) + "\n"


class _Lines:
    """The lines of a card, taken one field at a time."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self.number = 1

    def field(self, name: str) -> str:
        """Return the value of the next field when it has this name, else ""."""
        prefix = f"{name}: "
        if not self._line(self.number).startswith(prefix):
            return ""
        value = self._line(self.number).removeprefix(prefix)
        self.number += 1
        while self._line(self.number).startswith(" "):
            value += self._line(self.number)[1:]
            self.number += 1
        return value

    def refuse(self, reason: str) -> CardMalformed:
        return CardMalformed(line=self.number, reason=reason)

    def expect_end(self) -> None:
        if self._lines[self.number :] != ["", ""]:
            self.number += 1
            raise self.refuse("field")

    def _line(self, number: int) -> str:
        return self._lines[number] if number < len(self._lines) else ""


def _fields_of(body: str) -> ContactCard:
    lines = _Lines(body)
    name = lines.field("name")
    _check_name(name, lines.number)
    organisation = lines.field("organisation")
    if organisation:
        _check_name(organisation, lines.number)
    opens_with = lines.field("opens-with")
    if opens_with not in OPENS_WITH:
        raise lines.refuse("opens_with")
    recipients = _recipients_of(lines, opens_with)
    try:
        verify_key = VerifyKey.parse_openssh(lines.field("verify"))
    except BadPublicKey as err:
        raise lines.refuse("verify") from err
    lines.expect_end()
    return ContactCard(
        display_name=name,
        organisation=organisation,
        recipients=recipients,
        verify_key=verify_key,
        opens_with=opens_with,
    )


def _recipients_of(lines: _Lines, opens_with: str) -> tuple[str, ...]:
    first = lines.field("age")
    second = lines.field("age")
    try:
        if not isinstance(parse_recipient(first), X25519Recipient):
            raise lines.refuse("first_recipient")
        if second and not isinstance(parse_recipient(second), HybridRecipient):
            raise lines.refuse("second_recipient")
    except BadRecipient as err:
        raise lines.refuse("recipient") from err
    if second and opens_with == CLASSICAL_ONLY:
        raise lines.refuse("opens_with")
    return (first, second) if second else (first,)


def _check_name(name: str, line: int) -> None:
    if not 0 < len(name) <= MAX_NAME:
        raise CardMalformed(line=line, reason="name_length")
    if name != name.strip() or name != unicodedata.normalize("NFC", name):
        raise CardMalformed(line=line, reason="name_form")
    invisible = any(
        character in _TURNING or unicodedata.category(character) in _REFUSED_CATEGORIES
        for character in name
    )
    if invisible:
        raise CardMalformed(line=line, reason="name_characters")
