# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the members of a header to its values, each checked: they are a stranger's until then."""

from __future__ import annotations

import base64
import re
from typing import Final

from vault.crypto.envelope import COMMITMENT_BYTES, NONCE_BYTES, TAG_BYTES, WrappedKey
from vault.crypto.errors import KdfOutOfBounds
from vault.crypto.kdf import KEY_BYTES, SALT_BYTES, Argon2Params, check_bounds
from vault.keys.header import (
    GENERATION_LIMIT,
    HEAD_BYTES,
    ID_BYTES,
    KEYRING_CHECK_BYTES,
    KEYRING_TYPES,
    MOST_SLOTS,
    PASSPHRASE_TYPES,
    AgeParams,
    Anchor,
    HkdfParams,
    KeySlot,
    SlotType,
    VaultHeader,
)

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_RECIPIENT: Final = re.compile(r"age1[a-z0-9]{20,2400}")

Json = dict[str, "Json"] | list["Json"] | str | int | bool | None
"""What a header may be made of; floats are not among it."""


class Unexpected(Exception):
    """A value is not what the format says; `what` is the member's name."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def header_of(members: dict[str, Json]) -> VaultHeader:
    """Return the values of a header's members; raise `Unexpected` at the first wrong one."""
    names = "anchor created format generation keyring_item magic min_reader slots vault_id"
    _exactly(members, names, "header")
    anchor = _object(members["anchor"], "head sequence", "anchor")
    header = VaultHeader(
        vault_id=_bytes(members["vault_id"], ID_BYTES, "vault_id"),
        generation=_integer(members["generation"], 1, "generation"),
        created=_matching(members["created"], _DATE, "created"),
        slots=tuple(_slot(slot) for slot in _array(members["slots"], "slots")),
        anchor=Anchor(
            sequence=_integer(anchor["sequence"], 0, "anchor"),
            head=_bytes(anchor["head"], HEAD_BYTES, "anchor").hex(),
        ),
        keyring_item=_bytes(members["keyring_item"], ID_BYTES, "keyring_item").hex(),
    )
    if not 1 <= len(header.slots) <= MOST_SLOTS:
        raise Unexpected("slots")
    if len({slot.id for slot in header.slots}) != len(header.slots):
        raise Unexpected("slots")
    return header


def _slot(value: Json) -> KeySlot:
    if not isinstance(value, dict):
        raise Unexpected("slot")
    try:
        kind = SlotType(str(value.get("type")))
    except ValueError as err:
        raise Unexpected("slot_type") from err
    if kind is SlotType.RECIPIENT:
        return recipient_slot_of(value)
    _exactly(value, "commitment created id kdf nonce type wrapped", "slot")
    kdf, keyring_check = _kdf(value["kdf"], kind)
    return KeySlot(
        id=_bytes(value["id"], ID_BYTES, "slot_id").hex(),
        type=kind,
        created=_matching(value["created"], _DATE, "created"),
        kdf=kdf,
        keyring_check=keyring_check,
        wrapped=WrappedKey(
            nonce=_bytes(value["nonce"], NONCE_BYTES, "nonce"),
            ciphertext=_bytes(value["wrapped"], KEY_BYTES + TAG_BYTES, "wrapped"),
            commitment=_bytes(value["commitment"], COMMITMENT_BYTES, "commitment"),
        ),
    )


def recipient_slot_of(value: dict[str, Json]) -> KeySlot:
    """Return the values of a `recipient` slot, each checked; raise `Unexpected`."""
    _exactly(value, "created id kdf sealed type", "slot")
    kdf = _object(value["kdf"], "alg recipient", "kdf")
    if kdf["alg"] != "age":
        raise Unexpected("kdf")
    try:
        sealed = base64.b64decode(_text(value["sealed"], "sealed"), validate=True)
    except ValueError as err:
        raise Unexpected("sealed") from err
    return KeySlot(
        id=_bytes(value["id"], ID_BYTES, "slot_id").hex(),
        type=SlotType.RECIPIENT,
        created=_matching(value["created"], _DATE, "created"),
        kdf=AgeParams(recipient=_matching(kdf["recipient"], _RECIPIENT, "recipient")),
        wrapped=sealed,
    )


def _kdf(value: Json, kind: SlotType) -> tuple[Argon2Params | HkdfParams, bytes]:
    """Read the key derivation of a slot, and refuse a cost outside the bounds."""
    check = " keyring_check" if kind in KEYRING_TYPES else ""
    costs = " iterations lanes memory_kib" if kind in PASSPHRASE_TYPES else ""
    members = _object(value, f"alg salt{check}{costs}", "kdf")
    if members["alg"] != ("argon2id" if costs else "hkdf-sha256"):
        raise Unexpected("kdf")
    salt = _bytes(members["salt"], SALT_BYTES, "salt")
    keyring_check = (
        _bytes(members["keyring_check"], KEYRING_CHECK_BYTES, "keyring_check") if check else b""
    )
    if not costs:
        return HkdfParams(salt=salt), keyring_check
    params = Argon2Params(
        memory_kib=_integer(members["memory_kib"], 1, "kdf"),
        iterations=_integer(members["iterations"], 1, "kdf"),
        lanes=_integer(members["lanes"], 1, "kdf"),
        salt=salt,
    )
    try:
        check_bounds(params)
    except KdfOutOfBounds as err:
        raise Unexpected("kdf_out_of_bounds") from err
    return params, keyring_check


def _exactly(members: dict[str, Json], names: str, what: str) -> None:
    if members.keys() != set(names.split()):
        raise Unexpected(what)


def _object(value: Json, names: str, what: str) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise Unexpected(what)
    _exactly(value, names, what)
    return value


def _array(value: Json, what: str) -> list[Json]:
    if not isinstance(value, list):
        raise Unexpected(what)
    return value


def _text(value: Json, what: str) -> str:
    if not isinstance(value, str):
        raise Unexpected(what)
    return value


def _matching(value: Json, pattern: re.Pattern[str], what: str) -> str:
    text = _text(value, what)
    if not pattern.fullmatch(text):
        raise Unexpected(what)
    return text


def _integer(value: Json, lowest: int, what: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Unexpected(what)
    if not lowest <= value < GENERATION_LIMIT:
        raise Unexpected(what)
    return value


def _bytes(value: Json, length: int, what: str) -> bytes:
    """Return `length` bytes of hexadecimal digits; upper case fails as not canonical."""
    text = _text(value, what)
    try:
        raw = bytes.fromhex(text)
    except ValueError as err:
        raise Unexpected(what) from err
    if len(raw) != length:
        raise Unexpected(what)
    return raw
