# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a dossier is made from, and what comes of it: plain values, no connection, no path."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from vault.domain.dossiers import Dossier
from vault.domain.evidence import EvidenceFile
from vault.domain.profiles import ADVERSE_AUDIENCES, DisclosureProfile
from vault.domain.snapshot import CaseSnapshot
from vault.exports.ports import PictureDecoder
from vault.redaction.disclosure import BlockedPerson
from vault.redaction.engine import Redactor


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRequest:
    """Everything one dossier is rendered from; the same request gives the same bytes.

    `blocked` are persons hidden on top of those whom profile and consents block. `as_of` is
    the only date the document carries as its own. `open_file` returns the
    plaintext of a file of the case; it is called once per file. `neutral` is set for
    readers who may be adverse: no product name, no hashes, no reasons.
    """

    snapshot: CaseSnapshot
    dossier: Dossier
    profile: DisclosureProfile
    redactor: Redactor
    language: str
    as_of: datetime.date
    open_file: Callable[[EvidenceFile], BinaryIO]
    decoder: PictureDecoder
    blocked: Sequence[BlockedPerson] = ()
    second_checked: bool = False
    neutral: bool = False


def is_neutral(profile: DisclosureProfile) -> bool:
    """Tell whether the worst reader of a profile may be adverse to the client."""
    return profile.audience in ADVERSE_AUDIENCES


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRow:
    """One row of the schedule of hidden information: what, why, where, how often."""

    token: str
    category: str
    reason: str
    place: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ManifestRow:
    """One derivative as it stands in the dossier.

    `sha256` is that of the redacted text or the re-encoded picture, never of an original:
    the hash of an original would let anyone test guesses of what was hidden.
    """

    exhibit_no: str
    part: int
    media_type: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitEntry:
    """One exhibit of the finished dossier and the page where it starts.

    `form` is `text`, `picture`, `described` (another kind of file, only described),
    `summary` (content withheld by the profile) or `no_file`. `to_review` of the `hidden`
    places are hidden only until a person has decided; `unprintable` characters have no glyph.
    """

    evidence_id: str
    exhibit_no: str
    form: str
    first_page: int
    hidden: int = 0
    to_review: int = 0
    unprintable: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Evidence that was asked for and is not in the dossier; `reason` is a category."""

    evidence_id: str
    ref: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsConfirmation:
    """A page with a picture, which no reader of text can check: a person has to look."""

    evidence_id: str
    exhibit_no: str
    part: int
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedDossier:
    """The finished bytes, not yet checked and not yet written anywhere.

    `to_review` counts the places that are hidden only until a person has decided.
    """

    pdf: bytes
    pages: int
    sha256: str
    exhibits: tuple[ExhibitEntry, ...] = ()
    schedule: tuple[ScheduleRow, ...] = ()
    manifest: tuple[ManifestRow, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    needs_confirmation: tuple[NeedsConfirmation, ...] = ()
    blocked_person_ids: tuple[str, ...] = ()
    to_review: int = 0
    second_checked: bool = False
