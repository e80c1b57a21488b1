# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The header as bytes: canonical JSON, a MAC over it and a checksum (docs/formats/vault.md).

A wrong checksum is damage, a right checksum over anything unexpected is tampering, and the
two are different errors because only damage may be answered by the previous copy.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from typing import Final, NoReturn

from vault.crypto.kdf import Purpose, equal_in_constant_time, hmac_sha256, purpose_key
from vault.crypto.secret_bytes import SecretBytes
from vault.keys.errors import HeaderDamaged, HeaderTampered, HeaderTooNew, NotAVault
from vault.keys.header import (
    FORMAT,
    GENERATION_LIMIT,
    MAGIC,
    MIN_READER,
    AgeParams,
    HkdfParams,
    KeySlot,
    VaultHeader,
)
from vault.keys.header_reading import Json, Unexpected, header_of

MOST_BYTES: Final = 65_536
_TAIL: Final = re.compile(rb',"mac":"([0-9a-f]{64})","sha256":"([0-9a-f]{64})"\}\n\Z')


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedHeader:
    """A header as read: its values, the exact bytes under its MAC, and the MAC."""

    header: VaultHeader
    body: bytes
    mac: bytes

    def check_mac(self, vmk: SecretBytes) -> None:
        """Raise `HeaderTampered` unless a holder of this master key wrote exactly this."""
        if not equal_in_constant_time(_mac(vmk, self.header.vault_id, self.body), self.mac):
            raise HeaderTampered(reason="mac")


def encode(header: VaultHeader, vmk: SecretBytes) -> bytes:
    """Return the bytes of a header file, authenticated with the vault master key."""
    body = _body(header)
    authenticated = body + b',"mac":"' + _mac(vmk, header.vault_id, body).hex().encode() + b'"'
    checksum = hashlib.sha256(authenticated).hexdigest().encode()
    return authenticated + b',"sha256":"' + checksum + b'"}\n'


def parse(data: bytes) -> SealedHeader:
    """Read the bytes of a header file; its MAC is still to be checked.

    Raises `HeaderDamaged` when the bytes are not what was written, `NotAVault` when they
    are another kind of file, `HeaderTooNew`, and `HeaderTampered` for everything that no writer of
    this format writes.
    """
    if len(data) > MOST_BYTES:
        raise HeaderDamaged(reason="size")
    members = json_object(data)
    if members.get("magic") != MAGIC:
        raise NotAVault(reason="magic")
    tail = _TAIL.search(data)
    if tail and hashlib.sha256(data[: tail.start(2) - 11]).hexdigest().encode() != tail[2]:
        raise HeaderDamaged(reason="checksum")
    _check_version(members)
    if not tail:
        raise HeaderDamaged(reason="ending")
    body = data[: tail.start()]
    try:
        header = header_of(json_object(body + b"}"))
    except Unexpected as err:
        raise HeaderTampered(reason=err.what) from err
    if _body(header) != body:
        raise HeaderTampered(reason="not_canonical")
    return SealedHeader(header=header, body=body, mac=bytes.fromhex(tail[1].decode("ascii")))


def canonical_kdf(slot: KeySlot) -> bytes:
    """Return the key derivation of a slot as it stands in the header: part of its context."""
    return canonical(_kdf_json(slot))


def _mac(vmk: SecretBytes, vault_id: bytes, body: bytes) -> bytes:
    with purpose_key(vmk, vault_id, Purpose.HEADER_MAC) as key:
        return hmac_sha256(key, body)


def _no_duplicates(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    members = dict(pairs)
    if len(members) != len(pairs):
        message = "a member stands twice"
        raise ValueError(message)
    return members


def _no_float(_digits: str) -> NoReturn:
    message = "floats have no place in a header"
    raise ValueError(message)


def json_object(data: bytes) -> dict[str, Json]:
    """Read one JSON object; raise `HeaderDamaged`."""
    try:
        value = json.loads(
            data.decode("ascii"),
            object_pairs_hook=_no_duplicates,
            parse_float=_no_float,
            parse_constant=_no_float,
        )
    except (ValueError, RecursionError) as err:
        raise HeaderDamaged(reason="json") from err
    if not isinstance(value, dict):
        raise HeaderDamaged(reason="json")
    return value


def _check_version(members: dict[str, Json]) -> None:
    for name, known in (("min_reader", MIN_READER), ("format", FORMAT)):
        value = members.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise HeaderTampered(reason=name)
        if value > known:
            raise HeaderTooNew(format=min(value, GENERATION_LIMIT), known=known)


def canonical(value: Json) -> bytes:
    """Return the one ASCII form of a JSON value: sorted keys and no white space."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def _body(header: VaultHeader) -> bytes:
    """Return the canonical object without its closing brace."""
    return canonical(
        {
            "anchor": {"head": header.anchor.head, "sequence": header.anchor.sequence},
            "created": header.created,
            "format": FORMAT,
            "generation": header.generation,
            "keyring_item": header.keyring_item,
            "magic": MAGIC,
            "min_reader": MIN_READER,
            "slots": [slot_json(slot) for slot in header.slots],
            "vault_id": header.vault_id.hex(),
        }
    )[:-1]


def slot_json(slot: KeySlot) -> Json:
    """Return a slot as it stands in a header, before it becomes text."""
    members: dict[str, Json] = {
        "created": slot.created,
        "id": slot.id,
        "kdf": _kdf_json(slot),
        "type": slot.type.value,
    }
    if isinstance(slot.wrapped, bytes):
        members["sealed"] = base64.b64encode(slot.wrapped).decode("ascii")
    else:
        members["commitment"] = slot.wrapped.commitment.hex()
        members["nonce"] = slot.wrapped.nonce.hex()
        members["wrapped"] = slot.wrapped.ciphertext.hex()
    return members


def _kdf_json(slot: KeySlot) -> Json:
    kdf = slot.kdf
    if isinstance(kdf, AgeParams):
        return {"alg": "age", "recipient": kdf.recipient}
    members: dict[str, Json] = {"salt": kdf.salt.hex()}
    if slot.keyring_check:
        members["keyring_check"] = slot.keyring_check.hex()
    if isinstance(kdf, HkdfParams):
        return members | {"alg": "hkdf-sha256"}
    return members | {
        "alg": "argon2id",
        "iterations": kdf.iterations,
        "lanes": kdf.lanes,
        "memory_kib": kdf.memory_kib,
    }
