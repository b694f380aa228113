"""A report says the same in each form; words stay words, and the customer sees what is shared and nothing else."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, strategies as st
from rich.cells import cell_len

from crmtui.exchange.report import html, markdown, plain
from crmtui.exchange.report.document import Bullets, Document, Facts, Picture, Section, Table, Words, chosen
from crmtui.plots.plot import Axis, Mark, Plot, Series, xy
from hostile import STRINGS, has_control

UNIT = Axis(label="given", low=0, high=1)
DIAGONAL = Plot(title="Curve", x=UNIT, y=UNIT, series=(Series(mark=Mark.LINE, values=xy(iter([(0, 0), (1, 1)]))),))


def document(words: str = "Aurora", *, shared: bool = False) -> Document:
    blocks = (
        Words(text=words, is_strong=True, shared=shared),
        Words(text=f"{words}\nsecond", shared=shared),
        Facts(pairs=((words, words),), shared=shared),
        Bullets(items=(words,), shared=shared),
        Table(headings=("name", words), rows=((words, "1"),), figures=frozenset({1}), shared=shared),
        Picture(caption=words, plot=DIAGONAL, shared=shared),
    )
    section = Section(id="all", title=words, blocks=blocks)
    return Document(
        title=words, subtitle=words, day=dt.date(2026, 3, 12), language="en", sections=(section,), note=words
    )


class Page(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def page(found: Document) -> Page:
    read = Page()
    read.feed(html.write(found))
    read.close()
    return read


@pytest.fixture(scope="module")
def plainly() -> Page:
    """A page of plain words."""
    return page(document())


@pytest.mark.parametrize("words", STRINGS.values(), ids=STRINGS.keys())
def test_words_of_records_are_words_in_a_page(plainly: Page, words: str) -> None:
    found = page(document(words[:2000]))
    assert set(found.tags) == set(plainly.tags)
    assert {name for name, _value in found.attributes} == {name for name, _value in plainly.attributes}
    assert not any(name.startswith("on") for name, _value in found.attributes)


def test_a_page_asks_for_nothing_and_runs_nothing() -> None:
    text = html.write(document())
    assert not re.search(r"<script|<link|<img|<iframe|url\(|@import|src=|href=", text)
    assert "default-src 'none'" in text
    assert text.count("<svg") == 1


@pytest.mark.parametrize("words", STRINGS.values(), ids=STRINGS.keys())
def test_words_of_records_are_words_in_markdown(words: str) -> None:
    text = markdown.write(document(words[:2000]))
    shape = [line[:2] for line in markdown.write(document()).splitlines() if line.startswith(("#", "- **", "| "))]
    found = [line[:2] for line in text.splitlines() if line.startswith(("#", "- **", "| "))]
    assert found == shape
    assert not re.search(r"(?<!\\)<", text)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", text)


@pytest.mark.parametrize("words", STRINGS.values(), ids=STRINGS.keys())
def test_no_line_is_wider_than_the_terminal(words: str) -> None:
    for width in (20, 48, 80):
        for _rank, text in plain.write(document(words[:2000]), width):
            assert cell_len(text) <= width
            assert not has_control(text)


def test_the_customer_sees_what_is_shared_and_nothing_else() -> None:
    mixed = Section(
        id="mixed", title="Mixed", blocks=(Words(text="an opponent"), Words(text="we deliver in May", shared=True))
    )
    ours = Section(id="ours", title="Ours", blocks=(Words(text="on whom to bet"),), instead="nobody yet")
    whole = Document(title="T", subtitle="", day=dt.date(2026, 3, 12), language="en", sections=(mixed, ours))
    outside = chosen(whole, for_customer=True, note="for Aurora")
    for text in (html.write(outside), markdown.write(outside)):
        assert "we deliver in May" in text
        assert "for Aurora" in text
        assert not any(word in text for word in ("opponent", "bet", "Ours", "nobody"))
    assert "opponent" in markdown.write(chosen(whole))
    assert "Mixed" not in markdown.write(chosen(whole, ["ours"]))


def test_columns_in_which_nothing_stands_are_left_out() -> None:
    table = Table(headings=("A", "B", "C"), rows=(("a", "", "1"), ("", "—", "2")), figures=frozenset({2}))
    section = Section(id="a", title="A", blocks=(table,))
    (section,) = chosen(dataclasses.replace(document(), sections=(section,))).sections
    assert section.blocks == (Table(headings=("A", "C"), rows=(("a", "1"), ("", "2")), figures=frozenset({1})),)


def test_what_has_nothing_to_say_is_left_out_or_says_so() -> None:
    empty = Section(id="a", title="Quiet", blocks=())
    telling = Section(id="b", title="Promises", blocks=(), instead="No promise is open.")
    whole = Document(title="T", subtitle="", day=dt.date(2026, 3, 12), language="en", sections=(empty, telling))
    text = markdown.write(chosen(whole))
    assert "Quiet" not in text
    assert "No promise is open." in text.replace("\\", "")


@pytest.mark.parametrize(
    ("raw", "written"),
    [
        ("58.5 h", "58.5 h"),
        ("-833 EUR", "-833 EUR"),
        ("1. August", "1\\. August"),
        ("12) lines", "12\\) lines"),
        ("- a list", "\\- a list"),
        ("+", "\\+"),
        ("---", "\\---"),
        ("===", "\\==="),
    ],
)
def test_words_that_would_begin_something_are_kept_from_it_and_others_are_as_they_were(raw: str, written: str) -> None:
    section = Section(id="a", title="A", blocks=(Words(text=raw),))
    whole = Document(title="T", subtitle="", day=dt.date(2026, 3, 12), language="en", sections=(section,))
    assert markdown.write(whole).splitlines()[4] == written


def test_a_picture_is_told_in_words_in_markdown() -> None:
    drawn = Picture(caption="Curve", plot=DIAGONAL, text="0 given: 0\n1. given: 1")
    section = Section(id="a", title="A", blocks=(drawn,))
    whole = Document(title="T", subtitle="", day=dt.date(2026, 3, 12), language="en", sections=(section,))
    assert markdown.write(whole).splitlines()[4:] == ["Curve", "", "- 0 given: 0", "- 1\\. given: 1"]


@given(st.lists(st.text(max_size=60), min_size=1, max_size=4), st.integers(20, 90))
def test_a_table_keeps_within_any_width(cells: list[str], width: int) -> None:
    table = Table(headings=tuple(cells), rows=(tuple(cells), tuple(reversed(cells))))
    section = Section(id="a", title="A", blocks=(table,))
    whole = Document(title="T", subtitle="", day=dt.date(2026, 3, 12), language="en", sections=(section,))
    assert all(cell_len(text) <= width for _rank, text in plain.write(whole, width))
