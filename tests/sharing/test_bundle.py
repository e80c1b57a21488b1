# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A bundle goes from one person to others and arrives as it was sent."""

from __future__ import annotations

import hashlib
import io
import tracemalloc
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.sharing.examples import (
    FILES,
    READER,
    RECORDS,
    SENDER,
    STRANGER,
    bundle,
    classical,
    contents,
    record,
)
from tests.sharing.staging import Staging
from vault.errors import VaultBug
from vault.progress import Cancelled, Progress, Step
from vault.sharing import manifest as manifests
from vault.sharing.bundle_read import inspect_bundle, look_outside, open_bundle
from vault.sharing.bundle_write import BundleObject, choose_encryption, write_bundle
from vault.sharing.errors import (
    BadRecipients,
    BundleError,
    BundleTooLarge,
    ManifestMalformed,
    NotABundle,
    ObjectChanged,
    RecordMalformed,
)
from vault.sharing.identity import Identity


@pytest.mark.parametrize("hybrid", [False, True])
def test_records_and_files_arrive_as_they_were_sent(tmp_path: Path, *, hybrid: bool) -> None:
    staging = Staging(tmp_path)

    with open_bundle(io.BytesIO(bundle(READER, hybrid=hybrid)), READER.age_identities()) as reader:
        assert list(reader.records()) == list(RECORDS)
        before = reader.complete
        reader.objects(staging)

    assert (before, reader.complete) == (False, True)
    assert staging.keep() == {hashlib.sha256(one).hexdigest(): one for one in FILES}


def test_the_head_tells_who_sent_what_to_whom() -> None:
    consents = (RECORDS[0]["record"],)
    sent = bundle(STRANGER, READER, expires="2026-12-31", partial=True, consents=consents)

    head = inspect_bundle(io.BytesIO(sent), READER.age_identities())

    assert head.sender == SENDER.signing.public
    assert head.manifest.sender.name == SENDER.display_name
    assert head.recipient == READER.recipients()[0]
    assert head.sequence == 5
    assert (head.manifest.expires, head.manifest.partial) == ("2026-12-31", True)
    assert head.manifest.consents == consents
    assert len(head.manifest.objects) == len(FILES)


@pytest.mark.parametrize("owner", [READER, STRANGER])
def test_every_recipient_opens_it_and_has_a_number_of_their_own(owner: Identity) -> None:
    head = inspect_bundle(io.BytesIO(bundle(READER, STRANGER)), owner.age_identities())

    assert head.sequence == (4 if owner is READER else 5)


def test_keys_are_post_quantum_only_when_every_recipient_has_one() -> None:
    new, old = READER.card(), classical(STRANGER.card())

    assert choose_encryption([new, STRANGER.card()]).encryption == manifests.HYBRID
    mixed = choose_encryption([new, old])
    assert mixed.encryption == manifests.X25519
    assert mixed.recipients == (READER.recipients()[0], STRANGER.recipients()[0])


@pytest.mark.parametrize("hybrid, kind", [(False, "X25519"), (True, "mlkem768x25519")])
def test_the_file_holds_one_kind_of_key_and_the_manifest_says_which(
    *, hybrid: bool, kind: str
) -> None:
    sent = bundle(READER, STRANGER, hybrid=hybrid)

    outside = look_outside(io.BytesIO(sent))

    assert (outside.recipients, outside.kinds) == (2, (kind,))
    head = inspect_bundle(io.BytesIO(sent), READER.age_identities())
    assert head.manifest.encryption == kind.lower()


def test_one_of_the_readers_two_keys_is_enough() -> None:
    sent = io.BytesIO(bundle(READER, hybrid=True))

    assert inspect_bundle(sent, [READER.hybrid]).recipient == READER.recipients()[1]


def test_a_file_named_twice_is_carried_once() -> None:
    sent = bundle(READER, files=(FILES[0], FILES[0]))

    assert len(inspect_bundle(io.BytesIO(sent), READER.age_identities()).manifest.objects) == 1


def test_many_blocks_of_records_arrive_line_by_line() -> None:
    lines = [record(number, note="x" * 3000) for number in range(1, 400)]
    sent = bundle(READER, records=lines, files=())

    with open_bundle(io.BytesIO(sent), READER.age_identities()) as reader:
        assert list(reader.records()) == lines


def test_files_cannot_be_had_before_the_records(tmp_path: Path) -> None:
    with open_bundle(io.BytesIO(bundle(READER)), READER.age_identities()) as reader:
        with pytest.raises(VaultBug):
            reader.objects(Staging(tmp_path))
        list(reader.records())
        with pytest.raises(VaultBug):
            list(reader.records())


