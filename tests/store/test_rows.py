# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rows rebuild the exact record, whatever stands in its fields."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.casework import Keys
from tests.store.full_records import BY_KIND, local_texts
from vault.domain.records import Record, kind_of
from vault.domain.values import LocalText
from vault.store.connection import Database
from vault.store.rows.columns import ids_json, local_text, to_local_text
from vault.store.rows.tables import TABLES
from vault.store.vault import VaultStore


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database whose transactions never end, so that records may point anywhere."""
    keys, folder = Keys.new(), tmp_path_factory.mktemp("rows") / "rows.panah"
    VaultStore.create(folder, keys.vault_id, keys.vmk).close()
    with keys.database(folder) as db:
        yield db


class _Undo(Exception):
    """Leaves a transaction without keeping anything of it."""


def _add(db: Database, record: Record) -> None:
    kind = kind_of(record)
    db.run(
        "INSERT INTO record (id, case_id, kind, ref, head, updated_at) VALUES (?, ?, ?, ?, '', '')",
        (record.id, record.case_id, kind, record.ref),
    )
    TABLES[kind].add(db, record)


def _stored_and_read(db: Database, record: Record) -> Record:
    read: list[Record] = []
    kind = kind_of(record)
    with contextlib.suppress(_Undo), db.writing():
        _add(db, record)
        read.extend(TABLES[kind].load(db, ids_json([record.id])))
        raise _Undo
    (found,) = read
    return found


@pytest.mark.parametrize("kind", sorted(BY_KIND))
@given(data=st.data())
def test_every_record_comes_back_as_it_went(bare: Database, kind: str, data: st.DataObject) -> None:
    record = data.draw(BY_KIND[kind])

    assert _stored_and_read(bare, record) == record


@given(local_texts)
def test_texts_in_several_languages_keep_their_order(text: LocalText) -> None:
    assert to_local_text(local_text(text)) == text


def test_every_kind_has_a_table_and_every_typed_table_is_drawn_here() -> None:
    typed = {kind for kind in BY_KIND if kind != "other"}

    assert typed == {
        "case", "person", "incident", "evidence", "evidence_file", "custody_event", "consent",
        "disclosure_profile", "dossier", "deadline",
    }  # fmt: skip


_LEFT = """
SELECT
    (SELECT count(*) FROM person_name) + (SELECT count(*) FROM identifier)
    + (SELECT count(*) FROM contact_point) + (SELECT count(*) FROM address)
    + (SELECT count(*) FROM record_list) + (SELECT count(*) FROM disclosure_rule)
    + (SELECT count(*) FROM disclosure_exception) + (SELECT count(*) FROM incident_place)
    + (SELECT count(*) FROM evidence_incident) + (SELECT count(*) FROM dossier_exhibit)
"""


@pytest.mark.parametrize("kind", sorted(set(BY_KIND) - {"custody_event"}))
@given(data=st.data())
def test_removing_a_record_leaves_nothing_of_it(
    bare: Database, kind: str, data: st.DataObject
) -> None:
    record = data.draw(BY_KIND[kind])
    kind = kind_of(record)
    counts: list[int] = []

    with contextlib.suppress(_Undo), bare.writing():
        _add(bare, record)
        TABLES[kind].remove(bare, record.id)
        counts.append(bare.value(_LEFT))
        counts.append(len(TABLES[kind].load(bare, ids_json([record.id]))))
        raise _Undo

    assert counts == [0, 0]
