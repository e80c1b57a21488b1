# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The message catalogues fit the program, and the checks that say so can fail."""

from __future__ import annotations

import gettext
import io
import re
import runpy
from collections.abc import Mapping
from pathlib import Path

import pytest
from babel.messages import Catalog

from tests.house.source_files import ROOT

MESSAGES = runpy.run_path(str(ROOT / "packaging" / "messages.py"))

# Words that mean something else to a lawyer than to a dictionary.
UNWANTED = {
    r"\bвыда[чё]": "export is «экспорт»; «выдача» means extradition",
    r"\bдосье\b": "a dossier is «комплект для подачи»",
    r"\bизъя": "what is redacted is «скрыто»; «изъятие» is a seizure",
    r"защищённ\w+ свидетел": "a protected witness is «свидетель, данные скрыты»",
    r"\bредактирован": "to redact is «скрыть»",
}
# Where the unwanted word is the right one: extradition is «выдача», a seizure «изъятие».
MEANT = {
    "выда": re.compile(r"extradit|surrender", re.IGNORECASE),
    "изъя": re.compile(r"seiz|confiscat", re.IGNORECASE),
}


Texts = Mapping[str, str | tuple[str, ...]]


def template_of(tmp_path: Path, source: str) -> Catalog:
    """Return what is extracted from one file."""
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "page.py").write_text(source, encoding="utf-8")
    extracted: Catalog = MESSAGES["extracted"](tmp_path / "vault")
    return extracted


def problems(template: Catalog, language: str = "ru", translated: Texts | None = None) -> list[str]:
    """Return what the check says of these translations."""
    catalogue = Catalog(locale=language, fuzzy=False)
    for message in template:
        if message.id:
            one = message.id if isinstance(message.id, str) else message.id[0]
            catalogue.add(message.id, (translated or {}).get(one, ""))
    return list(MESSAGES["problems"](language, catalogue, template))


def test_the_catalogues_fit_the_program() -> None:
    found = MESSAGES["check"]()
    assert not found, "\n" + "\n".join(found)


def test_russian_words_are_those_that_lawyers_use() -> None:
    found = []
    for message in MESSAGES["read"]("ru"):
        source = message.id if isinstance(message.id, str) else " ".join(message.id)
        text = message.string if isinstance(message.string, str) else " ".join(message.string or ())
        for pattern, right in UNWANTED.items():
            allowed = any(stem in pattern and meant.search(source) for stem, meant in MEANT.items())
            if re.search(pattern, text, re.IGNORECASE) and not allowed:
                found.append(f"{right}: {text!r}")
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    "source",
    [
        "_('Lock')",
        "mark('Lock')",
        "texts.text('Lock')",
        "texts._('Lock')",
        "in_context('c', 'Lock')",
    ],
)
def test_every_way_of_saying_a_text_is_extracted(tmp_path: Path, source: str) -> None:
    ids = [message.id for message in template_of(tmp_path, source) if message.id]
    assert ids == ["Lock"]


def test_an_untranslated_russian_text_is_found(tmp_path: Path) -> None:
    assert "not translated" in problems(template_of(tmp_path, "_('Lock')"))[0]


def test_kazakh_may_still_have_gaps(tmp_path: Path) -> None:
    assert not problems(template_of(tmp_path, "_('Lock')"), "kk")


def test_a_translation_with_other_fields_is_found(tmp_path: Path) -> None:
    template = template_of(tmp_path, "_('{count} files')")
    assert "other fields" in problems(template, translated={"{count} files": "{число} файлов"})[0]
    assert not problems(template, translated={"{count} files": "файлов: {count}"})


def test_a_translation_with_a_broken_field_is_found(tmp_path: Path) -> None:
    template = template_of(tmp_path, "_('{count} files')")
    assert "other fields" in problems(template, translated={"{count} files": "{count файлов"})[0]


def test_a_plural_needs_all_its_forms(tmp_path: Path) -> None:
    template = template_of(tmp_path, "plural('{n} file', '{n} files', 3)")
    assert problems(template, translated={"{n} file": ("{n} файл", "", "{n} файлов")})
    assert not problems(template, translated={"{n} file": ("{n} файл", "{n} файла", "{n} файлов")})


def test_a_fuzzy_translation_is_found(tmp_path: Path) -> None:
    template = template_of(tmp_path, "_('Lock')")
    catalogue = Catalog(locale="ru", fuzzy=False)
    catalogue.add("Lock", "Замок", flags=["fuzzy"])
    assert "fuzzy" in next(iter(MESSAGES["problems"]("ru", catalogue, template)))


def test_a_new_and_a_dropped_text_are_found(tmp_path: Path) -> None:
    catalogue = Catalog(locale="ru", fuzzy=False)
    catalogue.add("Unlock", "Открыть")
    found = list(MESSAGES["problems"]("ru", catalogue, template_of(tmp_path, "_('Lock')")))
    assert [line.split(":")[1].split(",")[0].strip() for line in found] == [
        "not in the catalogue",
        "no longer in the program",
    ]


def test_the_pseudo_language_keeps_fields_and_marks_every_text(tmp_path: Path) -> None:
    source = "_('Lock {name}')\nplural('{n} file', '{n} files', 2)\n"
    compiled = MESSAGES["as_mo"](MESSAGES["pseudo"](template_of(tmp_path, source)))
    texts = gettext.GNUTranslations(io.BytesIO(compiled))
    assert (
        texts.gettext("Lock {name}").format(name="A").startswith("⟦L\u0301o\u0301c\u0301k\u0301 A")
    )
    assert "3" in texts.ngettext("{n} file", "{n} files", 3).format(n=3)
