# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""House rules about the shape of a file: licence lines, length, names, lint exceptions, skips."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.house.source_files import Rule, SourceFile, dotted, everywhere, in_tests, last_name

SPDX = (
    "# SPDX-FileCopyrightText: 2026 The Panah authors",
    "# SPDX-License-Identifier: AGPL-3.0-or-later",
)
MODULE_LINES = 500
FUNCTION_LINES = 60
SHAPELESS = {"util", "utils", "helper", "helpers", "manager", "managers", "misc"}
PROPER_NAMES = {"CredentialManager"}  # what Windows itself calls its keyring

_NOQA = re.compile(r"noqa\b", re.IGNORECASE)
_NOQA_EXPLAINED = re.compile(r"# noqa: [A-Z]+[0-9]+(, ?[A-Z]+[0-9]+)* +(-|\u2014|#) \S.{3,}")
_IGNORE = re.compile(r"type:\s*ignore")
_IGNORE_EXPLAINED = re.compile(r"# type: ignore\[[a-z-]+(, ?[a-z-]+)*\] +# \S.{3,}")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def _without_licence(file: SourceFile) -> Iterator[int]:
    lines = [line for line in file.lines[:3] if not line.startswith("#!")]
    if tuple(lines[:2]) != SPDX:
        yield 1


def _without_docstring(file: SourceFile) -> Iterator[int]:
    if ast.get_docstring(file.tree) is None:
        yield 1


def _too_long(file: SourceFile) -> Iterator[int]:
    if len(file.lines) > MODULE_LINES:
        yield len(file.lines)


def _long_functions(file: SourceFile) -> Iterator[int]:
    for node in file.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield node.lineno


def _shapeless_names(file: SourceFile) -> Iterator[int]:
    if set(file.name.split("_")) & SHAPELESS:
        yield 1
    for node in file.nodes:
        if isinstance(node, ast.ClassDef) and node.name not in PROPER_NAMES:
            words = {word.lower() for word in _WORD.findall(node.name)}
            if words & SHAPELESS:
                yield node.lineno


def _unexplained_exceptions(file: SourceFile) -> Iterator[int]:
    for line, comment in file.comments():
        if _NOQA.search(comment) and not _NOQA_EXPLAINED.search(comment):
            yield line
        if _IGNORE.search(comment) and not _IGNORE_EXPLAINED.search(comment):
            yield line


def _unexplained_skips(file: SourceFile) -> Iterator[int]:
    for node in file.nodes:
        if isinstance(node, ast.Attribute) and dotted(node) == "pytest.mark.skip":
            yield node.lineno
    for call, name in file.calls():
        if name in {"skip", "skipif", "xfail"} and dotted(call.func).startswith("pytest."):
            reasons = [word.value for word in call.keywords if word.arg == "reason"]
            plain = dotted(call.func) == "pytest.skip" and call.args
            if not reasons and not plain:
                yield call.lineno


def _mocks(file: SourceFile) -> Iterator[int]:
    for node, name in file.imports():
        if name.startswith(("unittest.mock", "mock.")) or name == "mock":
            yield node.lineno


def _tests_without_a_claim(file: SourceFile) -> Iterator[int]:
    for node in file.nodes:
        if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test_"):
            continue
        body = "\n".join(file.lines[node.lineno - 1 : node.end_lineno])
        if "nothing is raised" in body or node.name.endswith("is_no_error"):
            continue
        if not any(_is_claim(inside) for inside in ast.walk(node)):
            yield node.lineno


def _is_claim(node: ast.AST) -> bool:
    """Return whether a node can fail a test: an assertion, an expected error, a checking call."""
    if isinstance(node, ast.Assert | ast.Raise):
        return True
    if not isinstance(node, ast.Call):
        return False
    name = last_name(node.func)
    return name in {"raises", "warns", "fail", "waitUntil", "waitSignal", "waitSignals"} or any(
        name.lstrip("_").startswith(start) for start in ("assert", "check", "expect", "refuse")
    )


_LICENSED = "\n".join(SPDX) + "\n"

RULES = [
    Rule(
        name="licence",
        right_way="the first two lines are the two SPDX lines of contributing.md",
        applies=everywhere,
        find=_without_licence,
        planted='"""No licence."""\n',
        accepted=_LICENSED + '"""Licensed."""\n',
    ),
    Rule(
        name="module docstring",
        right_way="after the SPDX lines a docstring says what the file is for",
        applies=everywhere,
        find=_without_docstring,
        planted=_LICENSED + "value = 1\n",
        accepted=_LICENSED + '"""Says what it is for."""\n',
    ),
    Rule(
        name="module length",
        right_way=f"a module stops at {MODULE_LINES} lines; split it by subject",
        applies=everywhere,
        find=_too_long,
        planted="value = 1\n" * (MODULE_LINES + 1),
        accepted="value = 1\n" * MODULE_LINES,
    ),
    Rule(
        name="function length",
        right_way=f"a function stops at {FUNCTION_LINES} lines; name its steps",
        applies=everywhere,
        find=_long_functions,
        planted="def long():\n" + "    value = 1\n" * FUNCTION_LINES,
        accepted="def short():\n" + "    value = 1\n" * (FUNCTION_LINES - 1),
    ),
    Rule(
        name="names",
        right_way="name a file or class by its subject, not utils, helpers, manager or misc",
        applies=everywhere,
        find=_shapeless_names,
        planted="class KeyManager:\n    pass\n",
        accepted="class KeySlots:\n    pass\n",
    ),
    Rule(
        name="lint exceptions",
        right_way=(
            "an exception has its code and its reason on the line: `# noqa: S603 - why`,"
            " `# type: ignore[arg-type]  # why`"
        ),
        applies=everywhere,
        find=_unexplained_exceptions,
        planted="value = 1  # " + "noqa: E501\n",
        accepted="value = 1  # " + "noqa: E501 - the line is a hash\n",
    ),
    Rule(
        name="skips",
        right_way="a skipped or expected-to-fail test says why: `reason=`",
        applies=in_tests,
        find=_unexplained_skips,
        planted="import pytest\n\npytest.skip()\n",
        planted_at="tests/planted.py",
        accepted="import pytest\n\npytest.skip('there is no X server')\n",
    ),
    Rule(
        name="mocks",
        right_way="use the real thing, or a fake of a port in tests/fakes; no mock objects",
        applies=in_tests,
        find=_mocks,
        planted="from unittest.mock import Mock\n",
        planted_at="tests/planted.py",
    ),
    Rule(
        name="claims",
        right_way=(
            "a test claims something: assert, pytest.raises, a call named check_/assert_,"
            " or a comment that the claim is that nothing is raised"
        ),
        applies=in_tests,
        find=_tests_without_a_claim,
        planted="def test_nothing():\n    print(1)\n",
        planted_at="tests/planted.py",
        accepted="def test_something():\n    assert 1 + 1 == 2\n",
    ),
]