def test_a_cancelled_reading_leaves_nothing_staged(tmp_path: Path) -> None:
    progress = Progress(lambda step: progress.cancel(), min_interval=0)

    with open_bundle(io.BytesIO(bundle(READER)), READER.age_identities()) as reader:
        list(reader.records())
        with pytest.raises(Cancelled):
            reader.objects(Staging(tmp_path), progress)

    assert not reader.complete
    assert list(tmp_path.iterdir()) == []


def test_progress_counts_the_bytes_of_members() -> None:
    steps: list[Step] = []
    sink = io.BytesIO()

    made = write_bundle(
        contents(READER), SENDER, [READER.card()], sink, Progress(steps.append, min_interval=0)
    )

    assert steps[-1] == Step(made.total_bytes, made.total_bytes, "bundle_writing")
    assert [step.done for step in steps] == sorted(step.done for step in steps)


@pytest.mark.parametrize(
    "told, reason",
    [
        (BundleObject(sha256="0" * 64, size=11, open=lambda: io.BytesIO(FILES[0])), "content"),
        (BundleObject(sha256="0" * 64, size=12, open=lambda: io.BytesIO(FILES[0])), "shorter"),
        (BundleObject(sha256="0" * 64, size=10, open=lambda: io.BytesIO(FILES[0])), "longer"),
    ],
)
def test_a_file_that_is_not_what_its_record_says_stops_the_bundle(
    told: BundleObject, reason: str
) -> None:
    sink = io.BytesIO()

    with pytest.raises(ObjectChanged) as refused:
        write_bundle(contents(READER, objects=[told]), SENDER, [READER.card()], sink)

    assert refused.value.details["reason"] == reason
    with pytest.raises(BundleError):
        read_whole(io.BytesIO(sink.getvalue()))


def read_whole(source: BinaryIO) -> None:
    """Read everything of a bundle and throw it away."""

    class Nowhere:
        def write(self, data: bytes, /) -> None:
            del data

        def discard(self) -> None:
            pass

    with open_bundle(source, READER.age_identities()) as reader:
        list(reader.records())
        reader.objects(lambda _sha256, _size: Nowhere())


@pytest.mark.parametrize(
    "cards, reason",
    [
        ([], "none"),
        ([READER.card(), READER.card()], "twice"),
        ([READER.card()] * 65, "too_many"),
    ],
)
def test_recipients_that_make_no_sense_are_refused(cards: list[object], reason: str) -> None:
    sink = io.BytesIO()

    with pytest.raises(BadRecipients) as refused:
        write_bundle(contents(READER), SENDER, cards, sink)  # type: ignore[arg-type]  # cards

    assert refused.value.details["reason"] == reason
    assert sink.getvalue() == b""


@pytest.mark.parametrize(
    "changes, refusal",
    [
        ({"created": "yesterday"}, ManifestMalformed),
        ({"bundle_id": "7"}, ManifestMalformed),
        ({"sequences": {}}, ManifestMalformed),
        ({"languages": ("no such language!",)}, ManifestMalformed),
        ({"purpose": "x" * 501}, BundleTooLarge),
        ({"records": [{"record": "1"}]}, RecordMalformed),
        ({"records": [record(1, weight=1.5)]}, RecordMalformed),
        ({"records": [record(1, note="x" * 5_000_000)]}, BundleTooLarge),
    ],
)
def test_contents_that_no_reader_would_take_are_not_written(
    changes: dict[str, object], refusal: type[BundleError]
) -> None:
    sink = io.BytesIO()

    with pytest.raises(refusal):
        write_bundle(contents(READER, **changes), SENDER, [READER.card()], sink)  # type: ignore[arg-type]  # examples

    assert sink.getvalue() == b""


class Zeros(io.RawIOBase):
    """A file of zeros that is made as it is read."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._rest = size

    def read(self, size: int = -1) -> bytes:
        taken = min(size, self._rest)
        self._rest -= taken
        return bytes(taken)


def test_a_large_file_goes_through_in_little_memory(tmp_path: Path) -> None:
    size = 48 * 1024 * 1024
    sha256 = hashlib.sha256(bytes(size)).hexdigest()
    large = BundleObject(sha256=sha256, size=size, open=lambda: Zeros(size))  # type: ignore[arg-type,return-value]  # a file
    tracemalloc.start()
    try:
        with (tmp_path / "sent").open("wb") as sink:
            write_bundle(contents(READER, objects=[large]), SENDER, [READER.card()], sink)
        with (tmp_path / "sent").open("rb") as source:
            read_whole(source)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert most < 12 * 1024 * 1024


def test_what_is_no_age_file_is_no_bundle() -> None:
    with pytest.raises(NotABundle):
        look_outside(io.BytesIO(b"PK\x03\x04 a zip"))
    with pytest.raises(NotABundle):
        open_bundle(io.BytesIO(b""), READER.age_identities())
