# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The header's bytes: inverse functions, damage, newer formats, and everything not canonical."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.keys import vaults
from tests.keys.resealed import Change, resealed, with_checksum
from vault.crypto.envelope import WrappedKey
from vault.crypto.kdf import Argon2Params
from vault.crypto.secret_bytes import SecretBytes
from vault.keys import header_json
from vault.keys.errors import HeaderDamaged, HeaderTampered, HeaderTooNew, KeysError, NotAVault
from vault.keys.header import (
    PASSPHRASE_TYPES,
    AgeParams,
    Anchor,
    HkdfParams,
    KeySlot,
    SlotKdf,
    SlotType,
    VaultHeader,
)

VMK = SecretBytes.copy_of(b"m" * 32)
IDS = st.binary(min_size=16, max_size=16)
DATES = st.dates().map(lambda day: day.isoformat())
WRAPPED = st.builds(
    WrappedKey,
    nonce=st.binary(min_size=12, max_size=12),
    ciphertext=st.binary(min_size=48, max_size=48),
    commitment=st.binary(min_size=32, max_size=32),
)


@st.composite
def slots(draw: st.DrawFn) -> KeySlot:
    kind = draw(st.sampled_from(SlotType))
    kdf: SlotKdf
    wrapped: WrappedKey | bytes = draw(WRAPPED)
    if kind is SlotType.RECIPIENT:
        kdf = AgeParams(recipient="age1" + draw(st.text("qpzry9x8", min_size=20, max_size=80)))
        wrapped = draw(st.binary(max_size=300))
    elif kind in PASSPHRASE_TYPES:
        kdf = Argon2Params(
            memory_kib=draw(st.integers(65_536, 2_097_152)),
            iterations=draw(st.integers(3, 20)),
            lanes=draw(st.integers(1, 16)),
            salt=draw(IDS),
        )
    else:
        kdf = HkdfParams(salt=draw(IDS))
    return KeySlot(
        id=draw(IDS).hex(),
        type=kind,
        created=draw(DATES),
        kdf=kdf,
        keyring_check=draw(IDS) if "keyring" in kind else b"",
        wrapped=wrapped,
    )


HEADERS = st.builds(
    VaultHeader,
    vault_id=IDS,
    generation=st.integers(1, 2**53 - 1),
    created=DATES,
    slots=st.lists(slots(), min_size=1, max_size=16, unique_by=lambda slot: slot.id).map(tuple),
    anchor=st.builds(
        Anchor,
        sequence=st.integers(0, 2**53 - 1),
        head=st.binary(min_size=32, max_size=32).map(bytes.hex),
    ),
    keyring_item=IDS.map(bytes.hex),
)


@given(HEADERS)
def test_a_header_is_read_as_it_was_written(header: VaultHeader) -> None:
    sealed = header_json.parse(header_json.encode(header, VMK))
    assert sealed.header == header
    sealed.check_mac(VMK)


@given(HEADERS)
def test_a_header_written_twice_gives_the_same_bytes_of_one_json_line(header: VaultHeader) -> None:
    data = header_json.encode(header, VMK)
    assert data == header_json.encode(header, VMK)
    assert data.endswith(b"}\n")
    assert data.count(b"\n") == 1
    assert set(json.loads(data)) >= {"magic", "format", "min_reader", "mac", "sha256"}


def test_the_mac_of_another_master_key_is_refused(portable: vaults.Made) -> None:
    sealed = header_json.parse(portable.files["header.json"])
    sealed.check_mac(SecretBytes.copy_of(portable.vmk))
    with pytest.raises(HeaderTampered) as caught:
        sealed.check_mac(VMK)
    assert caught.value.details == {"reason": "mac"}


@given(st.data())
def test_any_flipped_bit_is_damage_and_never_a_header(
    portable: vaults.Made, data: st.DataObject
) -> None:
    whole = bytearray(portable.files["header.json"])
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((HeaderDamaged, NotAVault)):
        header_json.parse(bytes(whole))


def test_every_truncation_is_damage(portable: vaults.Made) -> None:
    whole = portable.files["header.json"]
    for length in range(len(whole)):
        with pytest.raises(HeaderDamaged):
            header_json.parse(whole[:length])


