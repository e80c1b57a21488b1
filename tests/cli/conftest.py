# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command line called in this process, with what it said."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.template_vault import PASSPHRASE, REFERENCE, TemplateVault
from vault.cli import main


@dataclass(frozen=True)
class Said:
    """An exit code and both streams."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Said]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    def call(*words: str | Path) -> Said:
        capfd.readouterr()
        code = main([str(word) for word in words])
        out, err = capfd.readouterr()
        return Said(code, out, err)

    return call


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase.txt"
    path.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return path


@pytest.fixture
def vault(filled: TemplateVault, secret: Path) -> list[str | Path]:
    """Return the words that name the vault and how it is opened."""
    return ["--vault", filled.folder, "--passphrase-file", secret]


@pytest.fixture
def case() -> list[str | Path]:
    return ["--case", REFERENCE]
