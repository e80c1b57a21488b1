# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Random and damaged files never bring the process down for long, nor come out as something."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.decoding import pictures
from tests.decoding.documents import pdf_of
from vault.decoding.client import Decoder
from vault.decoding.errors import DecodingError

SEEDS = [
    *(
        pictures.encoded(pictures.plain(), name)
        for name in ("JPEG", "PNG", "TIFF", "WEBP", "BMP", "GIF")
    ),
    pdf_of(["one"]),
]


@settings(max_examples=80)
@given(
    seed=st.sampled_from(SEEDS),
    place=st.integers(0, 4000),
    noise=st.binary(min_size=1, max_size=40),
)
def test_damaged_files_are_decoded_or_refused_by_name(
    decoder: Decoder, seed: bytes, place: int, noise: bytes
) -> None:
    at = place % len(seed)
    damaged = seed[:at] + noise + seed[at + len(noise) :]
    for act in (decoder.picture, decoder.pdf_text, decoder.pdf_pages, decoder.pdf_facts):
        try:
            act(damaged)
        except DecodingError as err:
            assert err.code.startswith("decoding.")  # noqa: PT017  # either outcome is right


@settings(max_examples=60)
@given(start=st.sampled_from([seed[:12] for seed in SEEDS]), rest=st.binary(max_size=400))
def test_random_bytes_after_a_true_beginning_are_refused_by_name(
    decoder: Decoder, start: bytes, rest: bytes
) -> None:
    for act in (decoder.picture, decoder.pdf_text):
        try:
            act(start + rest)
        except DecodingError as err:
            assert err.code.startswith("decoding.")  # noqa: PT017  # either outcome is right
