# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demonstration case as a snapshot with files, and requests for its dossiers."""

from __future__ import annotations

import dataclasses
import datetime
import functools
import io
import json
import uuid

from PIL import Image, ImageDraw

from vault.decoding.client import Decoder
from vault.domain.case_format import records_of_case_file
from vault.domain.evidence import Evidence, EvidenceFile
from vault.domain.profiles import DisclosureProfile
from vault.domain.snapshot import CaseSnapshot
from vault.exports.dossier.request import DossierRequest, is_neutral
from vault.paths import demonstration_case
from vault.redaction.engine import Redactor

DAY = datetime.date(2026, 2, 12)
CONTENTS: dict[str, bytes] = {}


def photograph(*, side: int = 900, note: str = "Zimovchenko, camera 17") -> bytes:
    """A photograph as a telephone makes it: sideways, with camera data and a description."""
    picture = Image.new("RGB", (side, side * 3 // 4), (222, 214, 204))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((side // 4, side // 5, side // 2, side // 2), fill=(150, 92, 110))
    camera = Image.Exif()
    camera[0x010E] = note
    camera[0x0112] = 6
    sink = io.BytesIO()
    picture.save(sink, "JPEG", quality=92, exif=camera)
    return sink.getvalue()


def _file(evidence: Evidence) -> EvidenceFile | None:
    fixture = evidence.custom.get("fixture")
    if not isinstance(fixture, dict):
        return None
    picture = fixture["kind"] != "text"
    content = photograph() if picture else str(fixture["content"]).encode()
    file = EvidenceFile(
        id=str(uuid.uuid5(uuid.NAMESPACE_URL, f"file {evidence.ref}")),
        case_id=evidence.case_id,
        ref=f"EF-{evidence.ref}",
        evidence_id=evidence.id,
        file_name=f"{evidence.ref}.jpg" if picture else f"{evidence.ref}.txt",
        media_type=str(fixture["media_type"]),
        size_bytes=len(content),
    )
    CONTENTS[file.id] = content
    return file


@functools.cache
def snapshot() -> CaseSnapshot:
    """The case with one file for each of its exhibits."""
    document = json.loads(demonstration_case().read_bytes())
    records = records_of_case_file(
        document, lambda kind, ref: str(uuid.uuid5(uuid.NAMESPACE_URL, f"{kind} {ref}"))
    )
    files = [_file(record) for record in records if isinstance(record, Evidence)]
    return CaseSnapshot.of_records([*records, *(file for file in files if file)])


def profile(ref: str) -> DisclosureProfile:
    (found,) = (one for one in snapshot().profiles if one.ref == ref)
    return found


def open_file(file: EvidenceFile) -> io.BytesIO:
    return io.BytesIO(CONTENTS[file.id])


def request(
    decoder: Decoder, profile_ref: str, language: str, *, dossier_ref: str = "DS2"
) -> DossierRequest:
    """A dossier of every exhibit of the case, for the readers of a profile."""
    case = snapshot()
    (dossier,) = (one for one in case.dossiers if one.ref == dossier_ref)
    shown = profile(profile_ref)
    return DossierRequest(
        snapshot=case,
        dossier=dataclasses.replace(
            dossier, evidence_ids=tuple(evidence.id for evidence in case.evidence)
        ),
        profile=shown,
        redactor=Redactor(case, shown, language, as_of=DAY),
        language=language,
        as_of=DAY,
        open_file=open_file,
        decoder=decoder,
        neutral=is_neutral(shown),
    )


def many_exhibits(decoder: Decoder, count: int) -> DossierRequest:
    """The same case with as many exhibits as asked for, texts and photographs in turn."""
    one = request(decoder, "RP-KZ-COURT", "ru")
    case = one.snapshot
    evidence: list[Evidence] = []
    files: list[EvidenceFile] = []
    for number in range(1, count + 1):
        original = case.evidence[number % len(case.evidence)]
        (file,) = (each for each in case.files if each.evidence_id == original.id)
        again = dataclasses.replace(
            original, id=f"e{number}", ref=f"X{number}", exhibit_no=f"X-{number}", category="other"
        )
        evidence.append(again)
        files.append(
            dataclasses.replace(file, id=f"f{number}", ref=f"F{number}", evidence_id=again.id)
        )
        CONTENTS[f"f{number}"] = CONTENTS[file.id]
    return dataclasses.replace(
        one,
        snapshot=dataclasses.replace(case, evidence=tuple(evidence), files=tuple(files)),
        dossier=dataclasses.replace(one.dossier, evidence_ids=tuple(e.id for e in evidence)),
    )
