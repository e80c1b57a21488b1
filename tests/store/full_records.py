# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Records with every field of every type filled, made from the types themselves.

A field that is added to a type is in these strategies at once, and its test fails until the
table has a column for it.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from typing import Any

from hypothesis import strategies as st

from vault.domain import cases, consents, evidence, incidents, people, profiles
from vault.domain.records import KINDS, OtherRecord, Record
from vault.domain.values import LocalText

texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=8)
ids = st.uuids().map(str)
refs = st.from_regex(r"[A-Z]{1,2}[0-9]{1,3}", fullmatch=True)
local_texts = st.dictionaries(st.sampled_from(["ru", "en", "kk", "uz"]), texts, max_size=3).map(
    LocalText.from_mapping
)
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | texts | st.integers() | st.booleans(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=4,
)
customs = st.dictionaries(texts, json_values, max_size=2)
pairs = st.lists(st.tuples(texts, texts), max_size=2).map(tuple)

# The vocabularies that a CHECK of the schema holds to.
_WORDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("Case", "status"): cases.CASE_STATUSES,
    ("Person", "kind"): people.PERSON_KINDS,
    ("Person", "confidentiality"): people.CONFIDENTIALITY,
    ("PersonName", "type"): people.NAME_TYPES,
    ("Incident", "violation_status"): ("", *incidents.VIOLATION_STATUSES),
    ("Incident", "confidentiality"): people.CONFIDENTIALITY,
    ("Evidence", "category"): evidence.EVIDENCE_CATEGORIES,
    ("EvidenceFile", "purpose"): evidence.FILE_PURPOSES,
    ("CustodyEvent", "action"): evidence.CUSTODY_ACTIONS,
    ("Consent", "form"): consents.CONSENT_FORMS,
    ("Consent", "identity_use"): consents.IDENTITY_USES,
    ("DisclosureRule", "action"): profiles.ACTIONS,
}


def _of_field(owner: str, name: str, hint: Any) -> st.SearchStrategy[Any]:
    if (owner, name) in _WORDS:
        return st.sampled_from(_WORDS[owner, name])
    if name == "custom":
        return customs
    if (owner, name) == ("Case", "reference"):
        return texts.filter(bool)
    if name == "ref":
        return refs
    if name in {"id", "case_id"}:
        return ids
    return _of_hint(hint)


def _of_hint(hint: Any) -> st.SearchStrategy[Any]:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in {types.UnionType, typing.Union}:
        inner = next(one for one in arguments if one is not type(None))
        return st.none() | _of_hint(inner)
    if origin is tuple and typing.get_origin(arguments[0]) is tuple:
        return pairs
    if origin is tuple:
        return st.lists(_of_hint(arguments[0]), max_size=2).map(tuple)
    if dataclasses.is_dataclass(hint) and hint is not LocalText:
        return full(typing.cast("type", hint))
    simple: dict[Any, st.SearchStrategy[Any]] = {
        str: texts,
        bool: st.booleans(),
        int: st.integers(0, 2**53),
        LocalText: local_texts,
    }
    return simple[hint]


def full(type_: type) -> st.SearchStrategy[Any]:
    """Values of a dataclass with every field drawn."""
    hints = typing.get_type_hints(type_, localns={"JsonValue": object})
    return st.builds(
        type_,
        **{
            field.name: _of_field(type_.__name__, field.name, hints[field.name])
            for field in dataclasses.fields(type_)
        },
    )


OTHER_KINDS = [kind for kind, spec in KINDS.items() if spec.type is OtherRecord]
other_records = st.builds(
    OtherRecord, id=ids, case_id=ids, ref=refs, kind=st.sampled_from(OTHER_KINDS), body=customs
)
BY_KIND: dict[str, st.SearchStrategy[Record]] = {
    kind: full(spec.type) for kind, spec in KINDS.items() if spec.type is not OtherRecord
} | {"other": other_records}
