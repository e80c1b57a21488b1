# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Any manifest comes back as it was; any other bytes are refused by name."""

from __future__ import annotations

import datetime
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sharing.examples import READER, SENDER, STRANGER, bundle
from tests.sharing.forging import true_parts
from vault.sharing import manifest as manifests
from vault.sharing.bundle_limits import CONTENTS, FIXED_MEMBERS, README, RECORDS
from vault.sharing.bundle_read import inspect_bundle
from vault.sharing.errors import BundleError, BundleTooLarge, MemberOrder
from vault.sharing.manifest import (
    BundleManifest,
    BundleMember,
    BundleRecipient,
    Sender,
    encode,
    parse,
    sums_of,
)

TRUE_BYTES = true_parts()[0].content
TRUE = parse(TRUE_BYTES)

HASHES = st.binary(min_size=32, max_size=32).map(bytes.hex)
UUIDS = st.uuids(version=4).map(str)
WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=30)
SIZES = st.integers(0, 8**11 - 1)
KEYS = (READER.recipients()[0], STRANGER.recipients()[0])


@st.composite
def members(draw: st.DrawFn) -> tuple[BundleMember, ...]:
    fixed = [BundleMember(path=path, size=draw(st.integers(0, 1000)), sha256=draw(HASHES))
             for path in FIXED_MEMBERS]  # fmt: skip
    objects = [BundleMember(path=f"objects/{one}", size=draw(SIZES), sha256=one)
               for one in sorted(draw(st.sets(HASHES, max_size=4)))]  # fmt: skip
    return (*fixed, *objects)


@st.composite
def true_manifests(draw: st.DrawFn) -> BundleManifest:
    keys = draw(st.sets(st.sampled_from(KEYS), min_size=1))
    numbers = st.integers(1, 2**53 - 1)
    moments = st.datetimes(datetime.datetime(2000, 1, 1), datetime.datetime(9999, 1, 1))  # noqa: DTZ001 - drawn without a zone, written as UTC
    return BundleManifest(
        format=manifests.FORMAT,
        version=manifests.VERSION,
        bundle_id=draw(UUIDS),
        created=draw(moments).strftime("%Y-%m-%dT%H:%M:%SZ"),
        sender=Sender(
            name=draw(WORDS),
            organisation=draw(WORDS | st.just("")),
            verify_key=SENDER.signing.public.openssh(),
        ),
        recipients=tuple(
            BundleRecipient(recipient=key, sequence=draw(numbers)) for key in sorted(keys)
        ),
        encryption=manifests.X25519,
        partial=draw(st.booleans()),
        redacted=draw(st.booleans()),
        languages=draw(st.sampled_from([("ru",), ("ru", "en"), ("kk", "ru", "en")])),
        members=draw(members()),
        purpose=draw(WORDS | st.just("")),
        consents=tuple(draw(st.lists(UUIDS, max_size=3, unique=True))),
        expires=draw(st.sampled_from(["", "2027-01-31"])),
    )


@given(true_manifests())
def test_any_manifest_comes_back_as_it_was(manifest: BundleManifest) -> None:
    assert parse(encode(manifest)) == manifest


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("utf-8")))
def test_any_other_bytes_are_refused_by_name(untrusted: bytes) -> None:
    with pytest.raises(BundleError):
        parse(untrusted)


@given(st.data())
def test_a_manifest_with_any_byte_changed_is_refused_or_says_something_else(
    data: st.DataObject,
) -> None:
    at = data.draw(st.integers(0, len(TRUE_BYTES) - 1))
    put = data.draw(st.binary(max_size=2))
    changed = TRUE_BYTES[:at] + put + TRUE_BYTES[at + 1 :]
    try:
        manifest = parse(changed)
    except BundleError:
        return
    # One form only: other bytes never mean the same manifest.
    assert (manifest == TRUE) == (changed == TRUE_BYTES)


def test_deep_nesting_and_huge_numbers_are_refused() -> None:
    for untrusted in (b"[" * 100_000, b'{"format":' + b"1" * 10_000 + b"}", b'{"version":1e999}'):
        with pytest.raises(BundleError):
            parse(untrusted)


def test_a_manifest_says_what_was_written() -> None:
    head = inspect_bundle(io.BytesIO(bundle(READER)), READER.age_identities())

    assert encode(head.manifest) == TRUE_BYTES
    assert [member.path for member in TRUE.members[:4]] == list(FIXED_MEMBERS)
    assert TRUE.sequence_for(READER.recipients()[0]) == 4
    assert TRUE.sequence_for(STRANGER.recipients()[0]) == 0


def test_the_sums_name_every_member_but_themselves() -> None:
    lines = sums_of(TRUE.members).decode().splitlines()

    assert [line[66:] for line in lines] == [README, CONTENTS, RECORDS] + [
        member.path for member in TRUE.objects
    ]


def test_more_objects_than_are_allowed_are_refused() -> None:
    one = BundleMember(path="objects/" + "0" * 64, size=0, sha256="0" * 64)

    with pytest.raises(BundleTooLarge):
        encode(replace(TRUE, members=(*TRUE.members[:4], *[one] * 50_001)))
    with pytest.raises(MemberOrder):
        encode(replace(TRUE, members=(*TRUE.members[:4], one, one)))
