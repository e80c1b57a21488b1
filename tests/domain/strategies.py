# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Hypothesis strategies for records and their bodies."""

from __future__ import annotations

import dataclasses
from typing import Any

from hypothesis import strategies as st

from vault.domain.cases import Case
from vault.domain.consents import IDENTITY_USES, Consent
from vault.domain.dossiers import Deadline, Dossier
from vault.domain.evidence import CUSTODY_ACTIONS, CustodyEvent, Evidence, EvidenceFile
from vault.domain.incidents import Incident, Place
from vault.domain.people import Address, ContactPoint, Identifier, Person, PersonName
from vault.domain.profiles import ACTIONS, DisclosureProfile, DisclosureRule
from vault.domain.records import OtherRecord, Record
from vault.domain.values import LocalText

words = st.text(alphabet="абвгдеёжзийқңөұүһіЖЯabcXYZ019 -«»", max_size=12)
some_words = words.filter(bool)
local_texts = st.dictionaries(st.sampled_from(["ru", "en", "kk"]), some_words, max_size=3).map(
    LocalText.from_mapping
)
custom_keys = st.text(alphabet="qwz", min_size=3, max_size=6).map("x_".__add__)
json_values = st.recursive(
    some_words | st.integers(-(2**40), 2**40) | st.booleans(),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=2)
        | st.dictionaries(custom_keys, inner, min_size=1, max_size=2)
    ),
    max_leaves=4,
)
customs = st.dictionaries(custom_keys, json_values, max_size=2)
maybe = st.none() | st.booleans()
dates = st.sampled_from(["", "2023", "2023-03", "2023-03-17", "2023-03-17~", ".."])
refs = st.from_regex(r"[A-Z]{1,2}[0-9]{1,3}", fullmatch=True)
ids = st.uuids().map(str)


def tuples(of: st.SearchStrategy[Any], size: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=size).map(tuple)


names = st.builds(
    PersonName, family=words, given=words, patronymic=words, full=words, custom=customs
)
identifiers = st.builds(
    Identifier, type=some_words, value=some_words, issuer=local_texts, custom=customs
)
contacts = st.builds(ContactPoint, type=some_words, value=some_words, custom=customs)
addresses = st.builds(
    Address, type=some_words, text=local_texts, confidential=maybe, custom=customs
)


def _record(type_: type[Record], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    identity = {"id": ids, "case_id": ids, "ref": refs}
    known = {field.name for field in dataclasses.fields(type_)}
    if "custom" in known:
        fields["custom"] = customs
    return st.builds(type_, **identity, **fields)


persons = _record(
    Person,
    roles=tuples(st.sampled_from(["client", "witness", "official"])),
    names=tuples(names),
    date_of_birth=dates,
    place_of_birth=local_texts,
    citizenships=tuples(some_words),
    identifiers=tuples(identifiers),
    contacts=tuples(contacts),
    addresses=tuples(addresses),
    declension_ru=st.dictionaries(some_words, some_words, max_size=2).map(
        lambda forms: tuple(forms.items())
    ),
    default_pseudonym=local_texts,
)
cases = _record(
    Case, reference=some_words, title=local_texts, languages=tuples(some_words), client_id=ids
)
incidents = _record(
    Incident,
    title=local_texts,
    date_start=dates,
    date_end=dates,
    place=st.none()
    | st.builds(Place, country=some_words, admin=local_texts, locality=local_texts, custom=customs),
    description=local_texts,
    is_contextual=maybe,
    act_types_summary=tuples(some_words),
)
evidence = _record(
    Evidence,
    exhibit_no=words,
    title=local_texts,
    source_person_id=ids,
    linked_incident_ids=tuples(ids),
    size_bytes=st.none() | st.integers(0, 2**53),
    sensitive=maybe,
)
evidence_files = _record(
    EvidenceFile, evidence_id=ids, file_name=words, size_bytes=st.none() | st.integers(0, 2**53)
)
custody_events = _record(
    CustodyEvent,
    evidence_id=ids,
    action=st.sampled_from(CUSTODY_ACTIONS),
    at=dates.filter(bool),
    note=local_texts,
)
consents = _record(
    Consent,
    person_id=ids,
    purposes=tuples(some_words),
    not_allowed=tuples(some_words),
    identity_use=st.sampled_from(IDENTITY_USES),
    withdrawn_on=dates,
)
rules = st.builds(
    DisclosureRule,
    category=some_words,
    action=st.sampled_from(ACTIONS),
    reason=words,
    except_person_ids=tuples(ids),
    custom=customs,
)
profiles = _record(DisclosureProfile, title=local_texts, rules=tuples(rules))
dossiers = _record(Dossier, title=local_texts, evidence_ids=tuples(ids), profile_id=ids)
deadlines = _record(Deadline, due=dates, title=local_texts, user_verified=maybe)
other_records = st.builds(
    OtherRecord,
    id=ids,
    case_id=ids,
    ref=refs,
    kind=st.sampled_from(["act", "involvement", "task", "note"]),
    body=customs,
)

BY_TYPE: dict[type[Record], st.SearchStrategy[Any]] = {
    Person: persons,
    Case: cases,
    Incident: incidents,
    Evidence: evidence,
    EvidenceFile: evidence_files,
    CustodyEvent: custody_events,
    Consent: consents,
    DisclosureProfile: profiles,
    Dossier: dossiers,
    Deadline: deadlines,
    OtherRecord: other_records,
}
records: st.SearchStrategy[Record] = st.one_of(*BY_TYPE.values())
