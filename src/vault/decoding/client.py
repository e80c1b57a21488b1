# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asks the decoding process: the only way of the program to a stranger's file."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Self, TypeVar

import msgspec

from vault.decoding import media_types
from vault.decoding.confinement import Confinement
from vault.decoding.errors import (
    DecoderClosed,
    DecodingTimeout,
    DecodingTooLarge,
    FormatNotSupported,
    WorkerDied,
)
from vault.decoding.frames import Answer, Request
from vault.decoding.limits import (
    MAX_DPI,
    MAX_INPUT_BYTES,
    MAX_SIDE,
    MIN_DPI,
    TIME_LIMIT_SECONDS,
)
from vault.decoding.worker_process import WorkerProcess, error_of, worker_command

_BYTES_OF_RGB: Final = 3
_DEFAULT_SIDE: Final = 2_000
_DEFAULT_DPI: Final = 150
_DEFAULT_QUALITY: Final = 85
_QUALITIES: Final = range(1, 96)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Pixels: three bytes each (red, green, blue), row by row from the top, upright."""

    width: int
    height: int
    rgb: bytes = field(repr=False)
    frames: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfFacts:
    """What a PDF says beside its pages: shown and searched, never believed."""

    pages: int
    metadata: tuple[str, ...] = field(repr=False)
    bookmarks: tuple[str, ...] = field(repr=False)
    attachment_names: tuple[str, ...] = field(repr=False)


class Decoder:
    """Decodes strangers' files in a process of its own, started when first needed.

    One request at a time: calls from several threads wait for each other. A process that takes
    too long, dies or answers nonsense is ended and the next call starts a new one. `close` may
    be called from any thread, ends the process at once and makes a waiting call raise
    `DecoderClosed`.

    Every call may raise `DecodingFailed` (damaged, encrypted, not such a file),
    `DecodingTooLarge`, `DecodingTimeout`, `WorkerDied`, `WorkerNotStarted`, `DecoderClosed`.
    """

    def __init__(
        self,
        *,
        time_limit: float = TIME_LIMIT_SECONDS,
        command: Sequence[str] | None = None,
    ) -> None:
        """Give each answer `time_limit` seconds; `command` replaces `worker_command()`."""
        self._time_limit = time_limit
        self._command = tuple(command or worker_command())
        self._turn = threading.Lock()
        self._worker: WorkerProcess | None = None
        self._closed = threading.Event()

    def __enter__(self) -> Self:
        """Return the decoder; leaving the block closes it."""
        return self

    def __exit__(self, *exc_info: object) -> None:
        """End the process."""
        self.close()

    def close(self) -> None:
        """End the process, whatever it is doing; later calls raise `DecoderClosed`."""
        self._closed.set()
        worker = self._worker
        if worker is not None:
            worker.end()

    def confinement(self) -> Confinement:
        """Return what the system enforces on the process, starting it if need be."""
        with self._turn:
            return self._running().confinement

    @staticmethod
    def media_type(data: bytes, file_name: str = "") -> str:
        """Name the kind of file by its first bytes; parses nothing and needs no process."""
        return media_types.media_type(data[: media_types.PEEK_BYTES], file_name)

    def picture(self, data: bytes, *, max_side: int = _DEFAULT_SIDE, frame: int = 0) -> Picture:
        """Return one picture of a file, upright, with nothing of its metadata."""
        numbers = {"max_side": _within(max_side, 1, MAX_SIDE), "frame": frame}
        answer, body = self._one(Request("picture", numbers), data)
        return self._picture(answer, body, max_side)

    def jpeg(
        self,
        data: bytes,
        *,
        max_side: int = _DEFAULT_SIDE,
        quality: int = _DEFAULT_QUALITY,
        frame: int = 0,
    ) -> bytes:
        """Return one picture of a file as a new JPEG without any metadata."""
        numbers = {
            "max_side": _within(max_side, 1, MAX_SIDE),
            "quality": _within(quality, _QUALITIES.start, _QUALITIES[-1]),
            "frame": frame,
        }
        _, body = self._one(Request("jpeg", numbers), data)
        if media_types.media_type(bytes(body[: media_types.PEEK_BYTES])) != "image/jpeg":
            raise self._nonsense()
        return bytes(body)

    def pdf_pages(self, data: bytes, *, dpi: int = _DEFAULT_DPI) -> list[Picture]:
        """Return every page painted; see `each_pdf_page` for files of many pages."""
        return list(self.each_pdf_page(data, dpi=dpi))

    def each_pdf_page(
        self, data: bytes, *, dpi: int = _DEFAULT_DPI, first: int = 0, last: int | None = None
    ) -> Iterator[Picture]:
        """Give pages `first` to `last` (from 0) one by one; the decoder is busy meanwhile."""
        numbers = {"dpi": _within(dpi, MIN_DPI, MAX_DPI), "first": max(first, 0)}
        if last is not None:
            numbers["last"] = last
        for answer, body in self._ask(Request("pdf_pages", numbers), data):
            if answer.more:
                yield self._picture(answer, body, MAX_SIDE)

    def pdf_text(self, data: bytes, *, laid_out: bool = False) -> list[str]:
        """Return the text of each page, in the order of the file or as it meets the eye."""
        _, body = self._one(Request("pdf_text", {"laid_out": int(laid_out)}), data)
        return self._parsed(body, list[str])

    def pdf_facts(self, data: bytes) -> PdfFacts:
        """Return the number of pages, Info entries, bookmarks and names of attachments."""
        answer, body = self._one(Request("pdf_facts"), data)
        metadata, bookmarks, names = self._parsed(body, tuple[list[str], list[str], list[str]])
        return PdfFacts(
            pages=answer.numbers.get("pages", 0),
            metadata=tuple(metadata),
            bookmarks=tuple(bookmarks),
            attachment_names=tuple(names),
        )

    def text(self, data: bytes, media_type: str) -> str:
        """Return the text of a plain text file or a PDF (its pages parted by form feeds)."""
        if media_type == media_types.PDF:
            return "\f".join(self.pdf_text(data))
        if media_type != media_types.TEXT:
            raise FormatNotSupported(kind=media_type, reason="no_text")
        _, body = self._one(Request("text"), data)
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError as err:
            raise self._nonsense() from err

    def _one(self, request: Request, data: bytes) -> tuple[Answer, bytearray]:
        answers = list(self._ask(request, data))
        if len(answers) != 1:
            raise self._nonsense()
        return answers[0]

    def _ask(self, request: Request, data: bytes) -> Iterator[tuple[Answer, bytearray]]:
        if len(data) > MAX_INPUT_BYTES:
            raise DecodingTooLarge(what="input_bytes", limit=MAX_INPUT_BYTES)
        with self._turn:
            worker = self._running()
            complete = False
            try:
                answer, body = worker.ask(request, data, self._time_limit)
                while answer.more:
                    yield answer, body
                    answer, body = worker.next_answer(self._time_limit)
                complete = True
                if answer.error:
                    raise error_of(answer)
                yield answer, body
            except (WorkerDied, DecodingTimeout) as err:
                if self._closed.is_set():
                    raise DecoderClosed from err
                raise
            finally:
                # Left in the middle (an error, or a caller who stopped reading), the process
                # would give the rest of this answer to the next question.
                if not complete:
                    worker.end()

    def _running(self) -> WorkerProcess:
        if self._closed.is_set():
            raise DecoderClosed
        if self._worker is None or self._worker.ended:
            self._worker = WorkerProcess(self._command)
            if self._closed.is_set():
                # Closed from another thread while the process was starting.
                self._worker.end()
                raise DecoderClosed
        return self._worker

    def _nonsense(self) -> WorkerDied:
        """End a process whose answer makes no sense: its parser may have been taken over."""
        if self._worker is not None:
            self._worker.end()
        return WorkerDied(status="nonsense")

    def _parsed(self, body: bytearray, kind: type[_T]) -> _T:
        try:
            return msgspec.json.decode(body, type=kind)
        except (msgspec.MsgspecError, ValueError, RecursionError) as err:
            raise self._nonsense() from err

    def _picture(self, answer: Answer, body: bytearray, max_side: int) -> Picture:
        width = answer.numbers.get("width", 0)
        height = answer.numbers.get("height", 0)
        sides = range(1, max_side + 1)
        if not (width in sides and height in sides):
            raise self._nonsense()
        if len(body) != width * height * _BYTES_OF_RGB:
            raise self._nonsense()
        frames = max(1, answer.numbers.get("frames", 1))
        return Picture(width=width, height=height, rgb=bytes(body), frames=frames)


def _within(value: int, least: int, most: int) -> int:
    """Keep a number of ours within what the process accepts."""
    return min(max(value, least), most)
