# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures to plain pixels. Runs in the decoding process.

What comes out was painted onto a new, empty picture: no EXIF, XMP, comment, colour profile,
thumbnail or anything else of the file is left, whatever its format may carry.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageFile, UnidentifiedImageError

from vault.decoding.errors import (
    DecodingError,
    DecodingFailed,
    DecodingTooLarge,
    FormatNotSupported,
)
from vault.decoding.limits import MAX_FRAMES, MAX_JPEG_PIXELS, MAX_PIXELS
from vault.decoding.media_types import PICTURES, media_type

_WHITE: Final = (255, 255, 255)
_SIXTEEN_BITS: Final = frozenset({"I", "I;16", "I;16B", "I;16L", "I;16N"})
_SIXTEEN_TO_EIGHT: Final = 1 / 256
_ORIENTATION: Final = 0x0112
# EXIF 2.3, tag 0x0112: how the stored picture has to be turned to stand upright.
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# A truncated file is refused rather than shown with a grey half: evidence is whole or damaged.
ImageFile.LOAD_TRUNCATED_IMAGES = False
Image.MAX_IMAGE_PIXELS = MAX_JPEG_PIXELS


@dataclass(frozen=True, slots=True)
class Decoded:
    """Pixels, and how many pictures (pages of a fax, frames) the file has."""

    image: Image.Image
    frames: int


def decode(untrusted: bytes, *, max_side: int, frame: int = 0) -> Decoded:
    """Return one picture upright, on white, in RGB, with no side longer than `max_side`.

    Raises:
        FormatNotSupported: not one of `PICTURES`.
        DecodingTooLarge: more pixels than are held in memory.
        DecodingFailed: damaged, truncated, or without that frame.
    """
    kind = media_type(untrusted)
    if kind not in PICTURES:
        raise FormatNotSupported(kind=kind, reason="not_a_picture")
    try:
        with warnings.catch_warnings():
            # Pillow only warns up to twice its limit; here the limit is a limit.
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(untrusted), formats=[PICTURES[kind]]) as opened:
                return _decoded(opened, kind, max_side, frame)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as err:
        raise DecodingTooLarge(what="pixels", limit=MAX_PIXELS) from err
    except UnidentifiedImageError as err:
        raise DecodingFailed(kind=kind, reason="not_readable") from err
    except DecodingError:
        raise
    except Exception as err:  # Pillow's decoders raise whatever their parser met
        raise DecodingFailed(kind=kind, reason="damaged") from err


def _decoded(opened: Image.Image, kind: str, max_side: int, frame: int) -> Decoded:
    frames = min(getattr(opened, "n_frames", 1), MAX_FRAMES)
    if not 0 <= frame < frames:
        raise DecodingFailed(kind=kind, reason="no_such_frame")
    if frame:
        opened.seek(frame)
    if kind == "image/jpeg":
        # Decodes at 1/2, 1/4 or 1/8 straight away, never below what was asked for.
        opened.draft("RGB", (max_side, max_side))
    _check_pixels(opened.size)
    opened.load()
    # The size a TIFF or WEBP really had is known only now.
    _check_pixels(opened.size)
    turned = _turn_of(opened)
    smaller = _smaller(opened, max_side)
    upright = smaller if turned is None else smaller.transpose(turned)
    return Decoded(_on_white(upright), frames)


def _turn_of(opened: Image.Image) -> Image.Transpose | None:
    try:
        return _TURNS.get(opened.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001  # broken EXIF is common and no reason to refuse the picture
        return None


def _check_pixels(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MAX_PIXELS:
        raise DecodingTooLarge(what="pixels", limit=MAX_PIXELS)


def _smaller(image: Image.Image, max_side: int) -> Image.Image:
    if max(image.size) <= max_side:
        return image
    if image.mode in {"1", "P"}:
        # These modes cannot be averaged; a shrunken scan would be unreadable.
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    if image.mode in _SIXTEEN_BITS:
        image = _eight_bits(image)
    scale = max_side / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _eight_bits(image: Image.Image) -> Image.Image:
    """Scale 16-bit grey down; Pillow's own conversion would cut everything over 255 to white."""
    return image.convert("I").point(lambda value: value * _SIXTEEN_TO_EIGHT).convert("L")


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in _SIXTEEN_BITS:
        image = _eight_bits(image)
    painted = Image.new("RGB", image.size, _WHITE)
    if image.mode in {"LA", "PA", "RGBA", "La", "RGBa"} or "transparency" in image.info:
        layer = image.convert("RGBA")
        painted.paste(layer, mask=layer.getchannel("A"))
    else:
        painted.paste(image.convert("RGB"))
    return painted


def as_jpeg(image: Image.Image, *, quality: int) -> bytes:
    """Encode pixels as a baseline JPEG that carries nothing but pixels."""
    sink = io.BytesIO()
    image.save(sink, "JPEG", quality=quality, optimize=True)
    return sink.getvalue()
