# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The `panah-case` format: one case with everything in it, as one JSON document.

`docs/formats/panah-case.md` is the document this module follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from vault.domain.bodies import from_body, to_body
from vault.domain.cases import Case
from vault.domain.errors import BadBody, CaseFileTooNew, NotACaseFile
from vault.domain.records import KINDS, KindSpec, Record, kind_of
from vault.domain.references import map_references
from vault.domain.values import JsonObject, JsonValue

FORMAT: Final = "panah-case"
FORMAT_VERSION: Final = 1
_KNOWN_FORMATS: Final = frozenset({FORMAT, "incident-case-sample"})
_HEADER: Final = "case_file"
_SECTIONS: Final = {spec.section: spec for spec in KINDS.values() if spec.section}


def records_of_case_file(document: JsonObject, new_id: Callable[[str, str], str]) -> list[Record]:
    """Return every record of a case file, the case first.

    `new_id(kind, ref)` gives each record its identity in the vault.

    Raises:
        NotACaseFile: this is another kind of JSON.
        CaseFileTooNew: a newer version of the format.
        BadBody, UnknownReference: a record is malformed; the error names section and field.
    """
    _check_header(document)
    found = list(_members(document))
    ids: dict[str, str] = {}
    for spec, ref, _ in found:
        if ref in ids:
            raise BadBody(field=f"{spec.section}.{ref}", reason="twice")
        ids[ref] = new_id(spec.kind, ref)
    case_id = ids[found[0][1]]
    records = []
    for spec, ref, body in found:
        mapped = map_references(spec, body, ids.get)
        try:
            record = from_body(spec.kind, mapped, record_id=ids[ref], case_id=case_id, ref=ref)
        except BadBody as error:
            raise BadBody(
                field=f"{spec.section}.{ref}.{error.details['field']}",
                reason=error.details["reason"],
            ) from error
        records.append(record)
    return records


def case_file_of_records(records: Iterable[Record]) -> JsonObject:
    """Return the case file that holds these records: the inverse of `records_of_case_file`."""
    records = list(records)
    refs = {record.id: record.ref for record in records}
    (case,) = (record for record in records if isinstance(record, Case))
    document: JsonObject = {"format": FORMAT, "format_version": FORMAT_VERSION}
    header = case.custom.get(_HEADER)
    if isinstance(header, dict):
        document |= header
    for section, spec in _SECTIONS.items():
        members = [
            _member(spec, record, refs) for record in records if kind_of(record) == spec.kind
        ]
        if section == "case":
            document["case"] = members[0]
        elif members:
            document[section] = list(members)
    return document


def _member(spec: KindSpec, record: Record, refs: dict[str, str]) -> JsonObject:
    body = map_references(spec, to_body(record), lambda target: refs.get(target, target))
    body.pop(_HEADER, None)
    return {spec.key: record.ref, **body} if spec.key else body


def _check_header(document: JsonObject) -> None:
    version = document.get("format_version")
    if document.get("format") not in _KNOWN_FORMATS or not isinstance(version, int):
        raise NotACaseFile
    if version > FORMAT_VERSION:
        raise CaseFileTooNew(found=version, known=FORMAT_VERSION)
    if not isinstance(document.get("case"), dict):
        raise NotACaseFile


def _members(document: JsonObject) -> Iterable[tuple[KindSpec, str, JsonObject]]:
    case = document["case"]
    assert isinstance(case, dict)  # noqa: S101 - checked in _check_header
    header: dict[str, JsonValue] = {
        key: value for key, value in document.items() if key != "case" and key not in _SECTIONS
    }
    yield _with_ref(KINDS["case"], {**case, _HEADER: header}, 1)
    for section, spec in _SECTIONS.items():
        members = document.get(section)
        if section == "case" or members is None:
            continue
        if not isinstance(members, list):
            raise BadBody(field=section, reason="not_a_list")
        for number, member in enumerate(members, 1):
            if not isinstance(member, dict):
                raise BadBody(field=f"{section}[{number - 1}]", reason="not_an_object")
            yield _with_ref(spec, member, number)


def _with_ref(spec: KindSpec, member: JsonObject, number: int) -> tuple[KindSpec, str, JsonObject]:
    if not spec.key:
        return spec, f"{spec.prefix}{number}", member
    ref = member.get(spec.key)
    if not isinstance(ref, str) or not ref:
        raise BadBody(field=f"{spec.section}[{number - 1}].{spec.key}", reason="missing")
    return spec, ref, {key: value for key, value in member.items() if key != spec.key}
