# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""In CI a skipped test is a failed one: set-up has installed everything a test may need."""

from __future__ import annotations

from collections.abc import Mapping

import pytest


def in_ci(environment: Mapping[str, str]) -> bool:
    """Return whether nobody is watching: ``PANAH_CI=1``, or ``CI=true`` as services set it."""
    return "1" in (environment.get("PANAH_CI"), environment.get("CI")) or (
        environment.get("CI", "").lower() == "true"
    )


def as_failure(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Make a failure of a skip; an expected failure (xfail) stays what it is."""
    if not report.skipped or hasattr(report, "wasxfail"):
        return
    why = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    report.outcome = "failed"
    report.longrepr = f"skipped, which CI does not allow: {why}"