def test_bytes_after_the_end_are_damage(portable: vaults.Made) -> None:
    for more in (b" ", b"\n", b"{}", b"\0" * 512):
        with pytest.raises(HeaderDamaged):
            header_json.parse(portable.files["header.json"] + more)


@given(st.binary(max_size=400))
def test_foreign_bytes_are_refused_by_name(data: bytes) -> None:
    with pytest.raises((HeaderDamaged, NotAVault)):
        header_json.parse(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"1",
        b'"panah-vault"',
        b'{"magic":"panah-vault","magic":"panah-vault"}',
        b'{"magic":"panah-vault","format":1.0}',
        b'{"magic":"panah-vault","format":NaN}',
        b"[" * 60_000,
        b'{"a":' * 9_000,
        b'{"magic":"panah-vault","format":' + b"9" * 5_000 + b"}",
        '{"magic":"panah-vault","й":1}'.encode(),
        b"{" + b" " * 65_536,
        b"SQLite format 3\0",
    ],
)
def test_what_is_no_json_object_of_ours_is_damage(data: bytes) -> None:
    with pytest.raises(HeaderDamaged):
        header_json.parse(data)


def test_another_programs_json_is_no_vault() -> None:
    with pytest.raises(NotAVault):
        header_json.parse(b'{"version":8,"scryptSalt":""}\n')


@pytest.mark.parametrize("member", ["format", "min_reader"])
def test_a_newer_format_is_refused_by_name(portable: vaults.Made, member: str) -> None:
    def newer(members: dict[str, Any]) -> None:
        members[member] = 2
        members["something_new"] = {"of": ["that", "format"]}

    with pytest.raises(HeaderTooNew) as caught:
        header_json.parse(resealed(portable.files["header.json"], newer))
    assert caught.value.details == {"format": 2, "known": 1}


def test_a_newer_format_with_an_ending_of_its_own_is_too_new_and_not_damaged() -> None:
    with pytest.raises(HeaderTooNew):
        header_json.parse(b'{"magic":"panah-vault","format":3,"min_reader":3,"seal":"0"}')


def test_a_file_of_ours_without_its_ending_is_damage() -> None:
    with pytest.raises(HeaderDamaged) as caught:
        header_json.parse(b'{"format":1,"magic":"panah-vault","min_reader":1}\n')
    assert caught.value.details == {"reason": "ending"}


@pytest.mark.parametrize("value", [0, -1, "1", True, None, [], {}])
@pytest.mark.parametrize("member", ["format", "min_reader"])
def test_a_version_that_is_no_number_of_ours_is_tampering(
    portable: vaults.Made, member: str, value: object
) -> None:
    with pytest.raises(HeaderTampered) as caught:
        header_json.parse(
            resealed(portable.files["header.json"], lambda m: m.__setitem__(member, value))
        )
    assert caught.value.details == {"reason": member}


def _set(path: str, value: object) -> Change:
    """Return a change that sets a member by its path, such as slots.0.kdf.lanes."""

    def change(members: dict[str, Any]) -> None:
        at: Any = members
        *way, last = path.split(".")
        for step in way:
            at = at[int(step)] if isinstance(at, list) else at[step]
        at[last] = value

    return change


def _drop(path: str) -> Change:
    def change(members: dict[str, Any]) -> None:
        at: Any = members
        *way, last = path.split(".")
        for step in way:
            at = at[int(step)] if isinstance(at, list) else at[step]
        del at[last]

    return change


