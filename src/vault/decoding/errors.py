# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can go wrong when a stranger's file is opened in the decoding process."""

from __future__ import annotations

from typing import ClassVar

from vault.errors import VaultError


class DecodingError(VaultError):
    """The root of this room's errors; the file that was to be decoded is left as it was."""

    code: ClassVar[str] = "decoding.error"


class DecodingFailed(DecodingError):
    """The file is damaged or not what it says (`kind`, `reason`)."""

    code: ClassVar[str] = "decoding.failed"


class FormatNotSupported(DecodingFailed):
    """The file is of a kind that is not opened here (`kind`)."""

    code: ClassVar[str] = "decoding.format_not_supported"


class FileEncrypted(DecodingFailed):
    """The file asks for a password of its own (`kind`)."""

    code: ClassVar[str] = "decoding.file_encrypted"


class DecodingTooLarge(DecodingError):
    """The file, or what it would become, is over a limit (`what`, `limit`)."""

    code: ClassVar[str] = "decoding.too_large"


class DecodingTimeout(DecodingError):
    """The file took longer than the time it may take; its process was ended (`seconds`)."""

    code: ClassVar[str] = "decoding.timeout"


class WorkerDied(DecodingError):
    """The decoding process ended in the middle of its work (`status`)."""

    code: ClassVar[str] = "decoding.worker_died"


class WorkerNotStarted(DecodingError):
    """The decoding process could not be started (`reason`)."""

    code: ClassVar[str] = "decoding.worker_not_started"


class DecoderClosed(DecodingError):
    """The decoder was closed, usually because the vault is being locked."""

    code: ClassVar[str] = "decoding.closed"
