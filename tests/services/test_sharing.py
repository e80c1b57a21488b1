# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case goes to a colleague and comes back, and nothing is taken in that should not be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.template_vault import REFERENCE, TemplateVault, fingerprints, new_vault
from vault.domain.canonical import canonical_bytes
from vault.progress import Progress
from vault.services import bundle_import, bundles, case_files, contacts, evidence, record_editing
from vault.services.errors import (
    BundleOlder,
    BundleRedacted,
    BundleReplayed,
    CodeDoesNotMatch,
    ContactKeyChanged,
    NoSuchContact,
)
from vault.services.session import VaultSession
from vault.sharing.bundle_write import BundleContents, write_bundle
from vault.sharing.errors import BundleDamaged, CardSignatureBad, NotForMe

COLLEAGUE = "Борис Тестов"


@dataclass
class Desk:
    """Two vaults whose owners know each other."""

    own: TemplateVault
    other: TemplateVault
    out: Path

    @contextmanager
    def both(self) -> Iterator[tuple[VaultSession, VaultSession]]:
        with self.own.opened() as own, self.other.opened() as other:
            yield own, other


def bundle(session: VaultSession, out: Path, to: str = COLLEAGUE) -> Path:
    plan = bundles.prepare_bundle(session, REFERENCE, [to], purpose="проверка")
    result = bundles.write_bundle(session, plan, out, Progress())
    bundles.record_bundle(session, plan, result)
    return out


@pytest.fixture(scope="module")
def _known_desk(_template_vault: TemplateVault, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    out = tmp_path_factory.mktemp("desk")
    own = _template_vault.copied_to(out / "own.panah")
    made = Desk(own, new_vault(out / "colleague.panah", COLLEAGUE), out)
    with made.both() as (here, there):
        for one, two in ((here, there), (there, here)):
            card = contacts.own_card(two)
            contacts.verify_contact(one, contacts.add_contact(one, card.text).id, card.code)
    return made


@pytest.fixture
def desk(_known_desk: Desk, tmp_path: Path) -> Desk:
    return Desk(
        _known_desk.own.copied_to(tmp_path / "own.panah"),
        _known_desk.other.copied_to(tmp_path / "colleague.panah"),
        tmp_path,
    )


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> TemplateVault:
    """A vault whose owner bears the colleague's name and has other keys."""
    return new_vault(tmp_path_factory.mktemp("stranger") / "stranger.panah", COLLEAGUE)


def test_the_second_vault_has_the_same_case_and_files(desk: Desk) -> None:
    with desk.both() as (own, other):
        path = bundle(own, desk.out / "case.panah.age")
        report = bundle_import.import_bundle(other, path, Progress())
        here = case_files.export_case(own, REFERENCE)
        there = case_files.export_case(other, REFERENCE)
        files = evidence.verify_files(other, REFERENCE, (), Progress())
    assert canonical_bytes(here) == canonical_bytes(there)
    assert len(files) == 13
    assert all(item.ok for item in files)
    assert (report.updated, report.conflicts, report.relayed) == (0, (), 0)
    assert report.sender_verified


def test_what_was_changed_since_comes_over_and_what_was_changed_here_stays(desk: Desk) -> None:
    with desk.both() as (own, other):
        bundle_import.import_bundle(other, bundle(own, desk.out / "1.age"), Progress())
        record_editing.edit_from_json(own, REFERENCE, "person", "P01", {"civil_status": "single"})
        record_editing.edit_from_json(own, REFERENCE, "person", "P02", {"sex": "other"})
        record_editing.edit_from_json(other, REFERENCE, "person", "P02", {"civil_status": "x"})
        report = bundle_import.import_bundle(other, bundle(own, desk.out / "2.age"), Progress())
        (first,) = record_editing.as_json(other, REFERENCE, "person", "P01")
        (second,) = record_editing.as_json(other, REFERENCE, "person", "P02")
        versions = record_editing.history(other, REFERENCE, "person", "P02")
    assert (report.added, report.updated, report.conflicts) == (0, 1, ("P02",))
    assert first["civil_status"] == "single"
    assert second["civil_status"] == "x"
    assert len(versions) == 3
    assert {version.author_name for version in versions} == {"Айжан Тестовая", COLLEAGUE}


def test_a_bundle_is_not_taken_in_twice(desk: Desk) -> None:
    with desk.both() as (own, other):
        path = bundle(own, desk.out / "case.age")
        bundle_import.import_bundle(other, path, Progress())
        with pytest.raises(BundleReplayed):
            bundle_import.import_bundle(other, path, Progress())


def test_an_older_bundle_needs_to_be_wanted(desk: Desk) -> None:
    with desk.both() as (own, other):
        first = bundle(own, desk.out / "1.age")
        second = bundle(own, desk.out / "2.age")
        bundle_import.import_bundle(other, second, Progress())
        with pytest.raises(BundleOlder):
            bundle_import.import_bundle(other, first, Progress())
        report = bundle_import.import_bundle(other, first, Progress(), allow_older=True)
    assert report.added == 0


def test_a_bundle_for_somebody_else_is_refused(desk: Desk, stranger: TemplateVault) -> None:
    with desk.both() as (own, _other), stranger.opened() as third:
        path = bundle(own, desk.out / "case.age")
        with pytest.raises(NotForMe):
            bundle_import.inspect_bundle(third, path)
        with pytest.raises(NotForMe):
            bundle_import.import_bundle(third, path, Progress())


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.999])
def test_a_bundle_that_was_changed_leaves_nothing(desk: Desk, share: float) -> None:
    with desk.both() as (own, other):
        path = bundle(own, desk.out / "case.age")
        content = bytearray(path.read_bytes())
        content[int(len(content) * share)] ^= 1
        path.write_bytes(content)
        before = fingerprints(desk.other.folder / "objects")
        with pytest.raises(BundleDamaged):
            bundle_import.import_bundle(other, path, Progress())
        assert fingerprints(desk.other.folder / "objects") == before
        assert bundle_import.inspect_outside(path).recipients == 1
        with other.store.reader() as reader:
            assert reader.cases() == []


