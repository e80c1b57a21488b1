# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a dossier looks: the page, the type, the tables.

A4 with 30 mm for the binding on the left, as courts in the region file papers. Serif for
reading, sans for finding; one dark blue-grey besides black, so that a black-and-white copy
loses nothing. Text is never justified: the gaps of a justified line would tell the width
of what a token replaced.
"""

from __future__ import annotations

import functools
from typing import Any, Final

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import TableStyle

from vault.exports.fonts.registration import SANS, SERIF, face_name, register

PAGE_WIDTH: Final = A4[0]
PAGE_HEIGHT: Final = A4[1]
LEFT: Final = 30 * mm
RIGHT: Final = 18 * mm
TOP: Final = 27 * mm
BOTTOM: Final = 24 * mm
TEXT_WIDTH: Final = PAGE_WIDTH - LEFT - RIGHT
TEXT_HEIGHT: Final = PAGE_HEIGHT - TOP - BOTTOM

INK: Final = HexColor("#16191d")
ACCENT: Final = HexColor("#22384f")
QUIET: Final = HexColor("#5a646e")
RULE: Final = HexColor("#b9c0c7")
GROUND: Final = HexColor("#f1f3f5")

SERIF_ROMAN: Final = face_name(SERIF)
SANS_ROMAN: Final = face_name(SANS)
SANS_BOLD: Final = face_name(SANS, bold=True)

_SPECIFICATIONS: Final[dict[str, dict[str, Any]]] = {
    "body": {"fontName": SERIF_ROMAN, "fontSize": 10.5, "leading": 15.5, "spaceAfter": 6},
    "exhibit": {"fontName": SERIF_ROMAN, "fontSize": 10.5, "leading": 16, "spaceAfter": 4},
    "note": {"fontName": SANS_ROMAN, "fontSize": 8.5, "leading": 12.5, "textColor": QUIET,
             "spaceAfter": 6},
    "cell": {"fontName": SERIF_ROMAN, "fontSize": 9.5, "leading": 13.2},
    "label": {"fontName": SANS_ROMAN, "fontSize": 8.5, "leading": 13.2, "textColor": QUIET},
    "cell_number": {"fontName": SANS_ROMAN, "fontSize": 8.8, "leading": 13.2,
                    "alignment": TA_RIGHT},
    "cell_head": {"fontName": SANS_BOLD, "fontSize": 8.2, "leading": 11, "textColor": ACCENT},
    "cell_head_right": {"fontName": SANS_BOLD, "fontSize": 8.2, "leading": 11,
                        "textColor": ACCENT, "alignment": TA_RIGHT},
    "digest": {"fontName": SANS_ROMAN, "fontSize": 7.6, "leading": 11},
    "part": {"fontName": SANS_BOLD, "fontSize": 17, "leading": 22, "textColor": ACCENT,
             "spaceAfter": 12},
    "heading": {"fontName": SANS_BOLD, "fontSize": 11.2, "leading": 15.5, "textColor": ACCENT,
                "spaceBefore": 14, "spaceAfter": 5},
    "exhibit_number": {"fontName": SANS_BOLD, "fontSize": 13, "leading": 17,
                       "textColor": ACCENT, "spaceAfter": 2},
    "exhibit_title": {"fontName": SANS_BOLD, "fontSize": 12, "leading": 17, "textColor": INK,
                      "spaceAfter": 8},
    "cover_kind": {"fontName": SANS_ROMAN, "fontSize": 10.5, "leading": 14, "textColor": QUIET,
                   "spaceAfter": 10},
    "cover_title": {"fontName": SANS_BOLD, "fontSize": 26, "leading": 33, "textColor": ACCENT,
                    "spaceAfter": 16},
    "cover_cell": {"fontName": SERIF_ROMAN, "fontSize": 11, "leading": 16},
    "cover_label": {"fontName": SANS_ROMAN, "fontSize": 9.2, "leading": 16, "textColor": QUIET},
    "contents_1": {"fontName": SANS_BOLD, "fontSize": 9.8, "leading": 14, "spaceBefore": 5},
    "contents_2": {"fontName": SERIF_ROMAN, "fontSize": 9.8, "leading": 14, "leftIndent": 12},
}  # fmt: skip


@functools.cache
def style(name: str) -> ParagraphStyle:
    """Return one of the paragraph styles of the dossier."""
    register()
    # Long numbers and addresses of the web may be cut anywhere rather than run off the page.
    return ParagraphStyle(
        name,
        **{
            "alignment": TA_LEFT,
            "textColor": INK,
            "splitLongWords": 1,
            "allowWidows": 0,
            "allowOrphans": 0,
            "linkUnderline": 0,
            **_SPECIFICATIONS[name],
        },
    )


def ruled_table() -> TableStyle:
    """Return the style of every table with a head: rules between rows, no cages."""
    return TableStyle(
        [
            # Set for every cell, used or not: the library's own font would not be embedded.
            ("FONTNAME", (0, 0), (-1, -1), SERIF_ROMAN),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("RIGHTPADDING", (0, 0), (-1, -1), 6),
            ("TOPPADDING", (0, 0), (-1, -1), 4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
            ("BACKGROUND", (0, 0), (-1, 0), GROUND),
            ("LINEABOVE", (0, 0), (-1, 0), 0.9, ACCENT),
            ("LINEBELOW", (0, 0), (-1, 0), 0.5, ACCENT),
            ("LINEBELOW", (0, 1), (-1, -1), 0.35, RULE),
        ]
    )


def plain_table() -> TableStyle:
    """Return the style of a list of labels and values, without any rule."""
    return TableStyle(
        [
            # Set for every cell, used or not: the library's own font would not be embedded.
            ("FONTNAME", (0, 0), (-1, -1), SERIF_ROMAN),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 8),
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
        ]
    )
