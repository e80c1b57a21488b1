# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Requests, responses and travel keys: read back as written, and nothing else is read."""

from __future__ import annotations

import functools
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vault.crypto.age_file import HybridIdentity, X25519Identity
from vault.crypto.secret_bytes import SecretBytes
from vault.crypto.signing import SigningKey
from vault.keys import slots, travel_files
from vault.keys.errors import TravelFileMalformed, TravelFileTooNew
from vault.keys.travel_files import TravelKey, TravelRequest, TravelResponse

VAULT = bytes(range(16))


@functools.cache
def request() -> TravelRequest:
    key = slots.VaultKey(vmk=SecretBytes.random(), vault_id=VAULT)
    holders = (X25519Identity.generate(), HybridIdentity.generate())
    return TravelRequest(
        vault_id=VAULT,
        created="2026-01-02",
        recipient=HybridIdentity.generate().recipient().encode(),
        slots=tuple(slots.recipient_slot(key, one.recipient().encode()) for one in holders),
        signers=(SigningKey.generate().public,),
    )


@functools.cache
def response() -> bytes:
    body = travel_files.response_body(
        TravelResponse(
            vault_id=VAULT, created="2026-01-02", request="ab" * 32, slot=request().slots[0]
        )
    )
    return body + b"-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n"


def test_a_request_reads_back_as_it_was_written() -> None:
    data = travel_files.encode_request(request())
    assert travel_files.parse_request(data) == request()
    nobody = replace(request(), signers=())
    assert travel_files.parse_request(travel_files.encode_request(nobody)) == nobody


def test_a_response_reads_back_as_it_was_written() -> None:
    signed = travel_files.parse_response(response())
    assert travel_files.response_body(signed.response) == signed.body
    assert signed.body + signed.signature.encode() == response()
    assert (signed.response.vault_id, signed.response.request) == (VAULT, "ab" * 32)


def test_the_digits_are_forty_in_groups_of_five_and_follow_every_byte() -> None:
    data = travel_files.encode_request(request())
    code = travel_files.request_code(data)
    assert re.fullmatch(r"[0-9]{5}( [0-9]{5}){7}", code)
    other = travel_files.encode_request(replace(request(), created="2026-01-03"))
    assert travel_files.request_code(other) != code


def altered(name: str, value: Any) -> bytes:
    members = json.loads(travel_files.encode_request(request()))
    members[name] = value
    text = json.dumps(members, sort_keys=True, separators=(",", ":"))
    return text.encode() + b"\n"


@pytest.mark.parametrize(
    "name,value,reason",
    [
        ("magic", "panah-travel-response", "magic"),
        ("version", 0, "version"),
        ("version", True, "version"),
        ("created", "yesterday", "created"),
        ("recipient", "age1nobody", "recipient"),
        ("recipient", 7, "recipient"),
        ("slots", [], "slots"),
        ("slots", [7], "slot"),
        ("slots", [{"type": "recovery"}], "slot"),
        ("slots", [{"type": "recipient"}], "slot"),
        ("slots", [{}] * 17, "slots"),
        ("signers", ["ssh-rsa AAAA"], "signers"),
        ("signers", {}, "signers"),
        ("vault_id", "00", "vault_id"),
        ("vault_id", "A" * 32, "vault_id"),
        ("more", 1, "members"),
    ],
)
def test_a_request_with_a_wrong_member_is_refused(name: str, value: Any, reason: str) -> None:
    with pytest.raises(TravelFileMalformed) as refused:
        travel_files.parse_request(altered(name, value))
    assert refused.value.details == {"file": "request", "reason": reason}


def test_a_newer_request_is_refused_as_newer() -> None:
    with pytest.raises(TravelFileTooNew) as refused:
        travel_files.parse_request(altered("version", 2))
    assert refused.value.details == {"file": "request", "version": 2, "known": 1}


def test_a_request_in_another_form_is_refused() -> None:
    data = travel_files.encode_request(request())
    for other in (data + b"\n", data.replace(b",", b", ", 1), data[:-1]):
        with pytest.raises(TravelFileMalformed):
            travel_files.parse_request(other)


def test_a_response_in_another_form_is_refused() -> None:
    body, _line_end, signature = response().partition(b"\n")
    for other in (body.replace(b",", b", ", 1) + b"\n" + signature, b" " + response(), body):
        with pytest.raises(TravelFileMalformed) as refused:
            travel_files.parse_response(other)
        assert refused.value.details == {"file": "response", "reason": "not_canonical"}


def test_a_file_that_is_too_long_is_refused_unread() -> None:
    with pytest.raises(TravelFileMalformed) as refused:
        travel_files.parse_request(b"[" * (travel_files.MOST_BYTES + 1))
    assert refused.value.details["reason"] == "size"


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_refused_by_name(data: bytes) -> None:
    for parse in (travel_files.parse_request, travel_files.parse_response):
        with pytest.raises((TravelFileMalformed, TravelFileTooNew)):
            parse(data)
    with pytest.raises(TravelFileMalformed):
        travel_files.parse_key_file(bytearray(data))


@given(st.data())
def test_no_changed_byte_of_a_request_goes_unnoticed(data: st.DataObject) -> None:
    raw = bytearray(travel_files.encode_request(request()))
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    try:
        read = travel_files.parse_request(bytes(raw))
    except (TravelFileMalformed, TravelFileTooNew):
        return
    assert read != request()
    assert travel_files.encode_request(read) == bytes(raw)


@given(st.data())
def test_a_response_cut_off_or_changed_in_its_body_is_another_or_none(data: st.DataObject) -> None:
    raw = bytearray(response())
    end = raw.index(b"\n")
    at = data.draw(st.integers(0, end))
    raw[at] ^= data.draw(st.integers(1, 255))
    try:
        signed = travel_files.parse_response(bytes(raw))
    except (TravelFileMalformed, TravelFileTooNew):
        return
    assert signed.body != response()[: end + 1]


@given(st.binary(min_size=16, max_size=16), st.binary(min_size=32, max_size=32))
def test_a_key_file_names_the_vault_and_the_request(vault_id: bytes, digest: bytes) -> None:
    key = TravelKey(vault_id=vault_id, request=digest.hex())
    plain = travel_files.key_file(key, bytearray(b"AGE-SECRET-KEY-PQ-1ABC"))
    assert travel_files.parse_key_file(plain) == key
    assert plain.endswith(b"\nAGE-SECRET-KEY-PQ-1ABC\n")
    with pytest.raises(TravelFileMalformed) as refused:
        travel_files.parse_key_file(plain + b"#")
    assert "SECRET" not in str(refused.value)
