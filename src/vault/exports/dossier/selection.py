# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What of a case comes into a dossier at all, before a single word of it is redacted.

Source of the rules: the profile's categories (medical, route, privileged, no_consent) and
the consents. Whole fields and exhibits are decided here, words by the redactor.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from vault.domain import edtf
from vault.domain.evidence import Evidence, EvidenceFile
from vault.domain.incidents import Incident
from vault.domain.profiles import AUDIENCE_PURPOSE, DisclosureProfile
from vault.exports.dossier.request import DossierRequest, LeftOut
from vault.redaction.disclosure import blocked, category_rule

_FILE_ORDER: Final = ("redacted", "working", "evidentiary", "translation")
# Exhibits that are the voice of the person they came from.
_SPOKEN: Final = frozenset({"witness_statement", "audio", "video"})
_ROUTE_ACTS: Final = frozenset({"flight"})
_ROUTE_MARKS: Final = ("ROUTE", "МАРШРУТ")
_MEDICAL: Final = frozenset({"medical_report"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Permissions:
    """Who of a case is named in full, and who may not appear without a further basis."""

    shown_in_full: frozenset[str]
    blocked: frozenset[str]


def permissions(request: DossierRequest) -> Permissions:
    """Return what profile, consents and persons' own rules permit on the day of the dossier."""
    snapshot, profile, day = request.snapshot, request.profile, request.as_of
    found = [*blocked(snapshot, profile, day), *request.blocked]
    hidden = frozenset(person.person_id for person in found)
    everyone = {person.id for person in snapshot.persons}
    replaced = {row.person_id for row in request.redactor.pseudonym_table()}
    return Permissions(shown_in_full=frozenset(everyone - replaced - hidden), blocked=hidden)


def action_of(profile: DisclosureProfile, category: str) -> str:
    """Return what the profile does to a kind of data, by a rule of its own or by default."""
    return category_rule(profile, category).action


def chosen_evidence(
    request: DossierRequest, permitted: Permissions
) -> tuple[tuple[Evidence, ...], tuple[LeftOut, ...]]:
    """Return the exhibits in the dossier's order, and what was asked for but stays out."""
    known = {evidence.id: evidence for evidence in request.snapshot.evidence}
    chosen: list[Evidence] = []
    left_out: list[LeftOut] = []
    for evidence_id in dict.fromkeys(request.dossier.evidence_ids):
        evidence = known.get(evidence_id)
        if evidence is None:
            continue
        reason = _left_out_because(evidence, request, permitted)
        if reason:
            left_out.append(LeftOut(evidence_id=evidence.id, ref=evidence.ref, reason=reason))
        else:
            chosen.append(evidence)
    return tuple(chosen), tuple(left_out)


def _left_out_because(evidence: Evidence, request: DossierRequest, permitted: Permissions) -> str:
    profile = request.profile
    if evidence.custom.get("privileged") is True and not request.redactor.keeps("privileged"):
        return "privileged"
    if evidence.category in _MEDICAL and action_of(profile, "medical") == "remove":
        return "medical"
    if action_of(profile, "no_consent") == "remove" and _is_unconsented(
        evidence, profile, permitted
    ):
        return "no_consent"
    return ""


def _is_unconsented(evidence: Evidence, profile: DisclosureProfile, permitted: Permissions) -> bool:
    if evidence.category not in _SPOKEN:
        return False
    speaker_blocked = evidence.source_person_id in permitted.blocked
    return speaker_blocked or not _in_consent_scope(evidence, profile)


def _in_consent_scope(evidence: Evidence, profile: DisclosureProfile) -> bool:
    if profile.audience == "internal":
        return True
    scope = evidence.custom.get("consent_scope")
    purpose = AUDIENCE_PURPOSE.get(profile.audience, profile.audience)
    if not isinstance(scope, list):
        return True
    return any(isinstance(item, str) and item.startswith(purpose) for item in scope)


def is_withheld(evidence: Evidence, request: DossierRequest) -> bool:
    """Tell whether the exhibit is named but its content is not shown (a medical summary)."""
    return evidence.category in _MEDICAL and not request.redactor.keeps("medical")


def is_route(incident: Incident) -> bool:
    """Tell whether an incident tells how someone fled: place and account are then a route."""
    note = incident.custom.get("redaction_note")
    marks = " ".join(str(text) for text in note.values()) if isinstance(note, dict) else ""
    named = any(mark in marks.upper() for mark in _ROUTE_MARKS)
    return named or not _ROUTE_ACTS.isdisjoint(incident.act_types_summary)


def incidents_in_order(incidents: Iterable[Incident]) -> list[Incident]:
    """Return the incidents by their first possible day; those without a date come last."""

    def key(incident: Incident) -> tuple[object, ...]:
        start = incident.date_start
        if not edtf.is_valid(start):
            return (1, incident.ref)
        return (0, *edtf.parse(start).sort_key(), incident.ref)

    return sorted(incidents, key=key)


def files_of(evidence: Evidence, files: Iterable[EvidenceFile]) -> tuple[EvidenceFile, ...]:
    """Return the files to show: the redacted ones, else working copies, else the originals."""
    own = [file for file in files if file.evidence_id == evidence.id]
    for purpose in _FILE_ORDER:
        found = tuple(file for file in own if file.purpose == purpose)
        if found:
            return found
    return ()
