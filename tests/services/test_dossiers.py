# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A dossier is published only when it hides what its profile hides."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.template_vault import REFERENCE, TemplateVault
from vault.domain.consents import Coverage
from vault.domain.values import JsonObject
from vault.exports.errors import NotAPdf
from vault.paths import demonstration_case, package_data
from vault.progress import Cancelled, Progress, Step
from vault.services import casework, dossiers, evidence, record_editing
from vault.services.errors import (
    LeakFound,
    NoSuchProfile,
    NoSuchRecord,
    PicturesUnconfirmed,
    TargetExists,
)
from vault.services.session import VaultSession


def case_file() -> JsonObject:
    document: JsonObject = json.loads(demonstration_case().read_text(encoding="utf-8"))
    return document


def built(session: VaultSession, ref: str, out: Path) -> dossiers.DossierResult:
    plan = dossiers.prepare_dossier(session, REFERENCE, ref)
    result = dossiers.build_dossier(plan, out, Progress())
    dossiers.record_dossier(session, plan, result)
    return result


def test_a_clean_dossier_is_published_and_audited(filled: TemplateVault, tmp_path: Path) -> None:
    out = tmp_path / "dossier.pdf"
    with filled.opened() as session:
        result = built(session, "DS2", out)
        with session.store.reader() as reader:
            entry = reader.audit_entries()[-1]
    assert out.read_bytes().startswith(b"%PDF-")
    assert entry.action == "dossier_exported"
    assert entry.facts["sha256"] == result.sha256
    assert result.pages > 10


def test_the_same_plan_gives_the_same_bytes(filled: TemplateVault, tmp_path: Path) -> None:
    with filled.opened() as session:
        plan = dossiers.prepare_dossier(session, REFERENCE, "DS2")
    first = dossiers.build_dossier(plan, tmp_path / "1.pdf", Progress())
    second = dossiers.build_dossier(plan, tmp_path / "2.pdf", Progress())
    assert first.sha256 == second.sha256


def test_a_page_of_another_client_withholds_the_dossier(
    filled: TemplateVault, tmp_path: Path
) -> None:
    out = tmp_path / "dossier.pdf"
    with filled.opened() as session:
        casework.new_case(session, "2026-9")
        record_editing.add_from_json(
            session,
            "2026-9",
            "person",
            {
                "roles": ["client"],
                "names": [{"family": "Зеленогорцев", "given": "Аркадий", "type": "legal"}],
                "contacts": [{"type": "phone", "value": "+7 000 555-99-31"}],
                "confidentiality": "secret",
            },
        )
        record_editing.edit_from_json(
            session,
            REFERENCE,
            "incident",
            "I12",
            {"description": {"ru": "Аркадий Зеленогорцев был с ним в камере."}},
        )
        plan = dossiers.prepare_dossier(session, REFERENCE, "DS2")
    with pytest.raises(LeakFound) as withheld:
        dossiers.build_dossier(plan, out, Progress())
    assert list(tmp_path.glob("*.pdf")) == []
    assert list(tmp_path.glob(".*")) == []
    assert "555" not in str(withheld.value)
    assert "Зеленогорцев" not in str(withheld.value)


def test_persons_without_a_consent_for_the_reader_are_named_and_hidden(
    filled: TemplateVault, tmp_path: Path
) -> None:
    with filled.opened() as session:
        plan = dossiers.prepare_dossier(session, REFERENCE, "DS2")
        result = dossiers.build_dossier(plan, tmp_path / "d.pdf", Progress())
    found = {person.ref: person.coverage for person in plan.blocked}
    assert found["P02"] is Coverage.FORBIDDEN
    assert found["P11"] in {Coverage.WITHDRAWN, Coverage.FORBIDDEN}
    assert found["P03"] is Coverage.NONE_RECORDED
    assert "P01" not in found
    assert not {"P05", "P06", "P07", "P08"} & set(found)
    assert result.blocked == plan.blocked
    for person in plan.blocked:
        assert person.ref in dossiers.blocked_text(person)


