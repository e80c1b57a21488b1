# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The house rules on every Python file, and the proof that each of them can fail."""

from __future__ import annotations

import pytest

from tests.house import call_rules, layout_rules
from tests.house.source_files import Rule, SourceFile, python_files

RULES = [*layout_rules.RULES, *call_rules.RULES]


@pytest.fixture(scope="module")
def tree() -> list[SourceFile]:
    return python_files()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_tree_keeps_the_rule(rule: Rule, tree: list[SourceFile]) -> None:
    findings = [finding for file in tree for finding in rule.findings(file)]
    assert not findings, "\n" + "\n".join(findings)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_rule_finds_a_planted_violation(rule: Rule) -> None:
    assert rule.findings(SourceFile(rule.planted_at, rule.planted))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_rule_accepts_the_right_way(rule: Rule) -> None:
    assert not rule.findings(SourceFile(rule.planted_at, rule.accepted))


def test_the_rules_look_at_the_whole_tree(tree: list[SourceFile]) -> None:
    paths = {file.path for file in tree}
    assert "src/vault/errors.py" in paths
    assert "tests/house/test_source_rules.py" in paths
    assert "packaging/messages.py" in paths
