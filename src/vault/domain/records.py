# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every kind of record the case file knows, and how each stands in the case format."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from vault.domain.cases import Case
from vault.domain.consents import Consent
from vault.domain.dossiers import Deadline, Dossier
from vault.domain.errors import UnknownKind
from vault.domain.evidence import CustodyEvent, Evidence, EvidenceFile
from vault.domain.incidents import Incident
from vault.domain.people import Person
from vault.domain.profiles import DisclosureProfile
from vault.domain.values import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherRecord:
    """A record of a kind that has no type of its own yet, kept whole as its body."""

    id: str
    case_id: str
    ref: str
    kind: str
    body: JsonObject = field(default_factory=dict)


Record = (
    Case
    | Person
    | Incident
    | Evidence
    | EvidenceFile
    | CustodyEvent
    | Consent
    | DisclosureProfile
    | Dossier
    | Deadline
    | OtherRecord
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindSpec:
    """How a kind is stored and interchanged.

    `section` is its list in a `panah-case` file ("" when it never leaves the vault that way);
    `prefix` starts the references given to new records; `references` are the places in a body
    that point at other records: `a.b` for members, `[]` for every item, a trailing `?` where
    free text is allowed too, `@x:` where only a text that starts with `x:` may be a reference.
    """

    kind: str
    section: str
    prefix: str
    type: type[Record]
    references: tuple[str, ...] = ()
    key: str = "id"
    append_only: bool = False


_KINDS: Final = (
    KindSpec(kind="case", section="case", prefix="CASE-", type=Case,
             references=("client", "lead_lawyer")),
    KindSpec(kind="person", section="persons", prefix="P", type=Person),
    KindSpec(kind="relationship", section="relationships", prefix="R", type=OtherRecord,
             references=("from", "to")),
    KindSpec(kind="incident", section="incidents", prefix="I", type=Incident),
    KindSpec(kind="incident_link", section="incident_links", prefix="IL", type=OtherRecord,
             references=("from", "to"), key=""),
    KindSpec(kind="act", section="acts", prefix="A", type=OtherRecord,
             references=("incident", "victim")),
    KindSpec(kind="involvement", section="involvements", prefix="AV", type=OtherRecord,
             references=("act", "perpetrator")),
    KindSpec(kind="information", section="information", prefix="N", type=OtherRecord,
             references=("incident", "act", "source", "evidence[]")),
    KindSpec(kind="intervention", section="interventions", prefix="V", type=OtherRecord,
             references=("incident", "intervening_party")),
    KindSpec(kind="evidence", section="evidence", prefix="E", type=Evidence,
             references=("source_person", "linked_incidents[]", "translation_of",
                         "osint.collector?")),
    KindSpec(kind="evidence_file", section="", prefix="EF", type=EvidenceFile,
             references=("evidence", "derived_from")),
    KindSpec(kind="custody_event", section="custody_events", prefix="C-", type=CustodyEvent,
             references=("evidence", "from?", "to?"), append_only=True),
    KindSpec(kind="consent", section="consents", prefix="CN", type=Consent,
             references=("person", "explained_by?", "interpreter?")),
    KindSpec(kind="interview", section="interviews", prefix="IV", type=OtherRecord,
             references=("interviewee", "interviewer", "interpreter?", "others_present[]?",
                         "consent", "output_evidence[]")),
    KindSpec(kind="proceeding", section="proceedings", prefix="PR", type=OtherRecord,
             references=("counsel?", "parent")),
    KindSpec(kind="proceeding_event", section="proceeding_events", prefix="PE", type=OtherRecord,
             references=("proceeding", "decided_by?", "evidence[]")),
    KindSpec(kind="deadline", section="deadlines", prefix="D", type=Deadline,
             references=("proceeding", "trigger_event")),
    KindSpec(kind="material_fact", section="material_facts", prefix="MF", type=OtherRecord,
             references=("evidence[]", "incidents[]", "coi[]")),
    KindSpec(kind="legal_ground", section="legal_grounds", prefix="LG", type=OtherRecord,
             references=("facts[]",)),
    KindSpec(kind="country_information", section="coi", prefix="COI", type=OtherRecord),
    KindSpec(kind="reason_code", section="redaction_reason_codes", prefix="RC", type=OtherRecord,
             key="code"),
    KindSpec(kind="disclosure_profile", section="redaction_profiles", prefix="RP-",
             type=DisclosureProfile,
             references=("rules[].except_persons[]", "rules[].category@person:")),
    KindSpec(kind="redaction_test", section="redaction_tests", prefix="RT", type=OtherRecord,
             references=("profile",)),
    KindSpec(kind="dossier", section="dossiers", prefix="DS", type=Dossier,
             references=("profile", "evidence[]")),
    KindSpec(kind="export", section="exports", prefix="X", type=OtherRecord,
             references=("by?", "dossier", "profile", "contents[]?", "consent_checked[]")),
    KindSpec(kind="task", section="tasks", prefix="T", type=OtherRecord,
             references=("assignee?",)),
    KindSpec(kind="note", section="notes", prefix="NT", type=OtherRecord),
)  # fmt: skip

KINDS: Final[dict[str, KindSpec]] = {spec.kind: spec for spec in _KINDS}
KIND_OF_TYPE: Final[dict[type[Record], str]] = {
    spec.type: spec.kind for spec in _KINDS if spec.type is not OtherRecord
}


def kind_of(record: Record) -> str:
    """Return the kind's name of any record."""
    if isinstance(record, OtherRecord):
        return record.kind
    return KIND_OF_TYPE[type(record)]


def kind_spec(kind: str) -> KindSpec:
    """Return what is known of a kind.

    Raises:
        UnknownKind: there is no such kind.
    """
    try:
        return KINDS[kind]
    except KeyError:
        raise UnknownKind(kind=kind[:40]) from None
