# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the first screen of a case says, worked out from its records alone."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from vault.domain import edtf
from vault.domain.dossiers import Deadline
from vault.domain.evidence import EvidenceFile
from vault.domain.people import Person
from vault.domain.records import OtherRecord
from vault.domain.snapshot import CaseSnapshot
from vault.domain.values import LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Something the case lacks; `what` is a code, `count` how often."""

    what: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Where the client is, what comes next, what was filed last, what is missing."""

    client: Person | None
    whereabouts: LocalText
    whereabouts_type: str
    safe_contact: str
    next_deadline: Deadline | None
    next_hearing: OtherRecord | None
    last_filing: OtherRecord | None
    missing: tuple[Missing, ...]


def overview(snapshot: CaseSnapshot, today: datetime.date) -> Overview:
    """Work the first screen out for the day `today`."""
    client = snapshot.person(snapshot.case.client_id)
    kind, place = _whereabouts(client)
    return Overview(
        client=client,
        whereabouts=place,
        whereabouts_type=kind,
        safe_contact=_safe_contact(client),
        next_deadline=_next_deadline(snapshot),
        next_hearing=_next_hearing(snapshot, today),
        last_filing=max(snapshot.of_kind("export"), key=_at, default=None),
        missing=_missing(snapshot),
    )


def _whereabouts(client: Person | None) -> tuple[str, LocalText]:
    """A place of detention weighs more than an address: it is where the lawyer must go."""
    addresses = client.addresses if client is not None else ()
    for kind in ("place_of_detention", "current"):
        for address in addresses:
            if address.type == kind:
                return kind, address.text
    return (addresses[0].type, addresses[0].text) if addresses else ("", LocalText())


def _safe_contact(client: Person | None) -> str:
    contacts = client.contacts if client is not None else ()
    for contact in contacts:
        if contact.custom.get("safe"):
            return contact.value
    return next((contact.value for contact in contacts if contact.type == "phone"), "")


def _next_deadline(snapshot: CaseSnapshot) -> Deadline | None:
    open_ones = [
        item for item in snapshot.deadlines if item.status == "open" and edtf.is_valid(item.due)
    ]
    return min(open_ones, key=lambda item: edtf.parse(item.due).sort_key(), default=None)


def _next_hearing(snapshot: CaseSnapshot, today: datetime.date) -> OtherRecord | None:
    coming = [
        event
        for event in snapshot.of_kind("proceeding_event")
        if event.body.get("kind") == "hearing" and _day(event) >= today.isoformat()
    ]
    return min(coming, key=_at, default=None)


def _missing(snapshot: CaseSnapshot) -> tuple[Missing, ...]:
    with_files = {file.evidence_id for file in snapshot.files if _has_bytes(file)}
    consenting = {consent.person_id for consent in snapshot.consents}
    needing = {"client", "family_member", "witness", "source", "minor"}
    found = (
        Missing(what="client", count=int(snapshot.person(snapshot.case.client_id) is None)),
        Missing(
            what="consent",
            count=sum(
                1
                for person in snapshot.persons
                if needing & set(person.roles) and person.id not in consenting
            ),
        ),
        Missing(
            what="file",
            count=sum(1 for item in snapshot.evidence if item.id not in with_files),
        ),
        Missing(
            what="deadline_check",
            count=sum(
                1 for item in snapshot.deadlines if item.status == "open" and not item.user_verified
            ),
        ),
    )
    return tuple(item for item in found if item.count)


def _has_bytes(file: EvidenceFile) -> bool:
    return bool(file.sha256)


def _at(record: OtherRecord) -> str:
    return str(record.body.get("at") or "")


def _day(record: OtherRecord) -> str:
    return _at(record)[:10]
