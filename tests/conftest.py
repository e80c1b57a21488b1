# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every test gets: no real configuration, no real keyring, no silent skips in CI."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from pathlib import Path

import hypothesis
import pytest

from tests.no_silent_skips import as_failure, in_ci
from tests.template_vault import TemplateVault, filled_vault
from vault import i18n

# Set before any test imports Qt: pages are drawn in memory unless a test asks for the X server.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

hypothesis.settings.register_profile(
    "panah",
    deadline=None,  # two shared cores: a slow example is not a wrong one
    max_examples=60,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.register_profile("ci", parent=hypothesis.settings.get_profile("panah"))
hypothesis.settings.load_profile("ci" if in_ci(os.environ) else "panah")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, with a name, what this machine has no program for."""
    for marker in item.iter_markers("requires_program"):
        missing = [name for name in marker.args if shutil.which(name) is None]
        if missing:
            pytest.skip(f"needs the program {', '.join(missing)}; `make setup` installs it")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
    call: pytest.CallInfo[None],
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn every skip into a failure in CI, except on systems that no run of ours has had."""
    report = yield
    if in_ci(os.environ) and item.get_closest_marker("never_run") is None:
        as_failure(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a whole file that skips itself into a failure in CI."""
    report = yield
    if in_ci(os.environ):
        as_failure(report)
    return report


@pytest.fixture(autouse=True)
def _own_configuration(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keep the configuration of whoever runs the tests out of them, and them out of it."""
    folder = tmp_path_factory.getbasetemp() / "configuration"
    monkeypatch.setenv("PANAH_CONFIG_HOME", str(folder))


@pytest.fixture(autouse=True)
def _english() -> Generator[None]:
    """Start and leave every test in English."""
    i18n.set_language("en")
    yield
    i18n.set_language("en")


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The folder of the checkout."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def _template_vault(tmp_path_factory: pytest.TempPathFactory) -> TemplateVault:
    return filled_vault(tmp_path_factory.mktemp("template") / "template.panah")


@pytest.fixture
def filled(_template_vault: TemplateVault, tmp_path: Path) -> TemplateVault:
    """Return a vault of its own, with the demonstration case in it."""
    return _template_vault.copied_to(tmp_path / "desk.panah")
