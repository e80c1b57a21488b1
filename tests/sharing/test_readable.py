# SPDX-FileCopyrightText: 2026 The Panah authors
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a colleague without Panah reads: complete, in their language, and harmless."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sharing.examples import RECORDS, record
from vault.sharing import readable
from vault.sharing.readable import Heading

HEADING = Heading(
    case_reference="EX-1",
    case_title="Дело <script>alert(1)</script>",
    sender='Sender "Quoted"',
    organisation="Bureau & Co",
    created="2026-05-12T09:30:00Z",
    purpose="",
)


class Page(HTMLParser):
    """The elements, attributes and text of a page."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[str] = []
        self.text = ""
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_every_record_is_on_the_page_as_plain_text() -> None:
    page = Page(readable.contents_html(HEADING, RECORDS, ["ru", "en"]))

    assert "Человек <b>Примерный</b>" in page.text
    assert "scan & co.pdf" in page.text
    assert "Дело <script>alert(1)</script>" in page.text
    assert 'Sender "Quoted", Bureau & Co' in page.text


@given(st.text(), st.dictionaries(st.text(), st.text()))
def test_no_text_of_a_case_becomes_an_element(title: str, body: dict[str, str]) -> None:
    heading = Heading(
        case_reference=title,
        case_title=title,
        sender=title,
        organisation=title,
        created=title,
        purpose=title,
    )
    page = Page(
        readable.contents_html(heading, [record(1, x=body, y=[title])], ["en"])
        if not any("\ud800" <= character <= "\udfff" for character in title + str(body))
        else b""
    )

    assert set(page.elements) <= {
        *("html", "head", "meta", "title", "style", "body", "h1", "h2"),
        *("section", "dl", "dt", "dd", "ul", "li", "pre"),
    }
    assert set(page.attributes) <= {"lang", "charset", "http-equiv", "content", "dir"}


def test_only_the_newest_version_is_shown_and_nothing_deleted() -> None:
    versions = [record(1, note="older"), record(1, note="newer"), record(2, note="gone")]
    deleted = {**record(2), "deleted": True}

    page = Page(readable.contents_html(HEADING, [*versions, deleted], ["en"]))

    assert "newer" in page.text
    assert "older" not in page.text
    assert "gone" not in page.text
    assert "P02" not in page.text


def test_records_stand_by_kind_and_reference() -> None:
    records = [record(9), record(3, "incident"), record(2), record(1, "case")]

    page = Page(readable.contents_html(HEADING, records, ["en"]))

    assert [page.text.index(ref) for ref in ("P01", "P02", "P09", "P03")] == sorted(
        page.text.index(ref) for ref in ("P01", "P02", "P09", "P03")
    )


def test_the_readme_is_in_every_language_of_both_sides() -> None:
    both = readable.readme(["ru", "en"]).decode()

    assert "ssh-keygen -Y verify -f allowed -I sender -n panah-bundle" in both
    assert both.count("sha256sum -c SHA256SUMS") == 2
    assert "They are no longer encrypted" in both
    assert readable.readme(["en"]).decode() in both


@pytest.mark.parametrize("depth", [5, 500])
def test_a_deeply_nested_body_ends(depth: int) -> None:
    nested: object = "end"
    for _ in range(depth):
        nested = [nested]

    assert readable.contents_html(HEADING, [record(1, x=nested)], ["en"]).endswith(b"</html>\n")
