# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The files of a travel unlock: request, response and travel key (docs/formats/vault.md).

All three name the vault's id. The request and the response carry slots of the type
`recipient`, so that nothing but a master key of exactly that vault can come out of them.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Final

from vault.crypto.age_file import parse_recipient
from vault.crypto.errors import BadPublicKey, BadRecipient
from vault.crypto.signing import VerifyKey
from vault.keys.errors import HeaderDamaged, TravelFileMalformed, TravelFileTooNew
from vault.keys.header import MOST_SLOTS, AgeParams, KeySlot
from vault.keys.header_json import canonical, json_object, slot_json
from vault.keys.header_reading import Json, Unexpected, recipient_slot_of

REQUEST: Final = "panah-travel-request"
RESPONSE: Final = "panah-travel-response"
NAMESPACE: Final = "panah-escrow-response"
VERSION: Final = 1
MOST_BYTES: Final = 131_072
_LABEL: Final = b"panah-travel-request-v1\n"
_DIGITS: Final = 40
_GROUP: Final = 5
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ID: Final = re.compile(r"[0-9a-f]{32}")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_KEY_FILE: Final = re.compile(
    rb"# panah travel key 1\n# vault ([0-9a-f]{32})\n# request ([0-9a-f]{64})\n"
    rb"(AGE-SECRET-KEY-[A-Z0-9-]{1,200})\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelRequest:
    """What the traveller sends: the escrow slots, and whom to encrypt the answer to.

    `signers` are the keys of which one must sign the answer; empty when none was known.
    """

    vault_id: bytes
    created: str
    recipient: str
    slots: tuple[KeySlot, ...]
    signers: tuple[VerifyKey, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelResponse:
    """What the colleague sends back: the master key for the request's own recipient."""

    vault_id: bytes
    created: str
    request: str
    slot: KeySlot


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedResponse:
    """A response as read: its values, the exact bytes that are signed, and the signature."""

    response: TravelResponse
    body: bytes
    signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelKey:
    """What the key file holds beside the secret: the vault and the request it was made for."""

    vault_id: bytes
    request: str


def encode_request(request: TravelRequest) -> bytes:
    """Return the bytes of a request file."""
    members: dict[str, Json] = {
        "created": request.created,
        "magic": REQUEST,
        "recipient": request.recipient,
        "signers": [key.openssh() for key in request.signers],
        "slots": [slot_json(slot) for slot in request.slots],
        "vault_id": request.vault_id.hex(),
        "version": VERSION,
    }
    return canonical(members) + b"\n"


def parse_request(untrusted: bytes) -> TravelRequest:
    """Read a request file; raise `TravelFileMalformed` or `TravelFileTooNew`."""
    members = _Members(untrusted, "request", REQUEST)
    members.exactly("created magic recipient signers slots vault_id version")
    slots = members.array("slots", 1, MOST_SLOTS)
    request = TravelRequest(
        vault_id=bytes.fromhex(members.matching("vault_id", _ID)),
        created=members.matching("created", _DATE),
        recipient=members.recipient("recipient"),
        slots=tuple(members.slot(value) for value in slots),
        signers=tuple(members.key(value) for value in members.array("signers", 0, MOST_SLOTS)),
    )
    if encode_request(request) != untrusted:
        raise members.refuse("not_canonical")
    return request


def request_digest(data: bytes) -> str:
    """Return what a response and a key file name a request by: its SHA-256."""
    return hashlib.sha256(data).hexdigest()


def request_code(data: bytes) -> str:
    """Return the 40 digits that both sides compare aloud, over the whole request."""
    number = int.from_bytes(hashlib.sha512(_LABEL + data).digest(), "big") % 10**_DIGITS
    digits = f"{number:0{_DIGITS}d}"
    return " ".join(digits[at : at + _GROUP] for at in range(0, _DIGITS, _GROUP))


def response_body(response: TravelResponse) -> bytes:
    """Return the bytes of a response that are signed; the signature follows them."""
    members: dict[str, Json] = {
        "created": response.created,
        "magic": RESPONSE,
        "request": response.request,
        "slot": slot_json(response.slot),
        "vault_id": response.vault_id.hex(),
        "version": VERSION,
    }
    return canonical(members) + b"\n"


def parse_response(untrusted: bytes) -> SignedResponse:
    """Read a response file; its signature is still to be checked.

    Raises `TravelFileMalformed` or `TravelFileTooNew`.
    """
    first, line_end, rest = untrusted.partition(b"\n")
    members = _Members(first + line_end, "response", RESPONSE)
    members.exactly("created magic request slot vault_id version")
    response = TravelResponse(
        vault_id=bytes.fromhex(members.matching("vault_id", _ID)),
        created=members.matching("created", _DATE),
        request=members.matching("request", _SHA256),
        slot=members.slot(members.value("slot")),
    )
    if response_body(response) != first + line_end:
        raise members.refuse("not_canonical")
    try:
        signature = rest.decode("ascii")
    except UnicodeDecodeError as err:
        raise members.refuse("signature") from err
    return SignedResponse(response=response, body=first + line_end, signature=signature)


def key_file(key: TravelKey, secret: bytearray) -> bytearray:
    """Return the plaintext of a key file, an age identity file; the caller zeroes it."""
    head = f"# panah travel key 1\n# vault {key.vault_id.hex()}\n# request {key.request}\n"
    return bytearray(head.encode("ascii")) + secret + b"\n"


def parse_key_file(untrusted: bytearray) -> TravelKey:
    """Read what stands before the secret; raise `TravelFileMalformed` with nothing of it."""
    found = _KEY_FILE.fullmatch(untrusted)
    if found is None:
        raise TravelFileMalformed(file="key", reason="form")
    return TravelKey(vault_id=bytes.fromhex(found[1].decode()), request=found[2].decode())


class _Members:
    """The members of one file, each checked when it is taken."""

    def __init__(self, untrusted: bytes, file: str, magic: str) -> None:
        self._file = file
        if len(untrusted) > MOST_BYTES:
            raise self.refuse("size")
        try:
            self._members = json_object(untrusted)
        except HeaderDamaged as err:
            raise self.refuse("json") from err
        if self._members.get("magic") != magic:
            raise self.refuse("magic")
        version = self._members.get("version")
        if not isinstance(version, int) or isinstance(version, bool) or version < 1:
            raise self.refuse("version")
        if version > VERSION:
            raise TravelFileTooNew(file=file, version=min(version, 2**53), known=VERSION)

    def refuse(self, reason: str) -> TravelFileMalformed:
        return TravelFileMalformed(file=self._file, reason=reason)

    def exactly(self, names: str) -> None:
        if self._members.keys() != set(names.split()):
            raise self.refuse("members")

    def value(self, name: str) -> Json:
        return self._members[name]

    def matching(self, name: str, pattern: re.Pattern[str]) -> str:
        value = self._members[name]
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise self.refuse(name)
        return value

    def array(self, name: str, least: int, most: int) -> list[Json]:
        value = self._members[name]
        if not isinstance(value, list) or not least <= len(value) <= most:
            raise self.refuse(name)
        return value

    def recipient(self, name: str) -> str:
        value = self._members[name]
        try:
            if isinstance(value, str) and parse_recipient(value).encode() == value:
                return value
        except BadRecipient:
            pass
        raise self.refuse(name)

    def slot(self, value: Json) -> KeySlot:
        if not isinstance(value, dict) or value.get("type") != "recipient":
            raise self.refuse("slot")
        try:
            return recipient_slot_of(value)
        except Unexpected as err:
            raise self.refuse(err.what) from err

    def key(self, value: Json) -> VerifyKey:
        try:
            if isinstance(value, str):
                return VerifyKey.parse_openssh(value)
        except BadPublicKey:
            pass
        raise self.refuse("signers")


def recipient_of(slot: KeySlot) -> str:
    """Return whom a `recipient` slot is for."""
    return slot.kdf.recipient if isinstance(slot.kdf, AgeParams) else ""
