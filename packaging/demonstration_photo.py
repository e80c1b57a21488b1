# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Draws the demonstration's photograph, with the metadata a telephone would have left in it.

Run once by hand; its result is package data. The program has to lose the metadata again.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

ROOT = Path(__file__).resolve().parent.parent
FONT = ROOT / "src/vault/exports/fonts/NotoSans-Regular.ttf"
TARGET = ROOT / "src/vault/demo_case/files/E03.jpg"
SIZE = (1200, 900)


def main() -> None:
    """Draw the picture and write it with a camera's EXIF, a place included."""
    picture = Image.new("RGB", SIZE, (196, 160, 140))
    draw = ImageDraw.Draw(picture)
    for centre, radius, colour in (
        ((420, 380), 120, (128, 84, 112)),
        ((470, 420), 80, (104, 66, 98)),
        ((760, 520), 95, (140, 96, 110)),
    ):
        x, y = centre
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
    picture = picture.filter(ImageFilter.GaussianBlur(28))
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(FONT), 34)
    draw.rectangle((0, 800, SIZE[0], SIZE[1]), fill=(40, 40, 44))
    draw.text((40, 826), "ВЫМЫШЛЕННОЕ ФОТО · FICTIONAL PHOTOGRAPH · C-1", font=font, fill="white")
    exif = Image.Exif()
    exif[0x010F] = "Fictional Phone Works"
    exif[0x0110] = "FPW-0000"
    exif[0x0132] = "2023:06:19 08:12:44"
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (0.0, 0.0, 1.0)
    place[3], place[4] = "E", (0.0, 0.0, 1.0)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    picture.save(TARGET, quality=82, exif=exif)
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
