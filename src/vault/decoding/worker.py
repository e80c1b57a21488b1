# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The decoding process: reads requests from standard input, answers on standard output.

It is started with an empty environment and no key, gives up what it can (`confinement`), and
serves one request after another until its input ends. An error of a file is an answer; a fault
of a parser may end the process, which the client notices and names.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO, Final

import msgspec

from vault.decoding import documents, images, pages
from vault.decoding.confinement import allow_cpu_for_one_request, confine
from vault.decoding.errors import DecodingError, DecodingFailed, DecodingTooLarge
from vault.decoding.frames import Answer, FrameBroken, Lengths, Request, read_frame, write_frame
from vault.decoding.limits import MAX_INPUT_BYTES, MAX_TEXT_BYTES

Reply = tuple[Answer, bytes]
Task = Callable[[bytes, dict[str, int]], Iterator[Reply]]


def picture(untrusted: bytes, numbers: dict[str, int]) -> Iterator[Reply]:
    """Answer with the size and the RGB bytes of one picture."""
    decoded = images.decode(untrusted, max_side=numbers["max_side"], frame=numbers.get("frame", 0))
    width, height = decoded.image.size
    size = {"width": width, "height": height, "frames": decoded.frames}
    yield Answer(numbers=size), decoded.image.tobytes()


def jpeg(untrusted: bytes, numbers: dict[str, int]) -> Iterator[Reply]:
    """Answer with one picture encoded anew."""
    decoded = images.decode(untrusted, max_side=numbers["max_side"], frame=numbers.get("frame", 0))
    yield Answer(), images.as_jpeg(decoded.image, quality=numbers["quality"])


def pdf_pages(untrusted: bytes, numbers: dict[str, int]) -> Iterator[Reply]:
    """Answer once for each page, so that only one is ever in memory."""
    with pages.opened(untrusted) as document:
        first = numbers.get("first", 0)
        last = min(numbers.get("last", len(document) - 1), len(document) - 1)
        for index in range(first, last + 1):
            painted = pages.picture_of(document, index, dpi=numbers["dpi"])
            size = {"width": painted.width, "height": painted.height}
            yield Answer(numbers=size, more=True), painted.tobytes()
        yield Answer(numbers={"pages": len(document)}), b""


def pdf_text(untrusted: bytes, numbers: dict[str, int]) -> Iterator[Reply]:
    """Answer with the text of every page, in the order of the file or of the eye."""
    read = pages.laid_out_text_of if numbers.get("laid_out") else pages.text_of
    found: list[str] = []
    total = 0
    with pages.opened(untrusted) as document:
        for index in range(len(document)):
            found.append(read(document, index))
            total += len(found[-1])
            if total > MAX_TEXT_BYTES // 4:
                raise DecodingTooLarge(what="text_bytes", limit=MAX_TEXT_BYTES)
    yield Answer(), _texts(found)


def pdf_facts(untrusted: bytes, _numbers: dict[str, int]) -> Iterator[Reply]:
    """Answer with the number of pages, the Info entries, bookmarks and attachments."""
    with pages.opened(untrusted) as document:
        metadata = pages.metadata_of(document)
        facts = [
            [f"{name}: {value}" for name, value in metadata.items()],
            pages.bookmarks_of(document),
            pages.attachment_names_of(document),
        ]
        count = {"pages": len(document)}
    yield Answer(numbers=count), _texts(facts)


def text(untrusted: bytes, _numbers: dict[str, int]) -> Iterator[Reply]:
    """Answer with the text of a plain text file, in UTF-8."""
    yield Answer(), documents.text(untrusted).encode("utf-8", "replace")


TASKS: Final[Mapping[str, Task]] = {
    "picture": picture,
    "jpeg": jpeg,
    "pdf_pages": pdf_pages,
    "pdf_text": pdf_text,
    "pdf_facts": pdf_facts,
    "text": text,
}


def main(tasks: Mapping[str, Task] = TASKS) -> int:
    """Serve `tasks` until standard input ends; return the exit status."""
    source, sink = _pipes()
    held = confine()
    started = {"memory": held.memory, "network": held.network, "files": held.files}
    try:
        write_frame(sink, Answer(numbers={name: int(holds) for name, holds in started.items()}))
        while (frame := read_frame(source, Request, Lengths(MAX_INPUT_BYTES))) is not None:
            allow_cpu_for_one_request()
            request, body = frame
            _serve(sink, tasks, request, bytes(body))
    except (FrameBroken, BrokenPipeError):
        return 1
    return 0


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep the pipes for frames alone: whatever a library prints goes to standard error."""
    sink = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return os.fdopen(os.dup(0), "rb"), sink


def _serve(sink: BinaryIO, tasks: Mapping[str, Task], request: Request, body: bytes) -> None:
    task = tasks.get(request.task)
    try:
        if task is None:
            raise DecodingFailed(kind=request.task[:40], reason="no_such_task")
        for answer, data in task(body, request.numbers):
            write_frame(sink, answer, data)
    except DecodingError as err:
        write_frame(sink, Answer(error=err.code, details=dict(err.details)))
    except MemoryError:
        write_frame(sink, Answer(error=DecodingTooLarge.code, details={"what": "memory"}))
    except BrokenPipeError:
        raise
    except Exception:  # noqa: BLE001  # a parser's own fault is an answer like any other damage
        write_frame(sink, Answer(error=DecodingFailed.code, details={"reason": "parser_fault"}))


def _texts(found: object) -> bytes:
    return msgspec.json.encode(_clean(found))


def _clean(found: object) -> object:
    """Replace half characters, which a damaged file may hold and JSON may not."""
    if isinstance(found, list):
        return [_clean(item) for item in found]
    return str(found).encode("utf-8", "replace").decode("utf-8")


if __name__ == "__main__":
    sys.exit(main())
