# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Records to JSON bodies and back: what is hashed, signed, searched and interchanged.

A body has the member names of the case format; what a type does not know is kept in its
`custom` map, so that nothing another program wrote is dropped. `from_body` and `to_body` are
inverse up to absent values (`canonical.is_absent`).
"""

from __future__ import annotations

import dataclasses
import types
import typing
from functools import cache
from typing import Any, Final

from vault.domain.canonical import is_absent
from vault.domain.errors import BadBody
from vault.domain.records import OtherRecord, Record, kind_spec
from vault.domain.values import JsonObject, JsonValue, LocalText

_OUTSIDE_BODY: Final = frozenset({"id", "case_id", "ref", "custom"})
_KEYS: Final = {
    "client_id": "client",
    "lead_lawyer_id": "lead_lawyer",
    "source_person_id": "source_person",
    "linked_incident_ids": "linked_incidents",
    "translation_of_id": "translation_of",
    "evidence_id": "evidence",
    "evidence_ids": "evidence",
    "derived_from_id": "derived_from",
    "from_person_id": "from",
    "to_person_id": "to",
    "person_id": "person",
    "explained_by_id": "explained_by",
    "interpreter_id": "interpreter",
    "except_person_ids": "except_persons",
    "profile_id": "profile",
    "proceeding_id": "proceeding",
    "trigger_event_id": "trigger_event",
}
_PAIRS: Final = tuple[tuple[str, str], ...]


def to_body(record: Record) -> JsonObject:
    """Return the record's body; its ids are not in it."""
    if isinstance(record, OtherRecord):
        return dict(record.body)
    return _dump(record, outside=_OUTSIDE_BODY)


def from_body(kind: str, body: JsonObject, *, record_id: str, case_id: str, ref: str) -> Record:
    """Make a record of `kind` from its body.

    Raises:
        UnknownKind: there is no such kind.
        BadBody: a member has the wrong shape; `field` is its path.
    """
    spec = kind_spec(kind)
    identity = {"id": record_id, "case_id": case_id, "ref": ref}
    if spec.type is OtherRecord:
        return OtherRecord(kind=kind, body=dict(body), **identity)
    return typing.cast("Record", _load(spec.type, body, "", identity))


def _dump(value: Any, *, outside: frozenset[str]) -> JsonObject:
    body: JsonObject = dict(value.custom)
    for field in dataclasses.fields(value):
        if field.name in outside or field.name == "custom":
            continue
        dumped = _dump_value(getattr(value, field.name))
        if not is_absent(dumped):
            body[_KEYS.get(field.name, field.name)] = dumped
    return body


def _dump_value(value: object) -> JsonValue:
    if isinstance(value, LocalText):
        return {language: text for language, text in value.entries if text}
    if isinstance(value, tuple):
        if value and all(isinstance(item, tuple) for item in value):
            return {str(key): str(text) for key, text in value}
        return [_dump_value(item) for item in value]
    if isinstance(value, str | bool | int) or value is None:
        return value
    return _dump(value, outside=frozenset())


@cache
def _hints(cls: type) -> dict[str, Any]:
    # The recursive JSON alias of `custom` is never looked at, so any name will do for it.
    return typing.get_type_hints(cls, localns={"JsonValue": object})


def _load(cls: type, body: JsonObject, path: str, identity: dict[str, str]) -> object:
    hints = _hints(cls)
    taken: dict[str, Any] = dict(identity)
    used: set[str] = set()
    for field in dataclasses.fields(cls):
        if field.name in taken or field.name == "custom":
            continue
        key = _KEYS.get(field.name, field.name)
        used.add(key)
        found = body.get(key)
        if is_absent(found):
            if field.default is dataclasses.MISSING:
                raise BadBody(field=f"{path}{key}", reason="missing")
            continue
        taken[field.name] = _load_value(hints[field.name], found, f"{path}{key}")
    custom = {key: item for key, item in body.items() if key not in used and not is_absent(item)}
    return cls(custom=custom, **taken)


def _load_value(hint: Any, found: JsonValue, path: str) -> object:
    origin = typing.get_origin(hint)
    if origin is types.UnionType or origin is typing.Union:
        hint = next(arg for arg in typing.get_args(hint) if arg is not type(None))
        origin = typing.get_origin(hint)
    if hint is LocalText:
        return _load_text(found, path)
    if hint == _PAIRS:
        return _load_text(found, path).entries
    if origin is tuple:
        if not isinstance(found, list):
            raise BadBody(field=path, reason="not_a_list")
        item_hint = typing.get_args(hint)[0]
        return tuple(_load_value(item_hint, item, f"{path}[{n}]") for n, item in enumerate(found))
    if dataclasses.is_dataclass(hint):
        if not isinstance(found, dict):
            raise BadBody(field=path, reason="not_an_object")
        return _load(typing.cast("type", hint), found, f"{path}.", {})
    if type(found) is not hint:
        raise BadBody(field=path, reason=f"not_{hint.__name__}")
    return found


def _load_text(found: JsonValue, path: str) -> LocalText:
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        raise BadBody(field=path, reason="not_a_text_by_language")
    return LocalText(tuple((language, str(text)) for language, text in found.items() if text))
