# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The client survives whatever its process does, and names it."""

from __future__ import annotations

import sys
import threading
import time

import pytest

from tests.decoding import pictures
from tests.decoding.conftest import PROBING_COMMAND, Probe, ask_of
from vault.decoding import client, worker_process
from vault.decoding.client import Decoder
from vault.decoding.errors import (
    DecoderClosed,
    DecodingFailed,
    DecodingTimeout,
    DecodingTooLarge,
    WorkerDied,
    WorkerNotStarted,
)

PNG = pictures.encoded(pictures.plain(), "PNG")


@pytest.mark.parametrize("task", ["sleep", "spin"])
def test_a_hanging_input_is_ended_in_time_and_the_next_call_works(task: str) -> None:
    with Decoder(command=PROBING_COMMAND, time_limit=0.5) as impatient:
        began = time.monotonic()
        with pytest.raises(DecodingTimeout):
            ask_of(impatient, task)

        assert time.monotonic() - began < 5
        impatient._time_limit = 30
        assert impatient.picture(PNG).width == 40


def test_a_process_that_dies_is_named_and_started_anew(prober: Decoder, probe: Probe) -> None:
    before = probe("process_id")
    with pytest.raises(WorkerDied) as died:
        probe("die")

    assert died.value.details["status"] == "-11" or sys.platform == "win32"
    assert prober.picture(PNG).width == 40
    assert probe("process_id") != before


def test_a_process_killed_in_the_moment_of_its_answer_is_not_asked_again() -> None:
    with Decoder(command=PROBING_COMMAND) as decoder:
        ask_of(decoder, "process_id")
        worker = decoder._worker
        assert worker is not None
        with worker._watched(60):
            worker._too_late()

        assert worker.ended
        assert decoder.picture(PNG).width == 40


def test_closing_from_another_thread_ends_a_waiting_call_at_once() -> None:
    decoder = Decoder(command=PROBING_COMMAND, time_limit=60)
    ask_of(decoder, "process_id")
    threading.Timer(0.3, decoder.close).start()

    began = time.monotonic()
    with pytest.raises(DecoderClosed):
        ask_of(decoder, "sleep")

    assert time.monotonic() - began < 5


def test_a_closed_decoder_starts_nothing() -> None:
    decoder = Decoder()
    decoder.close()

    with pytest.raises(DecoderClosed):
        decoder.picture(PNG)


def test_an_error_of_a_file_keeps_the_process(prober: Decoder, probe: Probe) -> None:
    before = probe("process_id")
    with pytest.raises(DecodingFailed):
        prober.picture(b"\x89PNG\r\n\x1a\n" + bytes(40))

    assert probe("process_id") == before


def test_what_libraries_print_does_not_disturb_the_answers(probe: Probe) -> None:
    assert probe("print_loudly") == "quiet"


def test_a_process_that_lies_about_a_picture_is_ended() -> None:
    with Decoder(command=(*PROBING_COMMAND, "--lie")) as decoder:
        ask_of(decoder, "process_id")
        with pytest.raises(WorkerDied) as died:
            decoder.picture(PNG)

        assert died.value.details["status"] == "nonsense"
        assert decoder._worker is not None
        assert decoder._worker.ended


def test_an_answer_with_an_oversized_head_is_not_read(probe: Probe) -> None:
    with pytest.raises(WorkerDied):
        probe("huge_answer")


def test_details_of_an_error_carry_no_content_of_a_file(probe: Probe) -> None:
    with pytest.raises(DecodingFailed) as refused:
        probe("leaking_error")

    assert refused.value.details == {}


def test_a_task_that_does_not_exist_is_refused(decoder: Decoder) -> None:
    with pytest.raises(DecodingFailed) as refused:
        ask_of(decoder, "sleep")

    assert refused.value.details["reason"] == "no_such_task"


def test_too_large_an_input_is_refused_before_it_is_sent(
    decoder: Decoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "MAX_INPUT_BYTES", len(PNG) - 1)

    with pytest.raises(DecodingTooLarge) as refused:
        decoder.picture(PNG)

    assert refused.value.details["what"] == "input_bytes"


def test_pages_left_unread_do_not_answer_the_next_question(decoder: Decoder) -> None:
    from tests.decoding.documents import pdf_of

    pages = decoder.each_pdf_page(pdf_of(["one", "two", "three"]), dpi=36)
    next(pages)
    pages.close()  # type: ignore[attr-defined]  # it is a generator

    assert decoder.picture(PNG).width == 40


def test_a_program_that_cannot_be_started_is_named() -> None:
    with Decoder(command=("/nonexistent/decoder",)) as decoder:
        with pytest.raises(WorkerNotStarted) as refused:
            decoder.picture(PNG)

        assert refused.value.details["reason"] == "not_executable"


def test_a_program_that_says_nothing_is_named() -> None:
    with Decoder(command=(sys.executable, "-c", "")) as decoder:
        with pytest.raises(WorkerNotStarted) as refused:
            decoder.picture(PNG)

        assert refused.value.details["reason"] == "no_first_words"


def test_the_frozen_program_starts_itself_as_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    assert worker_process.worker_command() == [sys.executable, "--worker"]


def test_calls_from_several_threads_take_turns(decoder: Decoder) -> None:
    sizes: list[int] = []
    jobs = [
        threading.Thread(
            target=lambda width=width: sizes.append(
                decoder.picture(pictures.encoded(pictures.plain(width, 10), "PNG")).width
            )
        )
        for width in range(20, 60, 10)
    ]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()

    assert sorted(sizes) == [20, 30, 40, 50]
