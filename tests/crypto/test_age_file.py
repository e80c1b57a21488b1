# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""age files: round trips, who may open them, and who may stand beside whom."""

from __future__ import annotations

import io
import os
import tarfile
import tracemalloc
from pathlib import Path
from typing import Final

import hypothesis
import hypothesis.strategies as st
import pytest

from vault.crypto import age_scrypt
from vault.crypto.age_file import (
    AgeReader,
    EncryptWriter,
    HybridIdentity,
    HybridRecipient,
    Identity,
    Recipient,
    ScryptIdentity,
    ScryptRecipient,
    X25519Identity,
    X25519Recipient,
    encrypt,
    open_age,
    parse_identity,
    parse_identity_file,
    parse_recipient,
)
from vault.crypto.errors import (
    AgeError,
    BadIdentity,
    BadRecipient,
    NoMatchingIdentity,
    PayloadTampered,
    RecipientsDoNotMix,
    SecretGone,
    WorkFactorTooHigh,
)
from vault.crypto.secret_bytes import SecretBytes
from vault.progress import Cancelled, Progress, Step

CHUNK: Final = 64 * 1024
CLASSICAL: Final = X25519Identity(SecretBytes.copy_of(bytes(range(32))))
HYBRID: Final = HybridIdentity(SecretBytes.copy_of(bytes(range(32))))
PASSPHRASE: Final = bytearray("Долгая дорога домой".encode())
LOW_COST: Final = 4


def sealed(plain: bytes, *recipients: Recipient, armor: bool = False) -> bytes:
    sink = io.BytesIO()
    chosen = recipients or (CLASSICAL.recipient(),)
    encrypt(chosen, io.BytesIO(plain), sink, armor=armor)
    return sink.getvalue()


def opened(data: bytes, *identities: Identity) -> bytes:
    return open_age(identities or (CLASSICAL,), io.BytesIO(data)).read()


