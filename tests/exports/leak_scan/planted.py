# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""PDFs with one leak each: the same name, every time in another place."""

from __future__ import annotations

import base64
import io
import re
import struct
import zipfile
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image
from reportlab.lib.colors import black, white
from reportlab.pdfgen.canvas import Canvas

from vault.exports.fonts.registration import SERIF, face_name, register

NAME = "Зимовченко Илья"
_FACE = face_name(SERIF)
_CLEAN_LINE = "Настоящий документ подготовлен представителем заявителя."


def drawn(draw: Callable[[Canvas], None]) -> bytes:
    """One page with a harmless line and whatever `draw` adds, in an embedded Cyrillic font."""
    register()
    sink = io.BytesIO()
    canvas = Canvas(sink, pagesize=(595, 842), invariant=1)
    canvas.setFont(_FACE, 12)
    canvas.drawString(72, 760, _CLEAN_LINE)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return sink.getvalue()


def clean() -> bytes:
    return drawn(lambda canvas: None)


def edited(edit: Callable[[Pdf], None]) -> bytes:
    """The clean page with its objects changed, written anew with a classic cross-reference."""
    sink = io.BytesIO()
    with Pdf.open(io.BytesIO(clean())) as pdf:
        edit(pdf)
        pdf.save(
            sink,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            fix_metadata_version=False,
        )
    return sink.getvalue()


def updated(pdf: bytes, objects: dict[int, bytes], *, listed: bool = True) -> bytes:
    """The file with an incremental update; objects that are not `listed` are in no table."""
    start = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    with Pdf.open(io.BytesIO(pdf)) as opened:
        root = opened.Root.objgen[0]
        size = max(*(item.objgen[0] for item in opened.objects), *objects) + 1
    body = bytearray(pdf if pdf.endswith(b"\n") else pdf + b"\n")
    table = b"xref\n"
    for number, content in objects.items():
        if listed:
            table += b"%d 1\n%010d 00000 n \n" % (number, len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    if not listed:
        table += b"0 1\n0000000000 65535 f \n"
    place = len(body)
    trailer = b"trailer\n<< /Size %d /Root %d 0 R /Prev %d >>\n" % (size, root, start)
    return bytes(body + table + trailer + b"startxref\n%d\n%%%%EOF\n" % place)


def utf16(text: str) -> bytes:
    return b"<feff" + text.encode("utf-16-be").hex().encode() + b">"


def _white(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    canvas.drawString(72, 700, NAME)


def _boxed(canvas: Canvas) -> None:
    canvas.drawString(72, 700, NAME)
    canvas.setFillColor(black)
    canvas.rect(60, 690, 300, 30, stroke=0, fill=1)


def _invisible(canvas: Canvas) -> None:
    text = canvas.beginText(72, 700)
    text.setTextRenderMode(3)
    text.textOut(NAME)
    canvas.drawText(text)


def _clipped(canvas: Canvas) -> None:
    path = canvas.beginPath()
    path.rect(0, 0, 1, 1)
    canvas.clipPath(path, stroke=0)
    canvas.drawString(72, 700, NAME)


def _backwards(canvas: Canvas) -> None:
    width = canvas.stringWidth
    places = [72 + width(NAME[:index], _FACE, 12) for index in range(len(NAME))]
    for place, letter in reversed(list(zip(places, NAME, strict=True))):
        canvas.drawString(place, 700, letter)


def _letter_by_letter(canvas: Canvas) -> None:
    for index, letter in enumerate(NAME):
        canvas.drawString(72 + 10 * index, 700 - 30 * index, letter)


def _form(canvas: Canvas) -> None:
    canvas.beginForm("note")
    canvas.setFont(_FACE, 12)
    canvas.drawString(0, 0, NAME)
    canvas.endForm()


def _layer(pdf: Pdf) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("x")))
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([group]), D=Dictionary(OFF=Array([group]), Order=Array([]))
    )
    page = pdf.pages[0]
    page.Resources.Properties = Dictionary(L0=group)
    page.contents_add(pdf.make_stream(b"/OC /L0 BDC"), prepend=True)
    page.contents_add(pdf.make_stream(b"EMC"))


