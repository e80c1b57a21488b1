# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two palettes, and the contrast they promise.

Every pair in `TEXT_PAIRS` reaches 4.5:1 and every pair in `EDGE_PAIRS` 3:1, as WCAG 2.2
demands at level AA (success criteria 1.4.3 and 1.4.11); a test computes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """The named colours of one palette, as `#rrggbb`."""

    window: str
    surface: str
    raised: str
    hover: str
    text: str
    muted: str
    line: str
    edge: str
    accent: str
    accent_hover: str
    on_accent: str
    selection: str
    on_selection: str
    danger: str
    danger_surface: str
    warning: str
    warning_surface: str
    good: str
    good_surface: str
    info_surface: str


LIGHT: Final = Colours(
    window="#f3f4f5",
    surface="#ffffff",
    raised="#f8f9fa",
    hover="#e7eaed",
    text="#1c2126",
    muted="#555e68",
    line="#d9dde1",
    edge="#838c96",
    accent="#1d5a83",
    accent_hover="#17496b",
    on_accent="#ffffff",
    selection="#d6e6f1",
    on_selection="#12212c",
    danger="#9f1f28",
    danger_surface="#fbeceb",
    warning="#7a4a00",
    warning_surface="#fbf3e0",
    good="#1c653a",
    good_surface="#e8f4ec",
    info_surface="#eaf2f8",
)

DARK: Final = Colours(
    window="#1d2024",
    surface="#16191c",
    raised="#23272b",
    hover="#2c3136",
    text="#e4e7ea",
    muted="#a7afb7",
    line="#363c42",
    edge="#77818b",
    accent="#74b3dc",
    accent_hover="#8fc4e6",
    on_accent="#0d1b25",
    selection="#264559",
    on_selection="#eef5fa",
    danger="#f4989c",
    danger_surface="#3a2325",
    warning="#e2b65a",
    warning_surface="#35301f",
    good="#85cf9f",
    good_surface="#1e3126",
    info_surface="#1f2f3b",
)

TEXT_PAIRS: Final = (
    ("text", "window"),
    ("text", "surface"),
    ("text", "raised"),
    ("text", "hover"),
    ("muted", "window"),
    ("muted", "surface"),
    ("muted", "raised"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("accent", "surface"),
    ("accent", "window"),
    ("on_selection", "selection"),
    ("text", "selection"),
    ("danger", "surface"),
    ("danger", "window"),
    ("text", "danger_surface"),
    ("danger", "danger_surface"),
    ("text", "warning_surface"),
    ("warning", "warning_surface"),
    ("warning", "surface"),
    ("warning", "window"),
    ("text", "good_surface"),
    ("good", "good_surface"),
    ("good", "surface"),
    ("good", "window"),
    ("text", "info_surface"),
    ("accent", "info_surface"),
)
EDGE_PAIRS: Final = (
    ("edge", "surface"),
    ("edge", "window"),
    ("accent", "surface"),
    ("accent", "window"),
    ("danger", "surface"),
)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two `#rrggbb` colours, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    # The threshold is the one of the sRGB standard, which WCAG 2.2 now quotes too.
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
