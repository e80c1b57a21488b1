# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Objects: what goes in comes out, and whatever is done to the file is named."""

from __future__ import annotations

import contextlib
import dataclasses
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.casework import Keys, evidence_of, file_hashes, file_of
from vault.crypto.chunked import ciphertext_length
from vault.crypto.padding import padded_length
from vault.crypto.secret_bytes import SecretBytes
from vault.domain.cases import Case
from vault.domain.evidence import Evidence, EvidenceFile
from vault.progress import Cancelled, Progress, Step
from vault.store.author import KeyAuthor
from vault.store.errors import (
    ObjectDamaged,
    ObjectKeyDamaged,
    ObjectMissing,
    ObjectSwapped,
    ObjectTruncated,
    SourceChanged,
)
from vault.store.objects import ObjectSink, ObjectStore, open_stored
from vault.store.vault import VaultStore

CONTENT = bytes(range(256)) * 400


@pytest.fixture
def evidence(store: VaultStore, author: KeyAuthor, case: Case) -> Evidence:
    record = evidence_of(case)
    with store.writer(author) as writer:
        writer.put(record)
    return record


@pytest.fixture
def files(store: VaultStore, author: KeyAuthor, evidence: Evidence) -> list[EvidenceFile]:
    """Two files of one length and unlike content."""
    with store.writer(author) as writer:
        return [
            writer.add_file(evidence, f"{number}.bin", "application/octet-stream", source)
            for number, source in enumerate((io.BytesIO(CONTENT), io.BytesIO(CONTENT[::-1])))
        ]


def _read(store: VaultStore, file: EvidenceFile) -> bytes:
    with store.reader() as reader, reader.open_object(file) as opened:
        return opened.read()


def _place(store: VaultStore, file: EvidenceFile) -> Path:
    row = store.parts.db.one("SELECT object_id FROM file_object WHERE file_id = ?", (file.id,))
    assert row is not None
    return store.parts.objects.place(row[0])


def _object_files(store: VaultStore) -> list[Path]:
    return sorted(path for path in store.folder.objects.rglob("*") if path.is_file())


def test_a_file_comes_out_as_it_went_in(
    store: VaultStore, files: list[EvidenceFile], evidence: Evidence
) -> None:
    assert _read(store, files[0]) == CONTENT
    assert _read(store, files[1]) == CONTENT[::-1]
    with store.reader() as reader:
        assert reader.records(evidence.case_id, "evidence_file") == files
        assert [file.ref for file in files] == ["EF01", "EF02"]
        assert {file.size_bytes for file in files} == {len(CONTENT)}
        assert reader.has_object(files[0])


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ObjectStore]:
    with SecretBytes.random() as key:
        yield ObjectStore(
            folder=tmp_path_factory.mktemp("objects"), vault_id=bytes(16), wrapping_key=key
        )


@given(
    content=st.binary(max_size=300) | st.integers(16_300, 16_500).map(bytes),
    pieces=st.integers(1, 50_000),
    start=st.integers(0, 400),
    count=st.integers(0, 400),
)
def test_any_content_is_read_from_any_place(
    bare: ObjectStore, content: bytes, pieces: int, start: int, count: int
) -> None:
    sink = ObjectSink(bare, len(content))
    for position in range(0, len(content), pieces):
        sink.write(content[position : position + pieces])
    stored = sink.finish()
    try:
        with open_stored(bare, stored, "EF01") as opened:
            assert opened.read() == content
            opened.seek(start)
            assert opened.read(count) == content[start : start + count]
            assert opened.seek(0, io.SEEK_END) == len(content)
            assert opened.read() == b""
        padded = ciphertext_length(padded_length(8 + len(content)))
        assert bare.place(stored.id).stat().st_size == stored.stored_bytes == padded
    finally:
        sink.discard()
    assert not bare.place(stored.id).exists()


def test_names_and_sizes_on_the_disk_tell_nothing(
    store: VaultStore, files: list[EvidenceFile], author: KeyAuthor, evidence: Evidence
) -> None:
    with store.writer(author) as writer:
        longer = io.BytesIO(CONTENT + b"one byte more")
        writer.add_file(evidence, "паспорт.bin", "application/octet-stream", longer)

    found = _object_files(store)
    assert len({path.stat().st_size for path in found}) == 1
    assert not any(CONTENT[:64] in path.read_bytes() for path in found)
    assert all(path.parent.name == path.name[:2] and len(path.name) == 32 for path in found)