def test_a_withdrawn_consent_hides_at_the_next_export(filled: TemplateVault) -> None:
    with filled.opened() as session:
        record_editing.edit_from_json(
            session, REFERENCE, "consent", "CN1", {"withdrawn_on": "2026-02-01"}
        )
        plan = dossiers.prepare_dossier(session, REFERENCE, "DS2")
    assert {p.ref: p.coverage for p in plan.blocked}["P01"] is Coverage.WITHDRAWN


def test_an_unredacted_file_is_caught_by_the_check(filled: TemplateVault, tmp_path: Path) -> None:
    out = tmp_path / "handover.pdf"
    with filled.opened() as session:
        plan = dossiers.prepare_dossier(session, REFERENCE, "DS4")
        dossiers.build_dossier(plan, out, Progress())
    checked = dossiers.check_pdf(out, case_file(), "RP-PUBLIC", Progress())
    assert "P01" in {finding.person_ref for finding in checked.findings}
    assert dossiers.check_pdf(out, case_file(), "RP-HANDOVER", Progress()).findings == ()
    shown = " ".join(dossiers.finding_text(finding) for finding in checked.findings)
    assert "Вершков" not in shown


def test_the_name_of_the_file_is_checked_too(filled: TemplateVault, tmp_path: Path) -> None:
    with filled.opened() as session:
        plan = dossiers.prepare_dossier(session, REFERENCE, "DS2")
    with pytest.raises(LeakFound):
        dossiers.build_dossier(plan, tmp_path / "для Зимовченко.pdf", Progress())
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_cancelled_dossier_leaves_nothing(filled: TemplateVault, tmp_path: Path) -> None:
    with filled.opened() as session:
        plan = dossiers.prepare_dossier(session, REFERENCE, "DS2")
    progress = Progress()

    def stop_late(step: Step) -> None:
        if step.what == "dossier.leak_check":
            progress.cancel()

    progress = Progress(stop_late, min_interval=0)
    with pytest.raises(Cancelled):
        dossiers.build_dossier(plan, tmp_path / "d.pdf", progress)
    assert [path.name for path in tmp_path.iterdir()] == [filled.folder.name]


def test_what_cannot_be_built_is_said_by_name(filled: TemplateVault, tmp_path: Path) -> None:
    taken = tmp_path / "taken.pdf"
    taken.write_bytes(b"mine")
    with filled.opened() as session:
        with pytest.raises(NoSuchRecord):
            dossiers.prepare_dossier(session, REFERENCE, "DS9")
        with pytest.raises(NoSuchProfile):
            dossiers.prepare_dossier(session, REFERENCE, "DS2", profile_ref="RP-NONE")
        plan = dossiers.prepare_dossier(session, REFERENCE, "DS2")
    with pytest.raises(TargetExists):
        dossiers.build_dossier(replace(plan, other_cases=()), taken, Progress())
    assert taken.read_bytes() == b"mine"
    with pytest.raises(NotAPdf):
        dossiers.check_pdf(taken, case_file(), "RP-PUBLIC", Progress())


def test_pictures_that_nobody_looked_at_withhold_the_dossier(
    filled: TemplateVault, tmp_path: Path
) -> None:
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(package_data("demo_case", "files", "E03.jpg").read_bytes())
    out = tmp_path / "dossier.pdf"
    with filled.opened() as session:
        evidence.add_file_to_case(
            session, REFERENCE, photo, to="E03", received_from="", method="", progress=Progress()
        )
        record_editing.edit_from_json(session, REFERENCE, "dossier", "DS1", {"evidence": ["E03"]})
        plan = dossiers.prepare_dossier(session, REFERENCE, "DS1")
    assert plan.pictures == ("C-1",)
    with pytest.raises(PicturesUnconfirmed) as withheld:
        dossiers.build_dossier(plan, out, Progress())
    assert withheld.value.details == {"exhibits": "C-1"}
    assert not out.exists()
    result = dossiers.build_dossier(plan, out, Progress(), pictures_confirmed=True)
    assert [item.exhibit_no for item in result.rendered.needs_confirmation] == ["C-1"]
    assert b"Fictional Phone Works" not in out.read_bytes()
    assert b"Fictional Phone Works" in photo.read_bytes()
