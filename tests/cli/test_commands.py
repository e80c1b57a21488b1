# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every command does its work, says it as lines and as JSON, and leaves with the right code."""

from __future__ import annotations

import hashlib
import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.template_vault import PASSPHRASE, REFERENCE, TemplateVault, fingerprints
from vault.domain.canonical import canonical_bytes
from vault.paths import demonstration_case

Words = list[str | Path]


@pytest.fixture
def case_json(tmp_path: Path) -> Path:
    path = tmp_path / "case.json"
    path.write_bytes(demonstration_case().read_bytes())
    return path


def test_a_vault_is_created_and_its_recovery_code_opens_it(
    run: Run, secret: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "new.panah"
    made = run(
        "vault", "create", folder, "--passphrase-file", secret, "--keyring", "none",
        "--kdf", "floor", "--json",
    )  # fmt: skip
    assert made.code == 0
    code = tmp_path / "code.txt"
    code.write_text(made.json["recovery_code"].lower().replace("-", " "), encoding="utf-8")
    opened = run("vault", "unlock-test", folder, "--recovery", "--passphrase-file", code)
    assert (opened.code, "opens" in opened.out) == (0, True)
    info = run("vault", "info", folder, "--json").json
    assert {slot["type"] for slot in info["slots"]} == {"passphrase", "recovery"}
    again = run("vault", "create", folder, "--passphrase-file", secret, "--keyring", "none")
    assert again.code == 1


def test_a_passphrase_never_shows(run: Run, filled: TemplateVault, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("секретная-канарейка", encoding="utf-8")
    said = run("vault", "check", filled.folder, "--passphrase-file", wrong, "--json")
    assert said.code == 1
    assert said.json["error"] == "keys.wrong_passphrase"
    assert "канарейка" not in said.out + said.err
    assert PASSPHRASE not in said.out + said.err


def test_the_passphrase_comes_from_standard_input(
    run: Run, filled: TemplateVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.TextIOWrapper(io.BytesIO(PASSPHRASE.encode() + b"\r\n"), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", stream)
    assert run("vault", "unlock-test", filled.folder, "--passphrase-file", "-").code == 0


def test_check_backup_restore_and_rescue(
    run: Run, filled: TemplateVault, secret: Path, tmp_path: Path
) -> None:
    key = ["--passphrase-file", secret]
    made = run("vault", "backup", filled.folder, "--to", tmp_path / "b", *key, "--json").json
    restored = tmp_path / "restored.panah"
    assert run("vault", "restore", restored, "--from", made["backup"], *key).code == 0
    assert run("vault", "check", restored, *key, "--json").json["ok"] is True
    rescued = tmp_path / "rescued.panah"
    saved = run("vault", "rescue", filled.folder, "--to", rescued, *key, "--json").json
    assert saved["lost"] == []
    checked = run("vault", "check", rescued, *key, "--json").json
    assert checked["problems"] == []
    assert checked["objects"] == 13


def test_a_damaged_vault_fails_its_check_by_place(
    run: Run, filled: TemplateVault, secret: Path
) -> None:
    victim = next(path for path in (filled.folder / "objects").rglob("*") if path.is_file())
    victim.write_bytes(victim.read_bytes()[:-1])
    said = run("vault", "check", filled.folder, "--passphrase-file", secret, "--json")
    assert said.code == 1
    assert len(said.json["problems"]) == 1


def test_records_are_added_edited_shown_and_sealed(
    run: Run, vault: Words, case: Words, tmp_path: Path
) -> None:
    body = tmp_path / "body.json"
    body.write_text(json.dumps({"title": {"ru": "Отказ"}, "date_start": "2026-02"}), "utf-8")
    ref = run(
        "record", "add", *vault, *case, "incident", "--json-file", body, "--json"
    ).json["ref"]  # fmt: skip
    body.write_text(json.dumps({"date_start": "2026-03"}), "utf-8")
    edited = run(
        "record", "edit", *vault, *case, "incident", "--ref", ref, "--json-file", body, "--json"
    )
    assert edited.json == {"changed": ["date_start"]}
    shown = run("record", "show", *vault, *case, "incident", "--ref", ref, "--json").json
    assert shown["records"][0]["date_start"] == "2026-03"
    versions = run("record", "history", *vault, *case, "incident", "--ref", ref, "--json").json
    assert len(versions["versions"]) == 2
    assert run("record", "seal", *vault, *case, "incident", "--ref", ref).code == 0
    refused = run(
        "record", "edit", *vault, *case, "incident", "--ref", ref, "--json-file", body, "--json"
    )
    assert refused.code == 0  # the same content again changes nothing
    body.write_text(json.dumps({"date_start": "2026-04"}), "utf-8")
    refused = run(
        "record", "edit", *vault, *case, "incident", "--ref", ref, "--json-file", body, "--json"
    )
    assert (refused.code, refused.json["error"]) == (1, "store.record_sealed")


def test_bad_input_is_named_and_changes_nothing(
    run: Run, vault: Words, case: Words, filled: TemplateVault, tmp_path: Path
) -> None:
    body = tmp_path / "body.json"
    body.write_text('{"title": {"ru": "x"}, "date_start": "12.03.2026"}', "utf-8")
    said = run("record", "add", *vault, *case, "incident", "--json-file", body)
    assert said.code == 1
    assert "date_start" in said.err
    body.write_text("{not json", "utf-8")
    said = run("record", "add", *vault, *case, "incident", "--json-file", body)
    assert (said.code, "line 1" in said.err) == (1, True)
    body.write_text("[]", "utf-8")
    assert run("record", "add", *vault, *case, "incident", "--json-file", body).code == 2
    assert run("record", "add", *vault, "incident", "--json-file", body).code == 2


def test_a_case_goes_in_and_comes_out_the_same(
    run: Run, secret: Path, case_json: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "fresh.panah"
    run("vault", "create", folder, "--passphrase-file", secret, "--keyring", "none", "--kdf",
        "floor")  # fmt: skip
    vault = ["--vault", folder, "--passphrase-file", secret]
    imported = run("case", "import", *vault, case_json, "--json").json
    assert imported["imported"]["person"] == 14
    out = tmp_path / "out.json"
    assert run("case", "export", *vault, "--case", REFERENCE, "--out", out).code == 0
    assert canonical_bytes(json.loads(out.read_text("utf-8"))) == canonical_bytes(
        json.loads(case_json.read_text("utf-8"))
    )
    again = run("case", "import", *vault, case_json, "--json")
    assert (again.code, again.json["error"]) == (1, "services.case_exists")
    assert run("case", "export", *vault, "--case", REFERENCE, "--out", out).code == 1


def test_cases_are_listed_and_shown(run: Run, vault: Words, case: Words) -> None:
    assert run("case", "list", *vault, "--json").json["cases"][0]["persons"] == 14
    assert REFERENCE in run("case", "list", *vault).out
    assert run("case", "show", *vault, *case, "--json").json["counts"]["incident"] == 16
    assert run("case", "show", *vault, "--case", "none").code == 1


def test_evidence_is_added_listed_extracted_and_verified(
    run: Run, vault: Words, case: Words, tmp_path: Path
) -> None:
    path = tmp_path / "фото.bin"
    path.write_bytes(b"\x00\x01")
    added = run("evidence", "add", *vault, *case, path, "--from", "P02", "--json").json["added"]
    assert added[0]["sha256"] == hashlib.sha256(b"\x00\x01").hexdigest()
    listed = run("evidence", "list", *vault, *case, "--json").json["evidence"]
    assert added[0]["evidence"] in {row["ref"] for row in listed}
    out = tmp_path / "out"
    taken = run("evidence", "extract", *vault, *case, added[0]["evidence"], "--out", out, "--json")
    (written,) = taken.json["written"]
    assert Path(written).read_bytes() == b"\x00\x01"
    assert run("evidence", "verify", *vault, *case, "--json").json == {"checked": 14, "wrong": []}


def test_search_and_deadlines(run: Run, vault: Words, case: Words) -> None:
    hits = run("search", *vault, "обыск", "--json").json["hits"]
    assert "I02" in {hit["ref"] for hit in hits}
    assert run("search", *vault, "слово-которого-нет").code == 1
    due = run("deadlines", *vault, *case, "--json").json["deadlines"]
    assert due[0]["due"] == "2026-02-12"


def test_redaction_of_a_file_and_of_lines(
    run: Run, case_json: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = tmp_path / "text.txt"
    text.write_text("Свидетель Зимовченко подтвердил.", "utf-8")
    plain = run("redact", "--case", case_json, "--profile", "RP-KZ-COURT", "--lang", "ru", text)
    assert plain.code == 0
    assert "Зимовченко" not in plain.out
    assert plain.out.endswith("подтвердил.")
    text_line = "Жалоба Вершкова принята."
    line = {"id": 7, "profile": "RP-PUBLIC", "lang": "ru", "text": text_line}
    stream = io.TextIOWrapper(io.BytesIO(json.dumps(line).encode() + b"\n\n"), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", stream)
    answer = run("redact", "--case", case_json, "--jsonl").json
    assert answer["id"] == 7
    assert "Вершков" not in answer["text"]
    (span,) = answer["spans"]
    assert text_line[span["start"] : span["end"]] == "Вершкова"
    assert set(span) == {"start", "end", "person", "category", "action", "reason", "review"}


def test_redaction_needs_a_known_profile(run: Run, case_json: Path, tmp_path: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("x", "utf-8")
    assert run("redact", "--case", case_json, text).code == 2
    said = run("redact", "--case", case_json, "--profile", "RP-NONE", text, "--json")
    assert (said.code, said.json["error"]) == (1, "services.no_such_profile")


def test_a_dossier_is_built_and_checked(
    run: Run, vault: Words, case: Words, case_json: Path, tmp_path: Path
) -> None:
    out = tmp_path / "dossier.pdf"
    built = run("dossier", "build", *vault, *case, "--dossier", "DS2", "--out", out, "--json")
    assert built.code == 0
    assert built.json["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    check = ["dossier", "check", out, "--case", case_json, "--profile"]
    assert run(*check, "RP-KZ-COURT", "--json").json["findings"] == []
    public = run(*check, "RP-PUBLIC", "--json")
    assert public.code == 1
    assert "P01" in {finding["person"] for finding in public.json["findings"]}


def test_a_bundle_goes_from_one_vault_to_another(
    run: Run, vault: Words, case: Words, secret: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "colleague.panah"
    run("vault", "create", folder, "--passphrase-file", secret, "--name", "Коллега",
        "--keyring", "none", "--kdf", "floor")  # fmt: skip
    other: Words = ["--vault", folder, "--passphrase-file", secret]
    card = tmp_path / "card.txt"
    shown = run("identity", "show", *other, "--out", card, "--json").json
    assert run("contact", "add", *vault, card, "--json").json["verified"] is False
    wrong = run("contact", "verify", *vault, "Коллега", "0" * 40, "--json")
    assert (wrong.code, wrong.json["error"]) == (1, "services.code_does_not_match")
    assert run("contact", "verify", *vault, "Коллега", shown["code"]).code == 0
    assert run("contact", "list", *vault, "--json").json["contacts"][0]["verified"] is True
    out = tmp_path / "case.panah.age"
    made = run("bundle", "create", *vault, *case, "--to", "Коллега", "--out", out, "--json")
    assert made.json["unverified"] == []
    assert run("bundle", "inspect", out, "--json").json["recipients"] == 1
    head = run("bundle", "inspect", out, *other, "--json").json
    assert head["sender_known"] is False
    before = fingerprints(folder / "objects")
    opened = run("bundle", "open", out, *other, "--json")
    assert opened.json["conflicts"] == []
    assert "NOT VERIFIED" in opened.err
    assert len(fingerprints(folder / "objects")) == len(before) + 13
    again = run("bundle", "open", out, *other, "--json")
    assert (again.code, again.json["error"]) == (1, "services.bundle_replayed")


@pytest.mark.parametrize("kind", ["x25519", "pq", "passphrase"])
def test_age_files_go_round(run: Run, tmp_path: Path, kind: str) -> None:
    plain, sealed, opened = (tmp_path / name for name in ("plain", "sealed.age", "opened"))
    plain.write_bytes(b"text" * 1000)
    key = tmp_path / "key"
    if kind == "passphrase":
        key.write_text("фраза для age", "utf-8")
        out_words, in_words = ["--passphrase-file", key], ["--passphrase-file", key]
    else:
        made = run("age", "keygen", *(["--pq"] if kind == "pq" else []))
        key.write_text(made.out, "utf-8")
        recipient = made.out.split("public key: ")[1].split()[0]
        out_words, in_words = ["-r", recipient], ["-i", key]
    assert run("age", "encrypt", *out_words, "--armor", plain, sealed).code == 0
    assert sealed.read_text("ascii").startswith("-----BEGIN AGE ENCRYPTED FILE-----")
    assert run("age", "decrypt", *in_words, sealed, opened).code == 0
    assert opened.read_bytes() == plain.read_bytes()


def test_a_damaged_age_file_leaves_nothing(run: Run, tmp_path: Path) -> None:
    plain, sealed, opened = (tmp_path / name for name in ("plain", "sealed.age", "opened"))
    plain.write_bytes(bytes(300_000))
    made = run("age", "keygen")
    key = tmp_path / "key"
    key.write_text(made.out, "utf-8")
    run("age", "encrypt", "-r", made.out.split("public key: ")[1].split()[0], plain, sealed)
    sealed.write_bytes(sealed.read_bytes()[:-1])
    said = run("age", "decrypt", "-i", key, sealed, opened, "--json")
    assert (said.code, said.json["error"]) == (1, "crypto.age_payload_tampered")
    assert not opened.exists()
    assert list(tmp_path.glob(".*")) == []
    assert run("age", "encrypt", plain, sealed).code == 2


def test_the_audit_chain_is_verified_and_exported(run: Run, vault: Words, tmp_path: Path) -> None:
    verified = run("audit", "verify", *vault, "--json").json
    assert verified["ok"] is True
    out = tmp_path / "audit.jsonl"
    assert run("audit", "export", *vault, "--out", out).code == 0
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert len(lines) >= verified["entries"]
    assert all(len(line["salt"]) == 64 for line in lines)


def test_what_is_missing_outside_is_said_in_a_sentence(run: Run, tmp_path: Path) -> None:
    said = run("redact", "--case", tmp_path / "none.json", "--profile", "X")
    assert said.code == 1
    assert "none.json" in said.err
    assert "Traceback" not in said.err
