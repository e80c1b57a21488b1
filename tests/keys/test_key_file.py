# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two copies of the header: fall-back, refusals, and faults of the disk."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.keys import vaults
from tests.keys.resealed import resealed
from vault.keys import durable_file, header_json, key_file, unlock
from vault.keys.errors import (
    HeaderDamaged,
    HeaderMissing,
    HeaderNotWritten,
    HeaderTampered,
    HeaderTooNew,
    HeaderUnreadable,
    KeysError,
    NotAVault,
)
from vault.keys.header import Anchor


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def _refusal(folder: Path) -> KeysError:
    """Return what reading the folder raises, and check that it changed nothing."""
    before = _contents(folder)
    with pytest.raises(KeysError) as caught:
        unlock.unlock(folder, vaults.passphrase(), None)
    assert _contents(folder) == before
    return caught.value


def test_a_damaged_header_falls_back_to_the_previous_copy(
    portable: vaults.Made, portable_folder: Path
) -> None:
    for damaged in (b"", b"\0" * 1024, portable.files["header.json"][:-100], b"x" * 70_000):
        (portable_folder / "header.json").write_bytes(damaged)
        opened = unlock.unlock(portable_folder, portable.recovery(), None)
        assert opened.from_backup
        assert bytes(opened.vmk.view()) == portable.vmk
        assert unlock.read_info(portable_folder).from_backup


def test_a_missing_header_falls_back_to_the_previous_copy(
    portable: vaults.Made, portable_folder: Path
) -> None:
    (portable_folder / "header.json").unlink()
    assert unlock.unlock(portable_folder, portable.recovery(), None).from_backup


def test_a_foreign_file_in_place_of_the_header_falls_back_to_the_previous_copy(
    portable: vaults.Made, portable_folder: Path
) -> None:
    (portable_folder / "header.json").write_bytes(b'{"some":"settings"}')
    assert unlock.unlock(portable_folder, portable.recovery(), None).from_backup


def test_a_sound_header_is_not_from_the_backup(
    portable: vaults.Made, portable_folder: Path
) -> None:
    (portable_folder / "header.bak").write_bytes(b"broken")
    assert not unlock.unlock(portable_folder, portable.recovery(), None).from_backup


def test_two_damaged_copies_are_refused_by_the_error_of_the_first(portable_folder: Path) -> None:
    (portable_folder / "header.json").write_bytes(b"broken")
    (portable_folder / "header.bak").write_bytes(b"")
    refused = _refusal(portable_folder)
    assert isinstance(refused, HeaderDamaged)
    assert refused.details["file"] == "header.json"


def test_a_damaged_header_without_a_previous_copy_is_damage(portable_folder: Path) -> None:
    (portable_folder / "header.json").write_bytes(b"broken")
    (portable_folder / "header.bak").unlink()
    assert isinstance(_refusal(portable_folder), HeaderDamaged)


def test_a_newer_format_is_refused_though_the_previous_copy_would_open(
    portable: vaults.Made, portable_folder: Path
) -> None:
    newer = resealed(portable.files["header.json"], lambda m: m.__setitem__("min_reader", 9))
    (portable_folder / "header.json").write_bytes(newer)
    refused = _refusal(portable_folder)
    assert isinstance(refused, HeaderTooNew)
    assert refused.details == {"format": 9, "known": 1, "file": "header.json"}


def test_tampering_is_refused_though_the_previous_copy_would_open(
    portable: vaults.Made, portable_folder: Path
) -> None:
    tampered = resealed(portable.files["header.json"], lambda m: m.__setitem__("generation", 7))
    (portable_folder / "header.json").write_bytes(tampered)
    assert isinstance(_refusal(portable_folder), HeaderTampered)


def test_an_empty_or_absent_folder_is_no_vault(tmp_path: Path) -> None:
    assert isinstance(_refusal(tmp_path), NotAVault)
    with pytest.raises(NotAVault):
        key_file.read_header(tmp_path / "nowhere")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NotAVault):
        key_file.read_header(tmp_path / "file")


@pytest.mark.parametrize("left", ["vault.db", "objects"])
def test_a_vault_whose_headers_are_gone_is_told_from_no_vault(tmp_path: Path, left: str) -> None:
    (tmp_path / left).mkdir()
    refused = _refusal(tmp_path)
    assert isinstance(refused, HeaderMissing)
    assert refused.details == {"file": "header.json"}


def test_a_header_that_cannot_be_read_is_named(portable_folder: Path) -> None:
    for name in ("header.json", "header.bak"):
        (portable_folder / name).unlink()
        (portable_folder / name).mkdir()
    refused = _refusal(portable_folder)
    assert isinstance(refused, HeaderUnreadable)
    assert refused.details == {"file": "header.json", "reason": "io"}