def test_the_sender_is_shown_before_anything_is_taken_in(desk: Desk) -> None:
    with desk.both() as (own, other):
        shown = bundle_import.inspect_bundle(other, bundle(own, desk.out / "case.age"))
        with other.store.reader() as reader:
            assert reader.cases() == []
    assert shown.sender_name == "Айжан Тестовая"
    assert shown.sender_verified
    assert shown.purpose == "проверка"
    assert shown.encryption == "mlkem768x25519"


def test_a_card_that_was_changed_is_refused(desk: Desk) -> None:
    with desk.both() as (own, other):
        card = contacts.own_card(other).text.replace(COLLEAGUE, "Другой Тестов")
        with pytest.raises(CardSignatureBad):
            contacts.add_contact(own, card)


def test_a_changed_key_is_never_accepted_silently(desk: Desk, stranger: TemplateVault) -> None:
    with desk.both() as (own, _other), stranger.opened() as session:
        with pytest.raises(ContactKeyChanged):
            contacts.add_contact(own, contacts.own_card(session).text)
        assert [row.verified for row in contacts.list_contacts(own)] == [True]


def test_wrong_digits_do_not_verify(filled: TemplateVault, stranger: TemplateVault) -> None:
    with filled.opened() as session, stranger.opened() as there:
        card = contacts.own_card(there)
        contacts.add_contact(session, card.text)
        with pytest.raises(CodeDoesNotMatch):
            contacts.verify_contact(session, COLLEAGUE, card.code[:-1] + "x")
        assert not contacts.list_contacts(session)[0].verified
        plan = bundles.prepare_bundle(session, REFERENCE, [COLLEAGUE])
        assert plan.unverified == (COLLEAGUE,)
        with pytest.raises(NoSuchContact):
            bundles.prepare_bundle(session, REFERENCE, ["Никто"])


def test_a_redacted_bundle_is_never_merged(desk: Desk) -> None:
    with desk.both() as (own, other):
        plan = bundles.prepare_bundle(own, REFERENCE, [COLLEAGUE])
        path = desk.out / "redacted.age"
        with path.open("wb") as sink:
            write_bundle(
                BundleContents(
                    bundle_id=plan.bundle_id,
                    created=plan.created,
                    sequences=plan.sequences,
                    records=plan.records,
                    redacted=True,
                ),
                own.identity,
                plan.cards,
                sink,
            )
        with pytest.raises(BundleRedacted):
            bundle_import.import_bundle(other, path, Progress())
        with other.store.reader() as reader:
            assert reader.cases() == []
