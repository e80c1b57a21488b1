# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files are looked at inside the program, by the decoding process, from a real vault."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from vault.domain.evidence import EvidenceFile
from vault.domain.snapshot import CaseSnapshot
from vault.progress import Progress
from vault.services import casework, viewing
from vault.ui.actions.desk import Desk
from vault.ui.case.file_viewer import FileViewer
from vault.ui.jobs import Lane
from vault.ui.plain_label import PlainLabel
from vault.ui.widgets.message_panel import Tone


def a_picture() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (300, 200), (10, 200, 30)).save(kept, "PNG")
    return kept.getvalue()


def a_pdf(pages: int) -> bytes:
    kept = io.BytesIO()
    canvas = Canvas(kept)
    for number in range(pages):
        canvas.drawString(72, 700, f"page {number + 1}")
        canvas.showPage()
    canvas.save()
    return kept.getvalue()


def read(desk: Desk, qtbot: QtBot) -> CaseSnapshot:
    reader = desk.vault.reader

    def work(_progress: Progress) -> CaseSnapshot:
        (row,) = casework.list_cases(reader)
        return casework.case_page(reader, row.case.id)

    job = desk.cases._jobs.start(work, Lane.READER)
    with qtbot.waitSignal(job.succeeded, timeout=10_000) as done:
        pass
    assert done.args is not None
    found = done.args[0]
    assert isinstance(found, CaseSnapshot)
    return found


def taken_in(desk: Desk, qtbot: QtBot, path: Path, content: bytes) -> EvidenceFile:
    path.write_bytes(content)
    case_id = read(desk, qtbot).case.id
    job = desk.evidence.add_file(case_id, path, to=None, received_from="", method="original")
    with qtbot.waitSignal(job.succeeded, timeout=20_000):
        pass
    return next(file for file in read(desk, qtbot).files if file.file_name == path.name)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def viewer(file: EvidenceFile, desk: Desk, window: QWidget, qtbot: QtBot) -> FileViewer:
    made = FileViewer(file, desk.evidence, window)
    made.show()
    qtbot.waitUntil(
        lambda: (
            made.text.isVisible()
            or bool(made.pages.findChildren(PlainLabel))
            or made.message.isVisible()
        ),
        timeout=30_000,
    )
    return made


def test_a_text_is_shown_as_text(desk: Desk, window: QWidget, qtbot: QtBot) -> None:
    file = next(item for item in read(desk, qtbot).files if item.file_name == "E01.txt")
    shown = viewer(file, desk, window, qtbot)
    assert "ВЕРШКОВ" in shown.text.toPlainText()
    assert not shown.message.isVisible()
    shown.close()


def test_a_picture_is_shown_by_its_pixels(
    desk: Desk, window: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    file = taken_in(desk, qtbot, tmp_path / "photo.png", a_picture())
    shown = viewer(file, desk, window, qtbot)
    (label,) = shown.pages.findChildren(PlainLabel)
    drawn = label.pixmap().toImage()
    assert (drawn.width(), drawn.height()) == (300, 200)
    middle = drawn.pixelColor(150, 100)
    assert (middle.red(), middle.green(), middle.blue()) == (10, 200, 30)
    shown.close()


def test_the_pages_of_a_pdf_are_painted(
    desk: Desk, window: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    file = taken_in(desk, qtbot, tmp_path / "ruling.pdf", a_pdf(3))
    shown = viewer(file, desk, window, qtbot)
    assert len(shown.pages.findChildren(PlainLabel)) == 3
    assert not shown.message.isVisible()
    shown.close()


def test_a_broken_picture_is_refused_with_a_sentence(
    desk: Desk, window: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    file = taken_in(desk, qtbot, tmp_path / "photo.png", a_picture()[:60])
    shown = viewer(file, desk, window, qtbot)
    assert shown.message.tone is Tone.DANGER
    assert shown.message.text() != ""
    shown.close()


def test_a_kind_without_a_viewer_is_described_and_never_opened(
    desk: Desk, window: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    file = taken_in(desk, qtbot, tmp_path / "voice.ogg", b"OggS" + bytes(100))
    shown = viewer(file, desk, window, qtbot)
    assert shown.message.tone is Tone.INFO
    assert desk.cases._jobs.in_flight() == 0
    shown.close()


def test_a_long_pdf_says_how_much_of_it_is_shown() -> None:
    seen = viewing.look_at(a_pdf(viewing.MOST_PAGES + 2), "application/pdf", Progress())
    assert len(seen.pictures) == viewing.MOST_PAGES
    assert seen.pages == viewing.MOST_PAGES + 2
