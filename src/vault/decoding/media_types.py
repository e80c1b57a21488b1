# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What kind of file it is, by its first bytes. Compares and parses nothing, so runs anywhere."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

PEEK_BYTES: Final = 4096
OCTETS: Final = "application/octet-stream"
TEXT: Final = "text/plain"
PDF: Final = "application/pdf"

PICTURES: Final = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/tiff": "TIFF",
    "image/webp": "WEBP",
    "image/bmp": "BMP",
    "image/gif": "GIF",
}
"""The kinds that are decoded to pixels, and the name of the one decoder each may reach."""

_BEGINNINGS: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", PDF),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"age-encryption.org/v1\n", "application/x-age"),
)
_ZIP: Final = b"PK\x03\x04"
_ZIP_KINDS: Final = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
}
_RIFF_KINDS: Final = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_FTYP_KINDS: Final = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heic",
    b"avif": "image/avif",
    b"qt  ": "video/quicktime",
    b"M4A ": "audio/mp4",
}
_SIGNATURES: Final = {
    ".p7s": "application/pkcs7-signature",
    ".sig": "application/pkcs7-signature",
}
_TEXT_SUFFIXES: Final = frozenset({".txt", ".text", ".md", ".csv", ".log"})
_TEXT_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_NOT_TEXT: Final = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_BMP_HEADER_SIZES: Final = frozenset({12, 40, 52, 56, 64, 108, 124})
_PDF_WITHIN: Final = 1024


def media_type(untrusted_start: bytes, file_name: str = "") -> str:
    """Name the media type by the first `PEEK_BYTES`; the name decides only among equals.

    What is not known is `application/octet-stream`. A name alone never makes a file text or a
    picture: its bytes have to allow it.
    """
    start = bytes(untrusted_start[:PEEK_BYTES])
    suffix = PurePosixPath(file_name.replace("\\", "/")).suffix.lower()
    return _by_beginning(start, suffix) or _by_container(start) or _by_content(start, suffix)


def _by_beginning(start: bytes, suffix: str) -> str:
    for beginning, kind in _BEGINNINGS:
        if start.startswith(beginning):
            return kind
    if start.startswith(_ZIP):
        return _ZIP_KINDS.get(suffix, "application/zip")
    return ""


def _by_container(start: bytes) -> str:
    if start.startswith(b"RIFF"):
        return _RIFF_KINDS.get(start[8:12], OCTETS)
    if start[4:8] == b"ftyp":
        return _FTYP_KINDS.get(start[8:12], "video/mp4")
    # Two letters say little; the size of the second header must be one that exists.
    if start.startswith(b"BM") and int.from_bytes(start[14:18], "little") in _BMP_HEADER_SIZES:
        return "image/bmp"
    return ""


def _by_content(start: bytes, suffix: str) -> str:
    # Readers of PDF accept bytes before its mark (PDF 1.7, annex H.3.4.1).
    if b"%PDF-" in start[:_PDF_WITHIN]:
        return PDF
    if suffix in _SIGNATURES:
        return _SIGNATURES[suffix]
    if start.startswith(_TEXT_MARKS):
        return TEXT
    if suffix in _TEXT_SUFFIXES or start:
        binary = any(byte in _NOT_TEXT for byte in start)
        return OCTETS if binary else TEXT
    return TEXT if suffix in _TEXT_SUFFIXES else OCTETS