def test_a_missing_object_is_named(store: VaultStore, files: list[EvidenceFile]) -> None:
    _place(store, files[0]).unlink()

    with pytest.raises(ObjectMissing) as caught:
        _read(store, files[0])
    assert caught.value.details == {"ref": "EF01"}
    assert _read(store, files[1]) == CONTENT[::-1]


def test_a_file_that_was_never_given_its_bytes_is_named(
    store: VaultStore, author: KeyAuthor, evidence: Evidence
) -> None:
    empty = file_of(evidence, "0" * 64)
    with store.writer(author) as writer:
        writer.put(empty)
        assert not writer.has_object(empty)

    with pytest.raises(ObjectMissing):
        _read(store, empty)


def test_swapped_objects_are_named(store: VaultStore, files: list[EvidenceFile]) -> None:
    first, second = (_place(store, file) for file in files)
    contents = first.read_bytes(), second.read_bytes()
    first.write_bytes(contents[1])
    second.write_bytes(contents[0])

    for file in files:
        with pytest.raises(ObjectSwapped):
            _read(store, file)


def test_an_object_of_another_vault_with_the_same_key_is_named(bare: ObjectStore) -> None:
    sink = ObjectSink(bare, 3)
    sink.write(b"abc")
    stored = sink.finish()
    other = dataclasses.replace(bare, vault_id=bytes(15) + b"\x01")

    with pytest.raises(ObjectKeyDamaged):
        open_stored(other, stored, "EF01")
    sink.discard()


@pytest.mark.parametrize("cut", [1, 16, 17, 16_400, 90_000])
def test_a_truncated_object_is_named(
    store: VaultStore, files: list[EvidenceFile], cut: int
) -> None:
    place = _place(store, files[0])
    place.write_bytes(place.read_bytes()[:-cut])

    with pytest.raises(ObjectTruncated):
        _read(store, files[0])


def test_a_lengthened_object_is_named(store: VaultStore, files: list[EvidenceFile]) -> None:
    place = _place(store, files[0])
    place.write_bytes(place.read_bytes() + bytes(16))

    with pytest.raises(ObjectTruncated):
        _read(store, files[0])


@pytest.mark.parametrize("offset", [0, 30, 60, 20_000, 60_000, -1, -20])
def test_a_changed_byte_is_named(store: VaultStore, files: list[EvidenceFile], offset: int) -> None:
    place = _place(store, files[0])
    content = bytearray(place.read_bytes())
    content[offset] ^= 1
    place.write_bytes(content)

    with pytest.raises((ObjectDamaged, ObjectSwapped)):
        _read(store, files[0])


@pytest.mark.parametrize("column", ["salt", "nonce", "wrapped_key", "commitment", "version"])
def test_a_changed_row_is_named(
    store: VaultStore, files: list[EvidenceFile], folder: Path, keys: Keys, column: str
) -> None:
    store.close()
    with keys.database(folder) as db:
        statement = "UPDATE stored_object SET {column} = {value}"
        value = "version + 1" if column == "version" else f"zeroblob(length({column}))"
        db.run(statement.format(column=column, value=value))

    with keys.open(folder) as again, pytest.raises(ObjectKeyDamaged):
        _read(again, files[0])


def test_a_failed_block_leaves_no_object(
    store: VaultStore, author: KeyAuthor, files: list[EvidenceFile], evidence: Evidence
) -> None:
    before = _object_files(store)
    with pytest.raises(KeyError), store.writer(author) as writer:
        _add_and_fail(writer.add_file, evidence)

    assert _object_files(store) == before


def _add_and_fail(add: Callable[..., EvidenceFile], evidence: Evidence) -> None:
    add(evidence, "a.bin", "application/octet-stream", io.BytesIO(CONTENT))
    raise KeyError


