# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Codes become characters by ToUnicode, by an encoding, or by the names of glyphs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from vault.exports.leak_scan.fonts import FontReader

LETTERS = st.text(alphabet="ABCабвгҚқ№", min_size=1, max_size=20)


def reader_of(cmap: bytes) -> FontReader:
    with Pdf.new() as pdf:
        made = Dictionary(Type=Name.Font, Subtype=Name.Type0, ToUnicode=Stream(pdf, cmap))
        return FontReader(pdf.make_indirect(made))


def test_single_characters_and_ranges_are_read() -> None:
    cmap = b"""1 begincodespacerange <00> <FF> endcodespacerange
    2 beginbfchar <01> <0417> <02> <0438043C> endbfchar
    2 beginbfrange <10> <12> <0430> <20> <21> [<0431> <0432>] endbfrange"""
    reader = reader_of(cmap)

    assert reader.text(b"\x01\x02\x10\x11\x12\x20\x21\x7f") == "Зимабвбв"


@given(LETTERS)
def test_two_byte_codes_are_read_back(text: str) -> None:
    codes = {letter: index + 1 for index, letter in enumerate(dict.fromkeys(text))}
    lines = b"".join(
        b"<%04X> <%s>\n" % (code, letter.encode("utf-16-be").hex().encode())
        for letter, code in codes.items()
    )
    cmap = b"1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    cmap += b"%d beginbfchar\n%bendbfchar" % (len(codes), lines)
    shown = b"".join(codes[letter].to_bytes(2, "big") for letter in text)

    assert reader_of(cmap).text(shown) == text


def test_a_simple_font_speaks_its_encoding_and_differences() -> None:
    differences = Array([65, Name("/afii10025"), Name("/uni0438"), Name("/nosuchglyph")])
    encoding = Dictionary(BaseEncoding=Name.WinAnsiEncoding, Differences=differences)
    simple = Dictionary(Type=Name.Font, Subtype=Name.TrueType, Encoding=encoding)

    assert FontReader(simple).text(b"ABCD") == "ЗиD"


@given(st.binary(max_size=300), st.binary(max_size=40))
def test_a_broken_table_does_no_harm(table: bytes, shown: bytes) -> None:
    cmap = b"beginbfrange " + table + b" endbfrange beginbfchar " + table + b" endbfchar"

    assert isinstance(reader_of(cmap).text(shown), str)
