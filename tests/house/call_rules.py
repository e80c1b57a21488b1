# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""House rules about what the program may call: no network, few processes, safe SQL, plain Qt."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

from tests.house.source_files import (
    Rule,
    SourceFile,
    dotted,
    everywhere,
    in_source,
    in_source_except,
    last_name,
)

NETWORK = {
    "PySide6.QtNetwork",
    "PySide6.QtWebSockets",
    "aiohttp",
    "asyncio",
    "ftplib",
    "http",
    "httpx",
    "imaplib",
    "poplib",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "xmlrpc",
}
UNSAFE_READERS = {"dill", "marshal", "pickle", "shelve", "yaml"}
POSIX_ONLY = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}

# The ports: the only files that may do what the rule's name says.
PROCESS_PORTS = ("decoding/", "supervisor.py", "supervisor/", "app.py")
TEMPORARY_PORTS = ("decoding/",)

_ALL_COLUMNS = re.compile(r"\bSELECT\s+(DISTINCT\s+)?(\w+\.)?\*", re.IGNORECASE)


def _imports_of(names: set[str]) -> Callable[[SourceFile], Iterator[int]]:
    def find(file: SourceFile) -> Iterator[int]:
        for node, name in file.imports():
            if any(name == one or name.startswith(f"{one}.") for one in names):
                yield node.lineno

    return find


def _calls_of(*names: str) -> Callable[[SourceFile], Iterator[int]]:
    def find(file: SourceFile) -> Iterator[int]:
        for call, name in file.calls():
            if name in names or dotted(call.func) in names:
                yield call.lineno

    return find


def _mentions_of(*names: str) -> Callable[[SourceFile], Iterator[int]]:
    def find(file: SourceFile) -> Iterator[int]:
        for node in file.nodes:
            if isinstance(node, ast.Name | ast.Attribute) and (
                last_name(node) in names or dotted(node) in names
            ):
                yield node.lineno
        for node, name in file.imports():
            if name.rsplit(".", 1)[-1] in names:
                yield node.lineno

    return find