WRONG = {
    "more members": _set("extra", 1),
    "no anchor": _drop("anchor"),
    "anchor is a list": _set("anchor", []),
    "anchor has more": _set("anchor.extra", 1),
    "sequence below zero": _set("anchor.sequence", -1),
    "sequence is text": _set("anchor.sequence", "1"),
    "head too short": _set("anchor.head", "00"),
    "created is no date": _set("created", "yesterday"),
    "created is a number": _set("created", 5),
    "generation is zero": _set("generation", 0),
    "generation too large": _set("generation", 2**53),
    "generation is a truth value": _set("generation", True),
    "vault id is no hex": _set("vault_id", "g" * 32),
    "vault id in upper case": _set("vault_id", "AB" * 16),
    "vault id with spaces": _set("vault_id", "ab " * 16),
    "keyring item is a path": _set("keyring_item", "../../../../../etc/passwords"),
    "keyring item is a number": _set("keyring_item", 7),
    "no slots": _set("slots", []),
    "slots is an object": _set("slots", {}),
    "a slot is a number": _set("slots", [1]),
    "a slot type of nobody": _set("slots.0.type", "pin"),
    "a slot without a type": _drop("slots.0.type"),
    "a slot of another type": _set("slots.0.type", "recovery"),
    "a slot with more": _set("slots.0.extra", 1),
    "a slot id too long": _set("slots.0.id", "00" * 17),
    "kdf is text": _set("slots.0.kdf", "argon2id"),
    "kdf of another algorithm": _set("slots.0.kdf.alg", "argon2i"),
    "memory below the floor": _set("slots.0.kdf.memory_kib", 65_535),
    "memory above the ceiling": _set("slots.0.kdf.memory_kib", 2_097_153),
    "two passes only": _set("slots.0.kdf.iterations", 2),
    "too many passes": _set("slots.0.kdf.iterations", 21),
    "no lanes": _set("slots.0.kdf.lanes", 0),
    "too many lanes": _set("slots.0.kdf.lanes", 17),
    "short salt": _set("slots.0.kdf.salt", "00" * 8),
    "a nonce too short": _set("slots.0.nonce", "00" * 11),
    "a wrapped key too long": _set("slots.0.wrapped", "00" * 49),
    "a commitment too short": _set("slots.0.commitment", "00" * 31),
    "seventeen slots": lambda m: m.__setitem__(
        "slots", [m["slots"][0] | {"id": f"{n:032x}"} for n in range(17)]
    ),
    "one slot twice": lambda m: m["slots"].append(m["slots"][0]),
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG.keys())
def test_whatever_no_writer_writes_is_tampering(portable: vaults.Made, change: Change) -> None:
    with pytest.raises(HeaderTampered):
        header_json.parse(resealed(portable.files["header.json"], change))


def test_a_weakened_cost_is_named(portable: vaults.Made) -> None:
    with pytest.raises(HeaderTampered) as caught:
        header_json.parse(resealed(portable.files["header.json"], WRONG["memory below the floor"]))
    assert caught.value.details == {"reason": "kdf_out_of_bounds"}


def test_white_space_in_the_body_is_tampering(portable: vaults.Made) -> None:
    with pytest.raises(HeaderTampered) as caught:
        header_json.parse(resealed(portable.files["header.json"], lambda _m: None, canonical=False))
    assert caught.value.details == {"reason": "not_canonical"}


RECIPIENT_SLOT = {
    "created": "2026-01-01",
    "id": "00" * 16,
    "kdf": {"alg": "age", "recipient": "age1" + "q" * 58},
    "sealed": "AAAA",
    "type": "recipient",
}


@pytest.mark.parametrize(
    "wrong",
    [
        {"sealed": "A"},
        {"sealed": "AAB="},
        {"sealed": 5},
        {"kdf": {"alg": "scrypt", "recipient": "age1" + "q" * 58}},
        {"kdf": {"alg": "age", "recipient": "age1"}},
        {"kdf": {"alg": "age", "recipient": "ssh-ed25519 AAAA"}},
        {"kdf": []},
        {"wrapped": "00" * 48},
    ],
)
def test_a_malformed_recipient_slot_is_tampering(
    portable: vaults.Made, wrong: dict[str, object]
) -> None:
    whole = portable.files["header.json"]
    header_json.parse(resealed(whole, lambda m: m["slots"].append(RECIPIENT_SLOT)))
    with pytest.raises(HeaderTampered):
        header_json.parse(resealed(whole, lambda m: m["slots"].append(RECIPIENT_SLOT | wrong)))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
        ),
        max_leaves=8,
    ),
    st.sampled_from(["slots", "anchor", "vault_id", "created", "generation", "keyring_item"]),
)
def test_any_json_in_place_of_a_member_is_refused_by_name(
    portable: vaults.Made, value: object, member: str
) -> None:
    data = resealed(portable.files["header.json"], lambda m: m.__setitem__(member, value))
    if member == "generation" and isinstance(value, int) and value > 0:
        return
    with pytest.raises(KeysError):
        header_json.parse(data)


def test_a_body_that_ends_inside_a_text_is_refused() -> None:
    body = b'{"format":1,"magic":"panah-vault","min_reader":1,"x":"'
    with pytest.raises(KeysError):
        header_json.parse(with_checksum(body, "00" * 32))