def test_an_unreadable_header_falls_back_to_the_previous_copy(
    portable: vaults.Made, portable_folder: Path
) -> None:
    (portable_folder / "header.json").unlink()
    (portable_folder / "header.json").mkdir()
    assert unlock.unlock(portable_folder, portable.recovery(), None).from_backup


def test_a_checkpoint_keeps_the_previous_generation(
    portable: vaults.Made, portable_folder: Path
) -> None:
    opened = unlock.unlock(portable_folder, portable.recovery(), None)
    for sequence in (1, 2):
        unlock.write_anchor(portable_folder, opened, Anchor(sequence=sequence, head="ab" * 32))
    generations = {
        name: header_json.parse(data).header.generation
        for name, data in _contents(portable_folder).items()
    }
    assert generations == {"header.json": 3, "header.bak": 2}


def test_a_damaged_header_never_becomes_the_previous_copy(
    portable: vaults.Made, portable_folder: Path
) -> None:
    (portable_folder / "header.json").write_bytes(b"broken")
    opened = unlock.unlock(portable_folder, portable.recovery(), None)
    unlock.write_anchor(portable_folder, opened, Anchor(sequence=1, head="ab" * 32))
    assert (portable_folder / "header.bak").read_bytes() == portable.files["header.bak"]
    again = unlock.unlock(portable_folder, portable.recovery(), None)
    assert not again.from_backup
    assert again.header.anchor.sequence == 1


def test_a_forged_header_never_becomes_the_previous_copy(
    portable: vaults.Made, portable_folder: Path
) -> None:
    opened = unlock.unlock(portable_folder, portable.recovery(), None)
    forged = resealed(portable.files["header.json"], lambda m: m.__setitem__("generation", 99))
    (portable_folder / "header.json").write_bytes(forged)
    unlock.write_anchor(portable_folder, opened, Anchor(sequence=1, head="ab" * 32))
    assert (portable_folder / "header.bak").read_bytes() == portable.files["header.bak"]


@pytest.mark.skipif(sys.platform == "win32", reason="no owner bits there")
def test_the_header_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    old_mask = os.umask(0)
    try:
        durable_file.replace(tmp_path / "header.json", b"{}")
    finally:
        os.umask(old_mask)
    assert stat.S_IMODE((tmp_path / "header.json").stat().st_mode) == 0o600


def test_a_link_in_place_of_the_temporary_file_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_bytes(b"kept")
    (tmp_path / "header.json.new").symlink_to(target)
    durable_file.replace(tmp_path / "header.json", b"{}")
    assert target.read_bytes() == b"kept"
    assert (tmp_path / "header.json").read_bytes() == b"{}"
    assert not (tmp_path / "header.json").is_symlink()


# Faults of the disk.


def _failing(number: int) -> Callable[..., None]:
    def fail(*_arguments: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize(
    "number, reason",
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EROFS, "read_only"),
        (errno.EACCES, "read_only"),
        (errno.EIO, "io"),
    ],
)
def test_a_disk_that_takes_no_more_is_named_and_the_old_header_stands(
    portable: vaults.Made,
    portable_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    reason: str,
) -> None:
    opened = unlock.unlock(portable_folder, portable.recovery(), None)
    before, old = _contents(portable_folder), opened.header
    monkeypatch.setattr(os, "fsync", _failing(number))
    with pytest.raises(HeaderNotWritten) as caught:
        unlock.write_anchor(portable_folder, opened, Anchor(sequence=1, head="ab" * 32))
    assert caught.value.details == {"file": "header.bak", "reason": reason}
    assert _contents(portable_folder) == before
    assert opened.header == old


def test_a_disk_that_gives_back_other_bytes_is_not_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "header.json").write_bytes(b"old")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda _path: b"other")
        with pytest.raises(durable_file.ReadBackDiffers):
            durable_file.replace(tmp_path / "header.json", b"new")
    assert _contents(tmp_path) == {"header.json": b"old"}


def test_a_temporary_file_that_cannot_be_removed_does_not_hide_the_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "replace", _failing(errno.EIO))
    real = Path.unlink
    calls: list[Path] = []

    def unlink(path: Path, missing_ok: bool = False) -> None:  # noqa: FBT001, FBT002 - as pathlib has it
        calls.append(path)
        if len(calls) > 1:
            raise OSError(errno.EROFS, "read only by now")
        real(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    with pytest.raises(OSError, match="Input/output"):
        durable_file.replace(tmp_path / "header.json", b"new")
    assert len(calls) == 2
