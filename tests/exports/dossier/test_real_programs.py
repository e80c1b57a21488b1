# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Programs that we did not write open the finished file without a word of complaint."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.exports import sample
from vault.exports.dossier.request import RenderedDossier


@pytest.fixture(params=["court", "unhcr", "public"])
def written(
    request: pytest.FixtureRequest, dossiers: dict[str, RenderedDossier], tmp_path: Path
) -> Path:
    path = tmp_path / f"{request.param}.pdf"
    path.write_bytes(dossiers[request.param].pdf)
    return path


def run(*command: str | Path) -> tuple[str, str]:
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, check=True, timeout=60
    )
    return done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


@pytest.mark.requires_program("qpdf")
def test_qpdf_finds_nothing_wrong(written: Path) -> None:
    said, complaint = run("qpdf", "--check", written)

    assert "No syntax or stream encoding errors found" in said
    assert complaint == ""


@pytest.mark.requires_program("pdftotext")
def test_pdftotext_reads_the_letters_and_none_of_the_hidden_names(written: Path) -> None:
    said, complaint = run("pdftotext", "-layout", written, "-")

    assert complaint == ""
    assert "Крутояров" in said or "Krutoiarov" in said
    for hidden in ("Зимовченк", "Zimovchenk", "Черемных", "Cheremnykh", "ЗИМОВЧЕНК"):
        assert hidden not in said
    assert "ҚҰЖАТ" in said, "the Kazakh exhibit"


@pytest.mark.requires_program("pdffonts")
def test_every_font_is_embedded_and_can_be_searched(written: Path) -> None:
    said, complaint = run("pdffonts", written)
    fonts = [line for line in said.splitlines()[2:] if line.strip()]

    assert complaint == ""
    assert fonts
    assert all("TrueType" in font and "Noto" in font for font in fonts)
    assert all(font.split()[-5:-2] == ["yes", "yes", "yes"] for font in fonts)


@pytest.mark.requires_program("pdftoppm")
def test_poppler_draws_every_page_without_a_warning(written: Path) -> None:
    _, complaint = run("pdftoppm", "-r", "20", "-gray", written, written.with_suffix(""))

    assert complaint == ""
    assert len(list(written.parent.glob("*.pgm"))) > 15


@pytest.mark.requires_program("mutool")
def test_mutool_draws_every_page_without_a_warning(written: Path) -> None:
    _, complaint = run(
        "mutool", "draw", "-q", "-r", "20", "-o", written.with_suffix(".%d.png"), written
    )

    # Debian builds mutool without colour management and says so for any file.
    assert set(complaint.splitlines()) <= {"warning: ICC support is not available"}


@pytest.mark.requires_program("pdfimages")
def test_the_embedded_picture_carries_no_camera_data(
    unhcr: RenderedDossier, tmp_path: Path
) -> None:
    path = tmp_path / "dossier.pdf"
    path.write_bytes(unhcr.pdf)
    run("pdfimages", "-j", path, tmp_path / "picture")
    (picture,) = tmp_path.glob("picture*.jpg")

    assert b"Exif" not in picture.read_bytes()
    assert b"Zimovchenko" not in picture.read_bytes()
    assert b"Exif" in sample.photograph()
