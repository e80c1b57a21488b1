# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""`header.json` and `header.bak` in the vault's folder: reading, falling back, replacing."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vault.crypto.secret_bytes import SecretBytes
from vault.keys import durable_file, header_json
from vault.keys.errors import (
    HeaderDamaged,
    HeaderMissing,
    HeaderNotWritten,
    HeaderUnreadable,
    KeysError,
    NotAVault,
)
from vault.keys.header import VaultHeader

HEADER: Final = "header.json"
BACKUP: Final = "header.bak"
_SIGNS_OF_A_VAULT: Final = ("vault.db", "objects")
_REASONS: Final = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EROFS: "read_only",
    errno.EACCES: "read_only",
    errno.EPERM: "read_only",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundHeader:
    """The header that was found sound, and whether it is the previous copy."""

    sealed: header_json.SealedHeader
    from_backup: bool


def read_header(folder: Path) -> FoundHeader:
    """Return the header, or its previous copy when the header is damaged or missing.

    Nothing is changed on the disk. Its MAC is still to be checked. Raises `NotAVault`,
    `HeaderMissing`, `HeaderDamaged`, `HeaderUnreadable`, and, without looking at the previous copy,
    `HeaderTooNew` and `HeaderTampered`.
    """
    try:
        return FoundHeader(sealed=_read(folder / HEADER), from_backup=False)
    except (HeaderDamaged, HeaderUnreadable, HeaderMissing, NotAVault) as first:
        try:
            return FoundHeader(sealed=_read(folder / BACKUP), from_backup=True)
        except (HeaderDamaged, HeaderUnreadable, NotAVault):
            raise first from None
        except HeaderMissing:
            raise _without_any_copy(folder, first) from None


def has_header(folder: Path) -> bool:
    """Tell whether either copy of a header lies in the folder."""
    return any((folder / name).exists() for name in (HEADER, BACKUP))


def write_checkpoint(folder: Path, header: VaultHeader, vmk: SecretBytes) -> None:
    """Replace the header; the one that stands becomes the previous copy if it is authentic.

    Raises `HeaderNotWritten`; the vault then opens with the header that stood before.
    """
    standing = _authentic_bytes(folder / HEADER, vmk)
    if standing:
        _replace(folder / BACKUP, standing)
    _replace(folder / HEADER, header_json.encode(header, vmk))


def write_both(folder: Path, header: VaultHeader, vmk: SecretBytes) -> None:
    """Replace both copies, so that a slot that is gone is gone from the folder.

    The previous copy goes first: once `header.json` is new, no old slot is left. Raises
    `HeaderNotWritten`; the vault then opens with the header that stood before.
    """
    data = header_json.encode(header, vmk)
    for name in (BACKUP, HEADER):
        _replace(folder / name, data)


def _read(path: Path) -> header_json.SealedHeader:
    """Read one copy; every error names the file."""
    try:
        with path.open("rb") as file:
            data = file.read(header_json.MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError) as err:
        raise HeaderMissing(file=path.name) from err
    except OSError as err:
        raise HeaderUnreadable(file=path.name, reason=_reason(err)) from err
    try:
        return header_json.parse(data)
    except KeysError as err:
        err.details["file"] = path.name
        raise


def _without_any_copy(folder: Path, first: KeysError) -> KeysError:
    """Say what a folder without a previous copy is."""
    if not isinstance(first, HeaderMissing):
        return first
    if any((folder / name).exists() for name in _SIGNS_OF_A_VAULT):
        return first
    return NotAVault(reason="no_header")


def _authentic_bytes(path: Path, vmk: SecretBytes) -> bytes:
    """Return the bytes of a header that a key holder wrote, or nothing."""
    try:
        data = path.read_bytes()
        header_json.parse(data).check_mac(vmk)
    except (OSError, KeysError):
        return b""
    return data


def _replace(path: Path, data: bytes) -> None:
    try:
        durable_file.replace(path, data)
    except OSError as err:
        raise HeaderNotWritten(file=path.name, reason=_reason(err)) from err


def _reason(err: OSError) -> str:
    return _REASONS.get(err.errno or 0, "io")
