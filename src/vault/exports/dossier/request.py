# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a dossier is made from, and what comes of it: plain values, no connection, no path."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from vault.domain.dossiers import Dossier
from vault.domain.evidence import EvidenceFile
from vault.domain.profiles import ADVERSE_AUDIENCES, DisclosureProfile
from vault.domain.snapshot import CaseSnapshot
from vault.exports.ports import PictureDecoder
from vault.redaction.disclosure import BlockedPerson


class HiddenSpan(Protocol):
    """One place of a text that is not shown as it was written."""

    @property
    def start(self) -> int:
        """Where it starts in the original, in code points."""
        ...

    @property
    def end(self) -> int:
        """Where it ends."""
        ...

    @property
    def category(self) -> str:
        """What it is: `person`, `identifier`, `contact`, …."""
        ...

    @property
    def reason(self) -> str:
        """Why it is hidden, as a code of the case format (`WIT`, `ADDR`, …)."""
        ...

    @property
    def token(self) -> str:
        """What stands in its place."""
        ...

    @property
    def review(self) -> bool:
        """Whether a person should decide that it is a hit at all; hidden until then."""
        ...


class HiddenText(Protocol):
    """A text as the profile lets it be shown."""

    @property
    def text(self) -> str:
        """The text with tokens in place of what is hidden."""
        ...

    @property
    def spans(self) -> Sequence[HiddenSpan]:
        """What was replaced, in the order of the original."""
        ...


class TextRedactor(Protocol):
    """The part of `vault.redaction.engine.Redactor` that a dossier needs."""

    def redact(self, text: str, *, language: str = "") -> HiddenText:
        """Return the text with everything replaced that the profile hides."""
        ...

    def shown_person(self, person_id: str) -> str:
        """Return the name or token by which the dossier calls a person."""
        ...

    def keeps(self, category: str) -> bool:
        """Tell whether a category of information is shown as it is."""
        ...


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
    redactor: TextRedactor
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