@pytest.mark.parametrize("armor", [False, True])
@pytest.mark.parametrize("length", [0, 1, 47, 48, 49, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_went_in_comes_out_at_every_border(length: int, *, armor: bool) -> None:
    plain = os.urandom(length)
    assert opened(sealed(plain, armor=armor)) == plain


@hypothesis.given(plain=st.binary(max_size=500), armor=st.booleans())
def test_any_bytes_go_through(plain: bytes, *, armor: bool) -> None:
    assert opened(sealed(plain, armor=armor)) == plain


@hypothesis.given(st.lists(st.integers(min_value=0, max_value=CHUNK + 9), max_size=6))
def test_it_does_not_matter_in_which_pieces_it_is_written_and_read(pieces: list[int]) -> None:
    plain = os.urandom(sum(pieces))
    sink = io.BytesIO()
    with EncryptWriter([CLASSICAL.recipient()], sink) as writer:
        at = 0
        for piece in pieces:
            assert writer.write(memoryview(plain)[at : at + piece]) == piece
            at += piece
        assert writer.tell() == len(plain)
    reader = open_age([CLASSICAL], io.BytesIO(sink.getvalue()))
    assert b"".join(reader.read(piece) for piece in pieces) == plain
    assert reader.read(1) == b""


def test_each_of_several_recipients_opens_the_file_and_nobody_else() -> None:
    other = X25519Identity.generate()
    data = sealed(b"for both", CLASSICAL.recipient(), other.recipient())
    assert opened(data, CLASSICAL) == opened(data, other) == b"for both"
    assert opened(data, X25519Identity.generate(), other) == b"for both"
    with pytest.raises(NoMatchingIdentity):
        opened(data, X25519Identity.generate(), HYBRID, ScryptIdentity(PASSPHRASE))


def test_each_of_several_hybrid_recipients_opens_the_file_and_nobody_else() -> None:
    other = HybridIdentity.generate()
    data = sealed(b"for both", HYBRID.recipient(), other.recipient())
    assert opened(data, HYBRID) == opened(data, other) == b"for both"
    with pytest.raises(NoMatchingIdentity):
        opened(data, HybridIdentity.generate(), CLASSICAL)


def test_a_passphrase_opens_its_file_and_another_does_not() -> None:
    data = sealed(b"by passphrase", ScryptRecipient(PASSPHRASE, LOW_COST))
    assert opened(data, CLASSICAL, ScryptIdentity(PASSPHRASE)) == b"by passphrase"
    with pytest.raises(NoMatchingIdentity):
        opened(data, ScryptIdentity(bytearray(b"guess")), CLASSICAL)


class TestMixing:
    mixtures: Final[list[list[Recipient]]] = [
        [CLASSICAL.recipient(), HYBRID.recipient()],
        [HYBRID.recipient(), CLASSICAL.recipient()],
        [ScryptRecipient(PASSPHRASE, LOW_COST), CLASSICAL.recipient()],
        [HYBRID.recipient(), ScryptRecipient(PASSPHRASE, LOW_COST)],
        [ScryptRecipient(PASSPHRASE, LOW_COST), ScryptRecipient(PASSPHRASE, LOW_COST)],
    ]

    @pytest.mark.parametrize("recipients", mixtures)
    def test_a_mixture_is_refused_before_a_byte_is_written(
        self, recipients: list[Recipient]
    ) -> None:
        sink = io.BytesIO()
        with pytest.raises(RecipientsDoNotMix):
            encrypt(recipients, io.BytesIO(b"plain"), sink)
        assert sink.getvalue() == b""

    def test_a_file_for_nobody_is_refused(self) -> None:
        with pytest.raises(BadRecipient):
            encrypt([], io.BytesIO(b"plain"), io.BytesIO())


class TestWorkFactor:
    def test_a_file_that_asks_for_too_much_is_refused_before_anything_is_derived(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        data = sealed(b"x", ScryptRecipient(PASSPHRASE, LOW_COST))
        forged = data.replace(b" 4\n", b" 21\n", 1)
        assert forged != data

        def must_not_run(*_arguments: object) -> None:
            pytest.fail("the key was derived")

        monkeypatch.setattr(age_scrypt, "_key", must_not_run)
        with pytest.raises(WorkFactorTooHigh) as caught:
            opened(forged, ScryptIdentity(PASSPHRASE))
        assert caught.value.details == {"log_n": 21, "cap": 20}

    def test_a_factor_at_the_cap_is_tried(self) -> None:
        data = sealed(b"x", ScryptRecipient(PASSPHRASE, LOW_COST))
        assert opened(data, ScryptIdentity(PASSPHRASE, max_log_n=LOW_COST)) == b"x"
        with pytest.raises(WorkFactorTooHigh):
            opened(data, ScryptIdentity(PASSPHRASE, max_log_n=LOW_COST - 1))


class TestKeysAsText:
    @hypothesis.given(st.binary(min_size=32, max_size=32))
    def test_identities_and_recipients_are_read_back(self, seed: bytes) -> None:
        for kind in (X25519Identity, HybridIdentity):
            identity = kind(SecretBytes.copy_of(seed))
            with identity.encode() as text:
                again = parse_identity(text.view())
            assert again.recipient() == identity.recipient()
            assert parse_recipient(identity.recipient().encode()) == identity.recipient()

    def test_the_examples_of_the_specification(self) -> None:
        classical = parse_identity(
            bytearray(b"AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX")
        )
        text = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"
        assert classical.recipient() == X25519Recipient.parse(text)
        hybrid = parse_identity(
            bytearray(
                b"AGE-SECRET-KEY-PQ-1XX76JRALNLXDMEW0CRK45QMCCH4X06SE84UN3VPM33W6HWDX0H3SK3ZQFR"
            )
        )
        recipient = hybrid.recipient().encode()
        assert len(recipient) == 1959
        assert recipient.startswith(
            "age1pq1x34nzsvr0rxjsgdn8zgyhfe8j7ceq5r9rdelkjuh3y235jzxshfg87p"
        )
        assert recipient.endswith("53k2ykx3qheyty7saeq0d3fzv49zc0k")

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "age1",
            "age1pq1",
            "кириллица",
            "ssh-ed25519 AAAA",
            "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwk",
            HYBRID.recipient().encode()[:-1],
            HYBRID.recipient().encode() + "q",
            # Sound Bech32 of too few bytes, of the zero point, and of a key that is no ML-KEM key.
            X25519Recipient(bytes(31)).encode(),
            X25519Recipient(bytes(32)).encode(),
            HybridRecipient(bytes(1215)).encode(),
            HybridRecipient(b"\xff" * 1216).encode(),
        ],
    )
    def test_what_is_not_a_recipient_is_refused(self, text: str) -> None:
        with pytest.raises(BadRecipient):
            parse_recipient(text)

    def test_a_recipient_with_a_low_order_point_wraps_nothing(self) -> None:
        with pytest.raises(BadRecipient):
            sealed(b"x", X25519Recipient(bytes(32)))

    def test_nothing_shows_a_secret(self) -> None:
        for identity in (CLASSICAL, HYBRID):
            with identity.encode() as text:
                assert text.view().decode("ascii") not in repr(identity)
            assert "AGE-SECRET-KEY" not in repr(identity)

    def test_wiped_identities_open_nothing(self) -> None:
        for kind in (X25519Identity, HybridIdentity):
            identity = kind.generate()
            data = sealed(b"x", identity.recipient())
            identity.wipe()
            with pytest.raises(SecretGone):
                opened(data, identity)


class TestIdentityFile:
    def test_what_age_keygen_writes_is_read(self) -> None:
        with CLASSICAL.encode() as first, HYBRID.encode() as second:
            data = bytearray(b"# created: 2026-01-01\r\n# public key: age1...\r\n")
            data += first.view() + b"\r\n\n  " + second.view()
        kept = bytes(data)
        identities = parse_identity_file(data)
        assert opened(sealed(b"x"), *identities) == b"x"
        assert opened(sealed(b"y", HYBRID.recipient()), *identities) == b"y"
        assert data == kept

    def test_a_bad_line_is_named_by_number_and_not_shown(self) -> None:
        with CLASSICAL.encode() as text:
            data = bytearray(b"# comment\n") + text.view() + b"\nAGE-SECRET-KEY-1BROKEN\n"
        with pytest.raises(BadIdentity) as caught:
            parse_identity_file(data)
        assert caught.value.details == {"line": 3}
        assert caught.value.__cause__ is None

    @pytest.mark.parametrize("data", [b"", b"# only a comment\n", b"\n\n", b"#" * (1 << 21)])
    def test_a_file_without_an_identity_is_refused(self, data: bytes) -> None:
        with pytest.raises(BadIdentity):
            parse_identity_file(bytearray(data))

    @hypothesis.given(st.binary(max_size=300))
    def test_no_bytes_make_the_reader_fail_in_another_way(self, data: bytes) -> None:
        with pytest.raises(BadIdentity):
            parse_identity_file(bytearray(data))


class TestWriter:
    def test_a_tar_can_be_written_straight_into_it_and_read_out_again(self) -> None:
        sink = io.BytesIO()
        content = os.urandom(200_000)
        with (
            EncryptWriter([CLASSICAL.recipient()], sink) as writer,
            tarfile.open(fileobj=writer, mode="w|", format=tarfile.PAX_FORMAT) as tar,  # type: ignore[call-overload]  # it has all that tarfile uses
        ):
            member = tarfile.TarInfo("objects/one")
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
        reader = open_age([CLASSICAL], io.BytesIO(sink.getvalue()))
        with tarfile.open(fileobj=reader, mode="r|") as tar:
            first = tar.next()
            assert first is not None
            extracted = tar.extractfile(first)
            assert extracted is not None
            assert extracted.read() == content

    def test_a_failing_block_leaves_a_file_that_nobody_can_open_to_its_end(self) -> None:
        sink = io.BytesIO()

        def fail_half_way() -> None:
            with EncryptWriter([CLASSICAL.recipient()], sink) as writer:
                writer.write(bytes(3 * CHUNK))
                raise Cancelled

        with pytest.raises(Cancelled):
            fail_half_way()
        with pytest.raises(PayloadTampered):
            opened(sink.getvalue())

    def test_a_writer_that_is_forgotten_does_not_complete_its_file(self) -> None:
        sink = io.BytesIO()
        writer = EncryptWriter([CLASSICAL.recipient()], sink)
        writer.write(b"half of it")
        del writer
        with pytest.raises(PayloadTampered):
            opened(sink.getvalue())

    def test_a_closed_writer_takes_nothing_and_closes_once(self) -> None:
        sink = io.BytesIO()
        writer = EncryptWriter([CLASSICAL.recipient()], sink)
        writer.close()
        length = len(sink.getvalue())
        writer.close()
        writer.flush()
        with pytest.raises(ValueError, match="closed"):
            writer.write(b"more")
        assert len(sink.getvalue()) == length


def test_a_closed_reader_gives_nothing_and_leaves_its_source_open() -> None:
    source = io.BytesIO(sealed(b"content"))
    reader = open_age([CLASSICAL], source)
    reader.close()
    reader.close()
    assert isinstance(reader, AgeReader)
    assert not source.closed
    with pytest.raises(ValueError, match="closed"):
        reader.read()


def test_progress_is_told_and_the_work_can_be_cancelled() -> None:
    steps: list[Step] = []
    watching = Progress(steps.append, min_interval=0)
    source = io.BytesIO(bytes((1 << 20) + 1))
    encrypt([CLASSICAL.recipient()], source, io.BytesIO(), progress=watching)
    assert [step.done for step in steps] == [1 << 20, (1 << 20) + 1, (1 << 20) + 1]
    watching.cancel()
    sink = io.BytesIO()
    with pytest.raises(Cancelled):
        encrypt([CLASSICAL.recipient()], io.BytesIO(b"x"), sink, progress=watching)
    with pytest.raises(AgeError):
        opened(sink.getvalue())


@pytest.mark.parametrize("armor, length", [(False, 64 * 1024 * 1024), (True, 4 * 1024 * 1024)])
def test_a_large_file_goes_through_in_little_memory(
    tmp_path: Path, length: int, *, armor: bool
) -> None:
    path = tmp_path / "large.age"
    block = bytes(1 << 20)
    tracemalloc.start()
    with path.open("wb") as sink, EncryptWriter([CLASSICAL.recipient()], sink, armor=armor) as out:
        for _ in range(length // len(block)):
            out.write(block)
    total = 0
    with path.open("rb") as source:
        reader = open_age([CLASSICAL], source)
        while part := reader.read(len(block)):
            total += len(part)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total == length
    # The block of this test and the one that is read are two thirds of it.
    assert peak < 3.5 * 1024 * 1024
