# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dossiers: prepared from a snapshot, rendered, checked, and only then published."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, Final

from vault.decoding.client import Decoder
from vault.domain.dossiers import Dossier
from vault.domain.evidence import EvidenceFile
from vault.domain.people import Person
from vault.domain.profiles import DisclosureProfile
from vault.domain.snapshot import CaseSnapshot
from vault.domain.values import JsonObject
from vault.exports.dossier.build import render_dossier
from vault.exports.dossier.request import DossierRequest, RenderedDossier, is_neutral
from vault.exports.leak_scan.report import Finding
from vault.exports.leak_scan.scan import scan_pdf
from vault.i18n import _
from vault.progress import Progress
from vault.redaction.disclosure import BlockedPerson, blocked
from vault.redaction.engine import Redactor
from vault.redaction.leak_terms import LeakTerms
from vault.services.errors import LeakFound, NoSuchProfile, NoSuchRecord, PicturesUnconfirmed
from vault.services.published_file import new_file
from vault.services.redacting import as_of, profile_by_ref, snapshot_of_case_file
from vault.services.session import VaultSession
from vault.store.reader import Reader

LARGEST_SHOWN_BYTES: Final = 64 * 1024 * 1024
"""Files above this size are described in a dossier and not shown: they are video and audio."""

_MOST_PLACES: Final = 8
_SHOWN_KINDS: Final = ("text/", "image/", "application/pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPlan:
    """Everything a dossier is made of, as plain values: no connection is needed any more.

    `pictures` are the exhibits with pictures, which no reader of text can check.
    """

    snapshot: CaseSnapshot
    dossier: Dossier
    profile: DisclosureProfile
    day: datetime.date
    blocked: tuple[BlockedPerson, ...]
    pictures: tuple[str, ...] = ()
    other_cases: tuple[CaseSnapshot, ...] = ()
    contents: dict[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def neutral(self) -> bool:
        """Tell whether the worst reader may be adverse."""
        return is_neutral(self.profile)


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierResult:
    """A published dossier and what was verified of it."""

    path: Path
    pages: int
    sha256: str
    readers: tuple[str, ...]
    rendered: RenderedDossier
    blocked: tuple[BlockedPerson, ...]

    def as_json(self) -> JsonObject:
        """Return the result for `--json`."""
        return {
            "written": str(self.path),
            "pages": self.pages,
            "sha256": self.sha256,
            "readers": list(self.readers),
            "exhibits": [entry.exhibit_no for entry in self.rendered.exhibits],
            "left_out": [item.ref for item in self.rendered.left_out],
            "needs_confirmation": [
                {"exhibit": item.exhibit_no, "page": item.page}
                for item in self.rendered.needs_confirmation
            ],
            "blocked_persons": [person.ref for person in self.blocked],
            "second_checked": self.rendered.second_checked,
        }


@dataclass(frozen=True, slots=True)
class LeakCheck:
    """The outcome of a leak check of any PDF."""

    findings: tuple[Finding, ...]
    readers: tuple[str, ...]

    def as_json(self) -> JsonObject:
        """Return the outcome for `--json`."""
        return {
            "findings": [
                {
                    "place": finding.place,
                    "reader": finding.reader,
                    "category": finding.category,
                    "person": finding.person_ref or None,
                    "form": finding.form_kind,
                }
                for finding in self.findings
            ],
            "readers": list(self.readers),
        }


def prepare_dossier(
    session: VaultSession,
    case_reference: str,
    dossier_ref: str,
    *,
    profile_ref: str = "",
    language: str = "",
) -> DossierPlan:
    """Take the snapshot a dossier is built from; `profile_ref` and `language` replace its own.

    Raises:
        NoSuchCase, NoSuchRecord, NoSuchProfile, and the store's errors for an exhibit's file.
    """
    with session.store.reader() as reader:
        case = reader.case_by_reference(case_reference)
        snapshot = reader.snapshot(case.id)
        others = tuple(
            reader.snapshot(row.case.id) for row in reader.cases() if row.case.id != case.id
        )
        dossier = _dossier(snapshot, dossier_ref, language)
        contents = _contents(reader, snapshot, dossier)
    profile = _profile(snapshot, dossier, profile_ref)
    day = as_of(snapshot)
    return DossierPlan(
        snapshot=snapshot,
        dossier=dossier,
        profile=profile,
        day=day,
        blocked=tuple(blocked(snapshot, profile, day)),
        pictures=_pictures(snapshot, dossier),
        other_cases=others,
        contents=contents,
    )


def _dossier(snapshot: CaseSnapshot, ref: str, language: str) -> Dossier:
    for dossier in snapshot.dossiers:
        if dossier.ref == ref:
            return replace(dossier, language=language) if language else dossier
    raise NoSuchRecord(kind="dossier", ref=ref[:40])


def _profile(snapshot: CaseSnapshot, dossier: Dossier, profile_ref: str) -> DisclosureProfile:
    if profile_ref:
        return profile_by_ref(snapshot, profile_ref)
    for profile in snapshot.profiles:
        if profile.id == dossier.profile_id:
            return profile
    raise NoSuchProfile(profile=dossier.ref)


def _contents(reader: Reader, snapshot: CaseSnapshot, dossier: Dossier) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    for file in snapshot.files:
        if file.evidence_id not in dossier.evidence_ids or not _is_shown(file):
            continue
        with reader.open_object(file) as stream:
            contents[file.id] = stream.read()
    return contents


def _pictures(snapshot: CaseSnapshot, dossier: Dossier) -> tuple[str, ...]:
    with_pictures = {
        file.evidence_id for file in snapshot.files if file.media_type.startswith("image/")
    }
    return tuple(
        item.exhibit_no or item.ref
        for item in snapshot.evidence
        if item.id in with_pictures and item.id in dossier.evidence_ids
    )


def _is_shown(file: EvidenceFile) -> bool:
    return file.media_type.startswith(_SHOWN_KINDS) and (
        (file.size_bytes or 0) <= LARGEST_SHOWN_BYTES
    )


def build_dossier(
    plan: DossierPlan,
    out: Path,
    progress: Progress,
    *,
    pictures_confirmed: bool = False,
    second_checked: bool = False,
) -> DossierResult:
    """Render, check and publish; needs no vault, so it may run while the vault is used.

    Persons without a consent or another basis are hidden. The file appears at `out` only
    when every reader found it clean, and when a person has looked at each picture that it
    shows (`pictures_confirmed`), because no reader sees a face or a signature.

    Raises:
        LeakFound: a reader found what the profile hides; nothing is at `out`.
        PicturesUnconfirmed: nobody has looked at its pictures; nothing is at `out`.
        TargetExists, ExhibitUnreadable, Cancelled and the decoding errors.
    """
    redactor = Redactor(plan.snapshot, plan.profile, plan.dossier.language, as_of=plan.day)

    def open_file(file: EvidenceFile) -> BinaryIO:
        return io.BytesIO(plan.contents.get(file.id, b""))

    with Decoder() as decoder:
        rendered = render_dossier(
            DossierRequest(
                snapshot=plan.snapshot,
                dossier=plan.dossier,
                profile=plan.profile,
                redactor=redactor,
                language=plan.dossier.language,
                as_of=plan.day,
                open_file=open_file,
                decoder=decoder,
                blocked=plan.blocked,
                second_checked=second_checked,
                neutral=plan.neutral,
            ),
            progress,
        )
        terms = LeakTerms(plan.snapshot, plan.profile, as_of=plan.day, other_cases=plan.other_cases)
        report = scan_pdf(rendered.pdf, terms, decoder, file_name=out.name, progress=progress)
    if rendered.needs_confirmation and not pictures_confirmed:
        shown = dict.fromkeys(item.exhibit_no for item in rendered.needs_confirmation)
        raise PicturesUnconfirmed(exhibits=", ".join(shown))
    if report.findings:
        raise LeakFound(count=len(report.findings), places=_places(report.findings))
    with new_file(out) as stream:
        stream.write(rendered.pdf)
    return DossierResult(
        path=out,
        pages=rendered.pages,
        sha256=rendered.sha256,
        readers=report.readers_used,
        rendered=rendered,
        blocked=plan.blocked,
    )


def _places(findings: Sequence[Finding]) -> str:
    shown = dict.fromkeys(finding_text(finding) for finding in findings)
    return "; ".join(list(shown)[:_MOST_PLACES])


def finding_text(finding: Finding) -> str:
    """Return one line that says where a leak is and whose it is, without its words."""
    what = f"{finding.category} {finding.person_ref}".strip()
    return f"{finding.place}: {what} ({finding.reader})"


def record_dossier(session: VaultSession, plan: DossierPlan, result: DossierResult) -> None:
    """Enter an export into the audit chain, and anchor the chain."""
    if session.read_only:
        return
    with session.store.writer(session.author()) as writer:
        writer.note(
            "dossier_exported",
            plan.dossier.id,
            profile=plan.profile.ref,
            sha256=result.sha256,
            pages=result.pages,
            second_checked=result.rendered.second_checked,
        )
    session.checkpoint()


def check_pdf(
    file: Path, case_document: JsonObject, profile_ref: str, progress: Progress
) -> LeakCheck:
    """Look in any PDF for what a profile of a case file hides.

    Raises:
        NoSuchProfile, NotACaseFile, NotAPdf and the decoding errors.
    """
    snapshot = snapshot_of_case_file(case_document)
    terms = LeakTerms(snapshot, profile_by_ref(snapshot, profile_ref), as_of=as_of(snapshot))
    with Decoder() as decoder:
        report = scan_pdf(file.read_bytes(), terms, decoder, file_name=file.name, progress=progress)
    return LeakCheck(report.findings, report.readers_used)


def blocked_text(person: BlockedPerson, people: Sequence[Person] = ()) -> str:
    """Return the sentence that says who is hidden for want of a consent, by reference."""
    name = next((each.shown() for each in people if each.id == person.person_id), person.ref)
    return {
        "none_recorded": _("{person}: no consent is recorded; hidden here."),
        "not_for_purpose": _("{person}: the consent does not cover this purpose; hidden here."),
        "forbidden": _("{person}: forbade this purpose; hidden here."),
        "withdrawn": _("{person}: withdrew the consent; hidden here."),
    }[person.coverage.value].format(person=name)
