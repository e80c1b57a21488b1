# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the program's own few files live. Nothing of a case is ever written there."""

from __future__ import annotations

import importlib.resources
import os
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

import platformdirs

CONFIG_HOME_VARIABLE: Final = "PANAH_CONFIG_HOME"
"""Overrides the folder of the configuration: for a program on a stick, and for tests."""

_APPLICATION: Final = "panah"


def config_folder() -> Path:
    """Return the folder of the configuration; it need not exist and is not made here.

    It holds choices about the program (language, known vault folders) and never a record,
    a name or a secret of a case. On Windows it is the local, not the roaming, profile.
    """
    override = os.environ.get(CONFIG_HOME_VARIABLE)
    if override:
        return Path(override)
    return platformdirs.user_config_path(_APPLICATION, appauthor=False, roaming=False)


def package_data(*names: str) -> Traversable:
    """Return a file that ships inside the package, also when it is frozen or zipped."""
    return importlib.resources.files("vault").joinpath(*names)


def demonstration_case() -> Traversable:
    """Return the demonstration case of invented people, as panah-case JSON."""
    return package_data("demo_case", "sample_case.json")
