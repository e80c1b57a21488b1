# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Exhibits made ready for print: texts redacted, pictures decoded and newly encoded.

No byte of an original file reaches the dossier. Texts are laid out afresh; pictures are
encoded again from pixels by the decoding process; every other kind is only described.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from vault.domain.evidence import Evidence, EvidenceFile
from vault.errors import VaultError
from vault.exports.dossier.disclosed import Disclosed, DisclosedTexts
from vault.exports.dossier.jpeg import JpegSize, read_clean_jpeg
from vault.exports.dossier.request import DossierRequest, ManifestRow
from vault.exports.dossier.selection import files_of, is_withheld
from vault.exports.errors import ExhibitUnreadable

PICTURE_MAX_SIDE: Final = 2000
"""Pixels of the longer side: 200 dots per inch on a page of A4."""
PICTURE_QUALITY: Final = 82
_TEXT: Final = "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture of an exhibit, as clean JPEG."""

    jpeg: bytes
    size: JpegSize


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedExhibit:
    """One exhibit as it will stand in the dossier."""

    evidence: Evidence
    number: str
    key: str
    form: str
    texts: tuple[Disclosed, ...] = ()
    pictures: tuple[Picture, ...] = ()
    media_types: tuple[str, ...] = ()
    manifest: tuple[ManifestRow, ...] = ()


def prepare(
    evidence: Evidence, index: int, request: DossierRequest, words: DisclosedTexts
) -> PreparedExhibit:
    """Return one exhibit ready for print.

    Raises:
        ExhibitUnreadable: its bytes cannot be read or decoded; the error names the exhibit.
        PictureNotClean: the decoder's picture carries more than pixels.
    """
    number = evidence.exhibit_no or evidence.ref
    files = files_of(evidence, request.snapshot.files)
    form = "no_file" if not files else "described"
    texts: list[Disclosed] = []
    pictures: list[Picture] = []
    if is_withheld(evidence, request):
        form, files = "summary", ()
    for file in files:
        kind = file.media_type.partition(";")[0].strip().lower()
        if kind == _TEXT:
            texts.append(_text(file, evidence, number, request, words))
        elif kind.startswith("image/"):
            pictures.append(_picture(file, number, request))
    if texts or pictures:
        form = "picture" if pictures else "text"
    return PreparedExhibit(
        evidence=evidence,
        number=number,
        key=f"exhibit-{index}",
        form=form,
        texts=tuple(texts),
        pictures=tuple(pictures),
        media_types=tuple(file.media_type for file in files),
        manifest=_manifest(number, texts, pictures),
    )


def _read(file: EvidenceFile, number: str, request: DossierRequest) -> bytes:
    try:
        with request.open_file(file) as source:
            return source.read()
    except OSError as error:
        raise ExhibitUnreadable(exhibit=number, reason="input_output") from error


def _text(
    file: EvidenceFile,
    evidence: Evidence,
    number: str,
    request: DossierRequest,
    words: DisclosedTexts,
) -> Disclosed:
    untrusted = _read(file, number, request)
    try:
        text = request.decoder.text(untrusted, _TEXT)
    except VaultError as error:
        raise ExhibitUnreadable(exhibit=number, reason=error.code) from error
    return words.written(text.strip("\n"), evidence.language, place=number)


def _picture(file: EvidenceFile, number: str, request: DossierRequest) -> Picture:
    untrusted = _read(file, number, request)
    try:
        jpeg = request.decoder.jpeg(untrusted, max_side=PICTURE_MAX_SIDE, quality=PICTURE_QUALITY)
    except VaultError as error:
        raise ExhibitUnreadable(exhibit=number, reason=error.code) from error
    return Picture(jpeg=jpeg, size=read_clean_jpeg(jpeg, untrusted, exhibit=number))


def _manifest(
    number: str, texts: list[Disclosed], pictures: list[Picture]
) -> tuple[ManifestRow, ...]:
    derivatives = [("text/plain; charset=utf-8", text.text.encode()) for text in texts]
    derivatives += [("image/jpeg", picture.jpeg) for picture in pictures]
    return tuple(
        ManifestRow(
            exhibit_no=number,
            part=part,
            media_type=media_type,
            size_bytes=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )
        for part, (media_type, content) in enumerate(derivatives, 1)
    )