def hidden_layer() -> bytes:
    with Pdf.open(io.BytesIO(drawn(lambda canvas: canvas.drawString(72, 700, NAME)))) as pdf:
        _layer(pdf)
        sink = io.BytesIO()
        pdf.save(sink)
    return sink.getvalue()


def _information(pdf: Pdf) -> None:
    pdf.docinfo["/Keywords"] = String(NAME)


def _xmp(text: str) -> Callable[[Pdf], None]:
    def edit(pdf: Pdf) -> None:
        packet = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>{text}</a></x:xmpmeta>'
        pdf.Root.Metadata = Stream(pdf, packet.encode(), Type=Name.Metadata, Subtype=Name.XML)

    return edit


def _bookmark(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(NAME, 0))


def _annotation(**entries: pikepdf.Object) -> Callable[[Pdf], None]:
    def edit(pdf: Pdf) -> None:
        annotation = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 1, 1]), F=2)
        for key, value in entries.items():
            annotation[f"/{key}"] = value
        pdf.pages[0].Annots = Array([pdf.make_indirect(annotation)])

    return edit


def _attached(file_name: str, content: bytes) -> Callable[[Pdf], None]:
    def edit(pdf: Pdf) -> None:
        pdf.attachments[file_name] = content

    return edit


def _archive() -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:t>{NAME}</w:t>")
    return sink.getvalue()


def _structure(key: str) -> Callable[[Pdf], None]:
    def edit(pdf: Pdf) -> None:
        element = Dictionary(Type=Name.StructElem, S=Name.Figure)
        element[key] = String(NAME)
        pdf.Root.StructTreeRoot = pdf.make_indirect(
            Dictionary(Type=Name.StructTreeRoot, K=pdf.make_indirect(element))
        )

    return edit


def _actual_text(pdf: Pdf) -> None:
    marked = b"/Span << /ActualText " + utf16(NAME) + b" >> BDC EMC"
    pdf.pages[0].contents_add(pdf.make_stream(marked))


def _comment(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(pdf.make_stream(f"% {NAME}\n".encode()))


def _resource_name(pdf: Pdf) -> None:
    resources = pdf.pages[0].Resources
    resources.ColorSpace = Dictionary({f"/{NAME.replace(' ', '_')}": Name.DeviceRGB})


def _destination(pdf: Pdf) -> None:
    target = Array([pdf.pages[0].obj, Name.Fit])
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String(NAME), target])))


def _script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f'app.alert("{NAME}")'))


def _page_label(pdf: Pdf) -> None:
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(NAME))]))


def _private(pdf: Pdf) -> None:
    stream = Stream(pdf, NAME.encode("cp1251"))
    pdf.pages[0].PieceInfo = Dictionary(App=Dictionary(Private=pdf.make_indirect(stream)))


def _field(pdf: Pdf) -> None:
    field = Dictionary(FT=Name.Tx, T=String("f"), V=String(NAME))
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(field)]))


def jpeg(*, exif: bytes = b"", comment: bytes = b"", after: bytes = b"") -> bytes:
    sink = io.BytesIO()
    picture = Image.effect_noise((64, 48), 40).convert("RGB")
    if exif or comment:
        picture.save(sink, "JPEG", exif=exif, comment=comment)
    else:
        picture.save(sink, "JPEG")
    return sink.getvalue() + after


def exif(description: str) -> bytes:
    """Camera data with one text: ImageDescription (0x010E), in UTF-8."""
    text = description.encode() + b"\0"
    entry = struct.pack(">HHII", 0x010E, 2, len(text), 26)
    return b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0) + text


