# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every error has a code of its own and a sentence that people can read, in two languages."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator

import pytest

import vault
from tests.house.source_files import in_source, python_files
from vault import i18n, sentences
from vault.errors import VaultError

_CODE = re.compile(r"[a-z]+(\.[a-z][a-z0-9_]*)+\Z")
# A room may have families of errors, named for what they are about.
FAMILIES = {"sharing": {"sharing", "bundle", "card"}}
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)


def error_modules() -> list[str]:
    """Return the names of all modules of the program that are called errors."""
    return [
        found.name
        for found in pkgutil.walk_packages(vault.__path__, "vault.")
        if found.name.rsplit(".", 1)[-1] == "errors"
    ]


def subclasses(of: type[VaultError]) -> Iterator[type[VaultError]]:
    """Yield every error of the program, whatever it derives from."""
    for kind in of.__subclasses__():
        if kind.__module__.startswith("vault."):
            yield kind
        yield from subclasses(kind)


def all_errors() -> list[type[VaultError]]:
    """Return every error once, in the order of their codes."""
    for name in error_modules():
        importlib.import_module(name)
    return sorted(set(subclasses(VaultError)), key=lambda kind: (kind.code, kind.__qualname__))


ERRORS = all_errors()


def test_the_rooms_have_errors() -> None:
    assert len(ERRORS) > len(error_modules()) > 3


def test_no_two_errors_share_a_code() -> None:
    shared = {code: n for code, n in Counter(kind.code for kind in ERRORS).items() if n > 1}
    bare = {code for code in shared if code not in {kind.code for kind in ERRORS if _is_root(kind)}}
    assert not bare, f"give each class a code of its own: {bare}"


def _is_root(kind: type[VaultError]) -> bool:
    return "code" not in vars(kind)


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.code)
def test_an_error_says_its_own_code_with_the_room_first(kind: type[VaultError]) -> None:
    assert "code" in vars(kind), f"{kind.__qualname__} needs a code of its own"
    assert _CODE.match(kind.code), kind.code
    room = kind.__module__.split(".")[1]
    assert kind.code.split(".")[0] in FAMILIES.get(room, {room})


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.code)
def test_an_error_has_a_sentence(kind: type[VaultError], language: str) -> None:
    i18n.set_language(language)
    sentence = sentences.sentence(kind.code)
    unknown = sentences.sentence("no.such_code").replace("no.such_code", kind.code)
    assert sentence != unknown, f"vault.sentences lacks {kind.code}"
    assert bool(_CYRILLIC.search(sentence)) == (language == "ru"), sentence


def stages() -> set[str]:
    """Return the codes that the program reports progress with."""
    return {
        argument.value
        for file in python_files()
        if in_source(file.path)
        for call, name in file.calls()
        if name == "report" and len(call.args) == 3
        for argument in call.args[2:]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


def test_the_stages_are_found() -> None:
    assert len(stages()) > 10


@pytest.mark.parametrize("stage", sorted(stages()))
def test_every_stage_of_long_work_has_words(stage: str) -> None:
    i18n.set_language("ru")
    assert _CYRILLIC.search(sentences.stage(stage)), f"vault.sentences.stages lacks {stage}"
