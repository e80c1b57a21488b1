# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""One decoding process, and the demonstration case rendered once for each of its readers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.exports import sample
from vault.decoding.client import Decoder
from vault.exports.dossier.build import render_dossier
from vault.exports.dossier.request import RenderedDossier
from vault.progress import Progress

READERS = {
    "court": ("RP-KZ-COURT", "ru"),
    "unhcr": ("RP-UNHCR", "en"),
    "public": ("RP-PUBLIC", "ru"),
}


@pytest.fixture(scope="session")
def decoder() -> Iterator[Decoder]:
    with Decoder() as running:
        yield running


@pytest.fixture(scope="session")
def dossiers(decoder: Decoder) -> dict[str, RenderedDossier]:
    """The whole case under each profile: `court`, `unhcr`, `public`."""
    return {
        name: render_dossier(sample.request(decoder, profile, language), Progress())
        for name, (profile, language) in READERS.items()
    }


@pytest.fixture(scope="session")
def court(dossiers: dict[str, RenderedDossier]) -> RenderedDossier:
    return dossiers["court"]


@pytest.fixture(scope="session")
def unhcr(dossiers: dict[str, RenderedDossier]) -> RenderedDossier:
    return dossiers["unhcr"]


@pytest.fixture(scope="session")
def public(dossiers: dict[str, RenderedDossier]) -> RenderedDossier:
    return dossiers["public"]