def test_cancelling_leaves_no_object(
    store: VaultStore, author: KeyAuthor, evidence: Evidence
) -> None:
    steps: list[Step] = []
    progress = Progress(steps.append, min_interval=0)
    source = io.BytesIO(bytes(3 << 20))
    steps_to_cancel = 2

    def read(count: int) -> bytes:
        if len(steps) == steps_to_cancel:
            progress.cancel()
        return io.BytesIO.read(source, count)

    source.read = read  # type: ignore[assignment, method-assign]  # cancels in the middle
    with pytest.raises(Cancelled), store.writer(author) as writer:
        writer.add_file(evidence, "a.bin", "video/mp4", source, progress=progress)

    assert [step.what for step in steps] == ["adding_file"] * 2
    assert _object_files(store) == []
    with store.reader() as reader:
        assert reader.records(evidence.case_id, "evidence_file") == []


class _Changing(io.BytesIO):
    """A file that is longer or shorter when it is read than when it was measured."""

    def __init__(self, measured: int, real: int) -> None:
        super().__init__(bytes(real))
        self._measured = measured

    def seek(self, offset: int, whence: int = 0, /) -> int:
        super().seek(offset, whence)
        return self._measured if whence else offset


@pytest.mark.parametrize("measured, real", [(10, 9), (10, 11), (0, 1)])
def test_a_source_that_changes_while_it_is_read_is_refused(
    store: VaultStore, author: KeyAuthor, evidence: Evidence, measured: int, real: int
) -> None:
    with pytest.raises(SourceChanged), store.writer(author) as writer:
        writer.add_file(evidence, "a.bin", "text/plain", _Changing(measured, real))

    assert _object_files(store) == []


def test_what_a_crash_left_is_collected_at_opening(
    store: VaultStore, folder: Path, keys: Keys, files: list[EvidenceFile]
) -> None:
    kept = _object_files(store)
    store.close()
    for name in ("ab" * 16, "ab" * 16 + ".partial"):
        left = folder / "objects" / "ab" / name
        left.parent.mkdir(exist_ok=True)
        left.write_bytes(b"left by a crash")
    foreign = folder / "objects" / "ab" / "notes.txt"
    foreign.write_bytes(b"put there by somebody")

    with keys.open(folder, read_only=True) as reading:
        assert len(_object_files(reading)) == len(kept) + 3
    with keys.open(folder) as again:
        assert _object_files(again) == sorted([*kept, foreign])
        assert _read(again, files[0]) == CONTENT


def test_a_staged_object_is_published_for_every_file_with_its_bytes(
    store: VaultStore, author: KeyAuthor, evidence: Evidence
) -> None:
    sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    first, second = file_of(evidence, sha256), file_of(evidence, sha256, "EF02")
    with store.writer(author) as writer:
        sink = writer.stage_object(3, sha256)
        sink.write(b"a")
        sink.write(b"bc")
        for file in (first, second):
            writer.put(file)
        writer.publish_object(sink, first, second)

    assert _read(store, first) == _read(store, second) == b"abc"
    assert len(_object_files(store)) == 1


def test_a_staged_object_that_is_not_published_is_gone(
    store: VaultStore, author: KeyAuthor
) -> None:
    with store.writer(author) as writer:
        writer.stage_object(3).write(b"abc")

    assert _object_files(store) == []


@pytest.mark.parametrize("written, announced", [(b"abd", 3), (b"ab", 3), (b"abcd", 3)])
def test_a_staged_object_with_other_bytes_is_refused(
    store: VaultStore, author: KeyAuthor, evidence: Evidence, written: bytes, announced: int
) -> None:
    sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    before = file_hashes(store.folder.objects)
    with contextlib.suppress(SourceChanged), store.writer(author) as writer:
        sink = writer.stage_object(announced, sha256)
        sink.write(written)
        writer.publish_object(sink)
        pytest.fail("other bytes were taken")

    assert file_hashes(store.folder.objects) == before


def test_more_bytes_than_announced_are_refused_as_soon_as_they_come(bare: ObjectStore) -> None:
    sink = ObjectSink(bare, 3)
    sink.write(b"abc")

    with pytest.raises(SourceChanged):
        sink.write(b"d")
    sink.discard()


def test_an_object_is_not_published_for_a_file_with_another_hash(
    store: VaultStore, author: KeyAuthor, evidence: Evidence
) -> None:
    file = file_of(evidence, "0" * 64)
    with store.writer(author) as writer:
        writer.put(file)
        sink = writer.stage_object(3)
        sink.write(b"abc")
        with pytest.raises(SourceChanged):
            writer.publish_object(sink, file)
