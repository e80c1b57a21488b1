# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures come out as pixels, upright, and with nothing of the file around them."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.decoding import pictures
from vault.decoding.client import Decoder, Picture
from vault.decoding.errors import DecodingFailed, DecodingTooLarge, FormatNotSupported
from vault.decoding.limits import MAX_PIXELS

RED, BLUE = (220, 20, 20), (20, 20, 220)


def pixel(picture: Picture, x: int, y: int) -> tuple[int, int, int]:
    at = (y * picture.width + x) * 3
    red, green, blue = picture.rgb[at : at + 3]
    return red, green, blue


def close_to(found: tuple[int, int, int], wanted: tuple[int, int, int]) -> bool:
    return all(abs(one - other) < 40 for one, other in zip(found, wanted, strict=True))


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "TIFF", "WEBP", "BMP", "GIF"])
def test_every_allowed_format_becomes_the_same_pixels(decoder: Decoder, format_name: str) -> None:
    picture = decoder.picture(pictures.encoded(pictures.plain(), format_name))

    assert (picture.width, picture.height) == (40, 20)
    assert close_to(pixel(picture, 5, 10), RED)
    assert close_to(pixel(picture, 35, 10), BLUE)


@pytest.mark.parametrize(
    "made", [pictures.jpeg_of_a_telephone(), pictures.png_with_texts()], ids=["jpeg", "png"]
)
def test_a_new_jpeg_has_nothing_of_the_files_metadata(decoder: Decoder, made: bytes) -> None:
    assert pictures.CAMERA.encode() in made or b"Author" in made
    assert Image.open(io.BytesIO(made)).getexif().get_ifd(0x8825)[2]

    stripped = decoder.jpeg(made)

    reread = Image.open(io.BytesIO(stripped))
    assert pictures.CAMERA.encode() not in stripped
    assert not reread.getexif()
    assert set(reread.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "dpi"}
    assert b"Exif" not in stripped
    assert reread.size == (40, 20)


@pytest.mark.parametrize(
    "orientation, corner_is_red, size",
    [
        (1, True, (40, 20)),
        (2, False, (40, 20)),
        (3, False, (40, 20)),
        (4, True, (40, 20)),
        (5, True, (20, 40)),
        (6, True, (20, 40)),
        (7, False, (20, 40)),
        (8, False, (20, 40)),
    ],
)
def test_a_picture_is_turned_as_its_exif_says(
    decoder: Decoder, orientation: int, *, corner_is_red: bool, size: tuple[int, int]
) -> None:
    picture = decoder.picture(pictures.jpeg_of_a_telephone(orientation))

    assert (picture.width, picture.height) == size
    assert close_to(pixel(picture, 2, 2), RED if corner_is_red else BLUE)


def test_no_side_is_longer_than_asked_for(decoder: Decoder) -> None:
    big = pictures.encoded(pictures.plain(3000, 1500), "JPEG")

    picture = decoder.picture(big, max_side=600)

    assert (picture.width, picture.height) == (600, 300)
    assert close_to(pixel(picture, 10, 10), RED)


def test_a_small_picture_is_not_blown_up(decoder: Decoder) -> None:
    assert decoder.picture(pictures.encoded(pictures.plain(), "PNG"), max_side=600).width == 40


def test_transparency_becomes_white_paper(decoder: Decoder) -> None:
    layer = Image.new("RGBA", (10, 10), (0, 0, 0, 0))

    assert pixel(decoder.picture(pictures.encoded(layer, "PNG")), 5, 5) == (255, 255, 255)


def test_sixteen_bit_grey_keeps_its_shades(decoder: Decoder) -> None:
    grey = Image.new("I;16", (10, 10), 0x8000)

    red, _, _ = pixel(decoder.picture(pictures.encoded(grey, "PNG")), 5, 5)

    assert 120 <= red <= 135


def test_each_page_of_a_fax_can_be_asked_for(decoder: Decoder) -> None:
    first, second = Image.new("RGB", (8, 8), RED), Image.new("RGB", (8, 8), BLUE)
    fax = pictures.encoded(first, "TIFF", save_all=True, append_images=[second])

    assert decoder.picture(fax).frames == 2
    assert pixel(decoder.picture(fax, frame=1), 4, 4) == BLUE
    with pytest.raises(DecodingFailed) as refused:
        decoder.picture(fax, frame=2)
    assert refused.value.details["reason"] == "no_such_frame"


def test_a_bomb_is_refused_before_it_is_decoded(decoder: Decoder) -> None:
    with pytest.raises(DecodingTooLarge) as refused:
        decoder.picture(pictures.png_bomb(60_000, 60_000))

    assert refused.value.details["limit"] == MAX_PIXELS


def test_a_picture_just_over_the_pixel_limit_is_refused(decoder: Decoder) -> None:
    with pytest.raises(DecodingTooLarge):
        decoder.picture(pictures.png_bomb(8192, 8193))


@pytest.mark.parametrize("format_name", ["JPEG", "PNG", "TIFF", "WEBP", "BMP", "GIF"])
def test_a_truncated_picture_is_refused(decoder: Decoder, format_name: str) -> None:
    noise = Image.effect_noise((200, 200), 80).convert("RGB")
    whole = pictures.encoded(noise, format_name)

    with pytest.raises(DecodingFailed):
        decoder.picture(whole[: len(whole) // 2])


def test_broken_exif_does_not_hide_a_picture(decoder: Decoder) -> None:
    made = pictures.encoded(pictures.plain(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff")

    assert decoder.picture(made).width == 40


@pytest.mark.parametrize(
    "made", [b"", b"%PDF-1.4", b"%!PS-Adobe-3.0 EPSF-3.0\n", b"P6 1 1 255 abc"]
)
def test_formats_outside_the_list_reach_no_decoder(decoder: Decoder, made: bytes) -> None:
    with pytest.raises(FormatNotSupported):
        decoder.picture(made)
