# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What this room needs from others: pictures and page text from the decoding process.

Foreign files are never parsed here. `vault.decoding.client.Decoder` fits both protocols.
"""

from __future__ import annotations

from typing import Protocol


class PictureDecoder(Protocol):
    """Turns foreign bytes into clean ones, in another process."""

    def jpeg(self, data: bytes, *, max_side: int, quality: int) -> bytes:
        """Return the picture decoded, turned upright, scaled down and newly encoded as JPEG.

        Nothing but pixels of `data` is in the result. Raises a `VaultError` otherwise.
        """
        ...

    def text(self, data: bytes, media_type: str) -> str:
        """Return the text of a text file, whatever its encoding."""
        ...


class PageTextReader(Protocol):
    """Reads the text layer of a PDF the way a viewer does, in another process."""

    def pdf_text(self, data: bytes, *, laid_out: bool = False) -> list[str]:
        """Return the text of each page, as the file orders it or as it meets the eye."""
        ...
