# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The files that git keeps, as the house rules look at them."""

from __future__ import annotations

import ast
import io
import subprocess
import tokenize
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class SourceFile:
    """One Python file: its path below the checkout, with slashes, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed file."""
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of the parsed file, walked once for all rules."""
        return list(ast.walk(self.tree))

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends."""
        return self.text.splitlines()

    @property
    def name(self) -> str:
        """The name of the module without its folder."""
        return PurePosixPath(self.path).stem

    def calls(self) -> Iterator[tuple[ast.Call, str]]:
        """Yield every call with the last part of the name that is called."""
        for node in self.nodes:
            if isinstance(node, ast.Call):
                yield node, last_name(node.func)

    def imports(self) -> Iterator[tuple[ast.stmt, str]]:
        """Yield every import with the full dotted name of what it brings in."""
        for node in self.nodes:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield node, alias.name
            elif isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    yield node, f"{node.module}.{alias.name}"

    def comments(self) -> Iterator[tuple[int, str]]:
        """Yield the line number and the text of every comment."""
        for token in tokenize.generate_tokens(io.StringIO(self.text).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


@dataclass(frozen=True)
class Rule:
    """A pattern that the house does not want, and the sentence that names the right way."""

    name: str
    right_way: str
    applies: Callable[[str], bool]
    find: Callable[[SourceFile], Iterator[int]]
    planted: str
    """A small file that breaks the rule, so that the rule itself is tested."""
    planted_at: str = "src/vault/services/planted.py"
    accepted: str = "value = 1\n"
    """A file close to the planted one that does not break it."""

    def findings(self, file: SourceFile) -> list[str]:
        """Return one line for each place that breaks the rule."""
        if not self.applies(file.path):
            return []
        return [f"{file.path}:{line}: {self.right_way}" for line in self.find(file)]


def last_name(node: ast.expr) -> str:
    """Return `c` for `a.b.c` and for `c`, else nothing."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def dotted(node: ast.expr) -> str:
    """Return `a.b.c` for an attribute of a name, else nothing."""
    if isinstance(node, ast.Attribute):
        owner = dotted(node.value)
        return f"{owner}.{node.attr}" if owner else ""
    return node.id if isinstance(node, ast.Name) else ""


def in_source(path: str) -> bool:
    """Return whether a path is part of the program."""
    return path.startswith("src/")


def in_tests(path: str) -> bool:
    """Return whether a path is part of the tests."""
    return path.startswith("tests/")


def everywhere(path: str) -> bool:
    """Return that a rule has no exceptions."""
    return True


def in_source_except(*allowed: str) -> Callable[[str], bool]:
    """Return a scope: the program without the named files and folders (ending in a slash)."""

    def applies(path: str) -> bool:
        inside = path.removeprefix("src/vault/")
        return in_source(path) and not any(
            inside == one or (one.endswith("/") and inside.startswith(one)) for one in allowed
        )

    return applies


def tracked() -> list[str]:
    """Return the paths that git keeps or would keep, and that are there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout.decode()
    return sorted(path for path in listed.split("\0") if path and (ROOT / path).is_file())


def python_files() -> list[SourceFile]:
    """Return every Python file of the tree."""
    return [
        SourceFile(path, (ROOT / path).read_text(encoding="utf-8"))
        for path in tracked()
        if path.endswith(".py")
    ]