def pictured(data: bytes, *, ascii85: bool = False) -> bytes:
    def edit(pdf: Pdf) -> None:
        image = Stream(pdf, data, Type=Name.XObject, Subtype=Name.Image)
        image.Width, image.Height, image.BitsPerComponent = 64, 48, 8
        image.ColorSpace = Name.DeviceRGB
        image.Filter = Name.DCTDecode
        if ascii85:
            image.write(
                base64.a85encode(data) + b"~>", filter=Array([Name.ASCII85Decode, Name.DCTDecode])
            )
        page = pdf.pages[0]
        page.Resources.XObject = Dictionary(Im0=pdf.make_indirect(image))
        page.contents_add(pdf.make_stream(b"q 64 0 0 48 72 600 cm /Im0 Do Q"))

    return edited(edit)


def earlier_revision() -> bytes:
    """The name was on the page; an update replaced the page's content by an empty one."""
    sink = io.BytesIO()
    with Pdf.open(io.BytesIO(drawn(lambda canvas: canvas.drawString(72, 700, NAME)))) as pdf:
        pdf.save(sink, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    before = sink.getvalue()
    with Pdf.open(io.BytesIO(before)) as pdf:
        number = pdf.pages[0].Contents.objgen[0]
    return updated(before, {number: b"<< /Length 0 >>\nstream\n\nendstream"})


LEAKS: dict[str, Callable[[], bytes]] = {
    "plain text": lambda: drawn(lambda canvas: canvas.drawString(72, 700, NAME)),
    "text under a box": lambda: drawn(_boxed),
    "white text": lambda: drawn(_white),
    "invisible text": lambda: drawn(_invisible),
    "clipped text": lambda: drawn(_clipped),
    "text off the page": lambda: drawn(lambda canvas: canvas.drawString(-900, 9000, NAME)),
    "glyphs in reverse order": lambda: drawn(_backwards),
    "glyphs all over the page": lambda: drawn(_letter_by_letter),
    "an undrawn form": lambda: drawn(_form),
    "a hidden layer": hidden_layer,
    "document information": lambda: edited(_information),
    "XMP": lambda: edited(_xmp(NAME)),
    "XMP in entities": lambda: edited(_xmp("".join(f"&#{ord(letter)};" for letter in NAME))),
    "a bookmark": lambda: edited(_bookmark),
    "a hidden note": lambda: edited(_annotation(Subtype=Name.Text, Contents=String(NAME))),
    "the author of a note": lambda: edited(_annotation(Subtype=Name.Text, T=String(NAME))),
    "a link target": lambda: edited(
        _annotation(
            Subtype=Name.Link,
            A=Dictionary(S=Name.URI, URI=String("https://example.invalid/Zimovchenko-Ilia")),
        )
    ),
    "an attachment": lambda: edited(_attached("a.txt", NAME.encode("cp1251"))),
    "an attached document": lambda: edited(_attached("a.docx", _archive())),
    "an attached PDF": lambda: edited(
        _attached("a.pdf", drawn(lambda canvas: canvas.drawString(72, 700, NAME)))
    ),
    "the name of an attachment": lambda: edited(_attached(f"{NAME}.txt", b"-")),
    "an alternative text": lambda: edited(_structure("/Alt")),
    "an actual text": lambda: edited(_structure("/ActualText")),
    "an actual text in the page": lambda: edited(_actual_text),
    "a comment in the page": lambda: edited(_comment),
    "the name of a resource": lambda: edited(_resource_name),
    "the name of a destination": lambda: edited(_destination),
    "a script": lambda: edited(_script),
    "a page label": lambda: edited(_page_label),
    "private data of a program": lambda: edited(_private),
    "a form field": lambda: edited(_field),
    "an orphan object": lambda: updated(edited(lambda pdf: None), {900: utf16(NAME)}),
    "an object in no table": lambda: updated(
        edited(lambda pdf: None), {900: utf16(NAME)}, listed=False
    ),
    "an earlier revision": earlier_revision,
    "bytes after the end": lambda: clean() + NAME.encode("utf-16-le"),
    "camera data": lambda: pictured(jpeg(exif=exif(NAME))),
    "camera data under ASCII85": lambda: pictured(jpeg(exif=exif(NAME)), ascii85=True),
    "a comment in a picture": lambda: pictured(jpeg(comment=NAME.encode())),
    "bytes after a picture": lambda: pictured(jpeg(after=NAME.encode())),
}