def _is_built(node: ast.expr) -> bool:
    """Return whether a string is put together at run time."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Mod) or _is_built(node.left) or _is_built(node.right)
    return isinstance(node, ast.Call) and last_name(node.func) in {"format", "join"}


def _is_pragma(node: ast.expr) -> bool:
    """Return whether a string is one of the PRAGMAs, whose values cannot be bound."""
    return (
        isinstance(node, ast.JoinedStr)
        and isinstance(node.values[0], ast.Constant)
        and str(node.values[0].value).startswith("PRAGMA ")
    )


def _built_sql(file: SourceFile) -> Iterator[int]:
    for call, name in file.calls():
        if name in {"execute", "executemany"} and call.args:
            query = call.args[0]
            if _is_built(query) and not _is_pragma(query):
                yield call.lineno


def _all_columns(file: SourceFile) -> Iterator[int]:
    for node in file.nodes:
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and _ALL_COLUMNS.search(node.value)
        ):
            yield node.lineno


def _built_messages(file: SourceFile) -> Iterator[int]:
    for call, name in file.calls():
        is_message = name in {"_", "mark", "plural", "in_context"}
        if is_message and any(_is_built(argument) for argument in call.args):
            yield call.lineno


def _text_without_encoding(file: SourceFile) -> Iterator[int]:
    for call, name in file.calls():
        keywords = {word.arg for word in call.keywords}
        if None in keywords or "encoding" in keywords:
            continue
        if name in {"read_text", "write_text"}:
            if len(call.args) < (1 if name == "read_text" else 2):
                yield call.lineno
        elif name == "open" and _opens_text(call):
            yield call.lineno


def _opens_text(call: ast.Call) -> bool:
    """Return whether a call of open() is certain to open a text."""
    is_method = isinstance(call.func, ast.Attribute)
    if is_method and dotted(call.func) != "io.open" and not _has_mode(call):
        return False
    modes = [word.value for word in call.keywords if word.arg == "mode"]
    modes += call.args[0:1] if is_method else call.args[1:2]
    if not modes:
        return True
    mode = modes[0]
    if not (isinstance(mode, ast.Constant) and isinstance(mode.value, str)):
        return False
    return "b" not in mode.value and set(mode.value) <= set("rwaxt+U")


def _has_mode(call: ast.Call) -> bool:
    return bool(call.args) or any(word.arg == "mode" for word in call.keywords)


def _unguarded_posix(file: SourceFile) -> Iterator[int]:
    for node in file.tree.body:
        names = (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
        if set(names) & POSIX_ONLY:
            yield node.lineno


RULES = [
    Rule(
        name="no network",
        right_way="the program never opens a network connection (promise P6)",
        applies=in_source,
        find=_imports_of(NETWORK),
        planted="import socket\n",
    ),
    Rule(
        name="processes",
        right_way=f"processes are started only in {', '.join(PROCESS_PORTS)}",
        applies=in_source_except(*PROCESS_PORTS),
        find=_imports_of({"subprocess", "multiprocessing", "concurrent.futures.process"}),
        planted="import subprocess\n",
    ),
    Rule(
        name="shells",
        right_way="start a process with a list of arguments in a port, never through a shell",
        applies=everywhere,
        find=_calls_of("os.system", "os.popen"),
        planted="import os\n\nos.system('true')\n",
    ),
    Rule(
        name="forks",
        right_way="no fork and no exec: Windows has neither, and a fork copies the keys",
        applies=in_source,
        find=_mentions_of("os.fork", "os.forkpty", "os.execv", "os.execvp", "os.execve"),
        planted="import os\n\nos.fork()\n",
    ),
    Rule(
        name="temporary files",
        right_way="plaintext never goes into a temporary file: use memory or a stream (P1)",
        applies=in_source_except(*TEMPORARY_PORTS),
        find=_imports_of({"tempfile"}),
        planted="import tempfile\n",
    ),
    Rule(
        name="unsafe readers",
        right_way="read foreign bytes with msgspec or json; pickle and its kin run code",
        applies=in_source,
        find=_imports_of(UNSAFE_READERS),
        planted="import pickle\n",
    ),
    Rule(
        name="POSIX",
        right_way="import it inside a port, behind `sys.platform`: Windows does not have it",
        applies=in_source,
        find=_unguarded_posix,
        planted="import fcntl\n",
        accepted="import sys\n\nif sys.platform != 'win32':\n    import fcntl\n",
    ),
    Rule(
        name="encoding",
        right_way='say encoding="utf-8": on Windows the default is the code page of the country',
        applies=everywhere,
        find=_text_without_encoding,
        planted="from pathlib import Path\n\nPath('a').read_text()\n",
        accepted="from pathlib import Path\n\nPath('a').read_text(encoding='utf-8')\n",
    ),
    Rule(
        name="print",
        right_way="only the command line prints; elsewhere return a value or use vault.logs",
        applies=in_source_except("cli.py", "cli/", "__main__.py"),
        find=_calls_of("print"),
        planted="print(1)\n",
    ),
    Rule(
        name="built SQL",
        right_way="bind parameters with ?; only a PRAGMA may be an f-string",
        applies=in_source,
        find=_built_sql,
        planted='db.execute(f"SELECT title FROM {table}")\n',
        accepted='db.execute(f"PRAGMA user_version = {version:d}")\n',
    ),
    Rule(
        name="executescript",
        right_way="split it as vault.store.migrate does: executescript commits first",
        applies=everywhere,
        find=_calls_of("executescript"),
        planted='db.executescript("SELECT 1;")\n',
    ),
    Rule(
        name="columns",
        right_way="write the columns out; the order of a star changes with the schema",
        applies=in_source,
        find=_all_columns,
        planted='QUERY = "SELECT * FROM person"\n',
        accepted='QUERY = "SELECT count(*) FROM person"\n',
    ),
    Rule(
        name="keyring",
        right_way="take a back-end from the allow-list of vault.keys; get_keyring may pick a file",
        applies=in_source,
        find=_mentions_of("get_keyring"),
        planted="import keyring\n\nkeyring.get_keyring()\n",
    ),
    Rule(
        name="event loops",
        right_way="use vault.ui.jobs: no processEvents, no QThread, no nested QEventLoop",
        applies=in_source,
        find=_mentions_of("processEvents", "QThread", "QEventLoop"),
        planted="from PySide6.QtCore import QThread\n",
        accepted="from PySide6.QtCore import QThreadPool\n",
    ),
    Rule(
        name="labels",
        right_way="use vault.ui.plain_label: a QLabel guesses HTML in a stranger's text",
        applies=in_source_except("ui/plain_label.py"),
        find=_mentions_of("QLabel"),
        planted="from PySide6.QtWidgets import QLabel\n",
    ),
    Rule(
        name="messages",
        right_way='translate first, then fill: _("{count} files").format(count=n)',
        applies=in_source,
        find=_built_messages,
        planted='_(f"{count} files")\n',
        accepted='_("{count} files").format(count=3)\n',
    ),
]
