# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Records as JSON by reference: what the command line and imports work with."""

from __future__ import annotations

import uuid

from vault.domain.bodies import from_body, to_body
from vault.domain.errors import BadBody
from vault.domain.records import KINDS, Record, kind_of, kind_spec
from vault.domain.references import map_references
from vault.domain.values import JsonObject
from vault.services import casework
from vault.services.session import VaultSession
from vault.store.history import RecordVersion


def add_from_json(
    session: VaultSession, case_reference: str, kind: str, body: JsonObject, *, ref: str = ""
) -> str:
    """Add a record whose body points at others by reference (`P01`); return its reference.

    Raises:
        NoSuchCase, UnknownReference, BadBody, InvalidRecord; CaseExists for a case.
    """
    if kind == "case":
        reference = body.get("reference")
        if not isinstance(reference, str) or not reference:
            raise BadBody(field="reference", reason="missing")
        return casework.new_case(session, reference, body).reference
    ids = _ids_by_ref(session, case_reference)
    mapped = map_references(kind_spec(kind), _without_key(kind, body), ids.get)
    case_id = ids[""]
    if not ref:
        return casework.new_record(session, kind, case_id, mapped).ref
    if ref in ids:
        raise BadBody(field=f"{kind}.{ref}", reason="twice")
    record = from_body(kind, mapped, record_id=str(uuid.uuid4()), case_id=case_id, ref=ref)
    casework.save_record(session, record)
    return ref


def edit_from_json(
    session: VaultSession, case_reference: str, kind: str, ref: str, members: JsonObject
) -> tuple[str, ...]:
    """Replace the given members of a record (null clears one); return the names that changed."""
    record = casework.record_by_ref(session, case_reference, kind, ref)
    ids = _ids_by_ref(session, case_reference)
    mapped = map_references(kind_spec(kind), _without_key(kind, members), ids.get)
    before = to_body(record)
    after: JsonObject = {**before, **mapped}
    changed = tuple(sorted(
        key for key in {*before, *after} if before.get(key) != after.get(key)
    ))  # fmt: skip
    if changed:
        casework.save_record(
            session,
            from_body(kind, after, record_id=record.id, case_id=record.case_id, ref=record.ref),
        )
    return changed


def as_json(
    session: VaultSession, case_reference: str, kind: str, ref: str | None
) -> tuple[JsonObject, ...]:
    """Return one record, or all of a kind, in the members of the case format."""
    with session.store.reader() as reader:
        case = reader.case_by_reference(case_reference)
        records = reader.records(case.id)
    refs = {record.id: record.ref for record in records}
    if ref is not None:
        chosen: list[Record] = [casework.record_by_ref(session, case_reference, kind, ref)]
    else:
        chosen = [record for record in records if kind_of(record) == kind]
    return tuple(_member(record, refs) for record in chosen)


def history(session: VaultSession, case_reference: str, kind: str, ref: str) -> list[RecordVersion]:
    """Return the versions of a record, the oldest first."""
    record = casework.record_by_ref(session, case_reference, kind, ref)
    return casework.record_history(session, record.id)


def seal(session: VaultSession, case_reference: str, kind: str, ref: str) -> None:
    """Seal a record by its reference."""
    record = casework.record_by_ref(session, case_reference, kind, ref)
    casework.seal_record(session, record.id)


def _member(record: Record, refs: dict[str, str]) -> JsonObject:
    spec = KINDS[kind_of(record)]
    body = map_references(spec, to_body(record), lambda target: refs.get(target, target))
    return {spec.key or "id": record.ref, **body}


def _without_key(kind: str, body: JsonObject) -> JsonObject:
    key = kind_spec(kind).key or "id"
    return {name: value for name, value in body.items() if name != key}


def _ids_by_ref(session: VaultSession, case_reference: str) -> dict[str, str]:
    with session.store.reader() as reader:
        case = reader.case_by_reference(case_reference)
        return {"": case.id} | {record.ref: record.id for record in reader.records(case.id)}
