from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st
from rich.cells import cell_len
from textual.content import Content

from crmtui.domain.words import ContactStatus, Level
from crmtui.tui import show
from hostile import STRINGS, has_control

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = date(2026, 3, 12)


@pytest.fixture
def _ascii() -> Iterator[None]:
    show.use_ascii(True)
    yield
    show.use_ascii(False)


def plain(content: Content) -> str:
    return content.plain


@pytest.mark.parametrize("raw", STRINGS.values(), ids=STRINGS.keys())
def test_text_of_users_is_shown_as_text(raw: str) -> None:
    content = show.label(raw)
    assert content.spans == []
    assert "\n" not in content.plain
    assert not has_control(content.plain)
    assert len(content.plain) <= show.LONGEST + 1
    assert show.cells(content, 12).cell_length == cell_len(show.cells(content, 12).plain) == 12
    assert not has_control(show.block(raw).plain)


def test_a_label_keeps_brackets_as_they_are() -> None:
    assert plain(show.label("Acme [/] Ltd")) == "Acme [/] Ltd"


@pytest.mark.parametrize("label", ["", "stage", "Compratore", "a label without end"])
def test_between_a_label_and_its_value_there_is_a_blank(label: str) -> None:
    lead = show.lead(label, 11)
    assert (len(lead), lead[-1]) == (11, " ")
    assert lead.startswith(label[:9])


def test_a_long_value_goes_on_below_itself_and_not_below_its_label() -> None:
    lines = show.hanging(Content("offer  "), Content("one two three four"), 17)
    assert [line.plain for line in lines] == ["offer  one two", "       three four"]
    assert [line.plain for line in show.hanging(Content("offer  "), Content(), 17)] == ["offer  "]


@pytest.mark.parametrize(("width", "shown"), [(9, "ten cells"), (8, "nine"), (4, "nine"), (3, "ni…"), (0, "")])
def test_the_first_way_that_fits_is_taken(width: int, shown: str) -> None:
    assert plain(show.fitting(map(show.label, ("ten cells", "nine")), width)) == shown


@pytest.mark.parametrize(
    ("text", "justify", "shown"),
    [
        ("Acme", "left", "Acme  "),
        ("Acme", "right", "  Acme"),
        ("Acme", "center", " Acme "),
        ("Helios", "left", "Helios"),
        ("Aurora Spa", "left", "Auror…"),
        ("Aurora Spa", "right", "Auror…"),
        ("株式会社", "left", "株式… "),
        ("Anna Bianchi", "left", "Anna… "),
        ("株式", "right", "  株式"),
    ],
)
def test_cells_are_cut_and_filled_by_width(text: str, justify: show.Justify, shown: str) -> None:
    assert show.fit(text, 6, justify) == shown
    assert plain(show.cells(text, 6, justify)) == shown
    assert plain(show.cells(show.label(text, "bold"), 6, justify)) == shown


@given(st.text(max_size=40), st.integers(0, 20), st.sampled_from(["left", "right", "center"]))
def test_cells_have_exactly_their_width(raw: str, width: int, justify: show.Justify) -> None:
    content = show.label(raw, "bold")
    assert cell_len(show.cells(content, width, justify).plain) == width
    assert cell_len(show.fit(content.plain, width, justify)) == width


def test_cut_cells_keep_their_style() -> None:
    spans = show.cells(show.label("Aurora Spa", "bold"), 6).spans
    assert [(span.start, span.end, span.style) for span in spans] == [(0, 5, "bold"), (5, 6, show.MUTED)]


@pytest.mark.parametrize(
    ("minor", "currency", "shown"),
    [
        (0, "EUR", "0 €"),
        (-20, "EUR", "0 €"),
        (94_000, "EUR", "940 €"),
        (149_050, "EUR", "1,491 €"),
        (999_949, "EUR", "9,999 €"),
        (1_000_000, "EUR", "10 k€"),
        (6_200_000, "EUR", "62 k€"),
        (-6_200_000, "EUR", "-62 k€"),
        (99_949_999, "EUR", "999 k€"),
        (99_950_000, "EUR", "1.00 M€"),
        (124_000_000, "EUR", "1.24 M€"),
        (1_240_000_000, "EUR", "12.4 M€"),
        (12_400_000_000, "EUR", "124 M€"),
        (124_000_000_000, "EUR", "1.24 bn€"),
        (6_200_000, "CHF", "62 k CHF"),
        (500, "CHF", "5 CHF"),
        (62_000, "JPY", "62 k¥"),
        (None, "EUR", "—"),
    ],
)
def test_money_is_short_in_lists(minor: int | None, currency: str, shown: str) -> None:
    assert plain(show.money(minor, currency)) == shown


def test_money_is_whole_in_details() -> None:
    assert plain(show.money_in_full(120_050, "EUR")) == "1,200.50 EUR"
    assert plain(show.money_in_full(-120_000, "EUR")) == "-1,200 EUR"
    assert plain(show.money_in_full(1_200, "JPY")) == "1,200 JPY"
    assert plain(show.money_in_whole(4_390_450, "EUR")) == "43,904 EUR"
    assert plain(show.money_in_full(None, "EUR")) == "—"


def test_units_are_muted() -> None:
    (span,) = show.money(6_200_000, "EUR").spans
    assert (span.start, span.end, span.style) == (2, 5, show.MUTED)


@pytest.mark.parametrize(
    ("days", "shown"),
    [
        (0, "today"),
        (-1, "1 d"),
        (1, "in 1 d"),
        (-13, "13 d"),
        (-14, "2 w"),
        (15, "in 2 w"),
        (55, "in 7 w"),
        (56, "7 May"),
        (-56, "15 Jan"),
        (-71, "31 Dec"),
        (182, "10 Sep"),
        (290, "27 Dec"),
        (300, "Jan 2027"),
        (-183, "Sep 2025"),
        (-182, "11 Sep"),
    ],
)
def test_days_are_relative_while_near(days: int, shown: str) -> None:
    assert plain(show.when(TODAY + timedelta(days=days), TODAY)) == shown


def test_dates_in_full() -> None:
    assert plain(show.full_date(TODAY)) == "Thu 12 Mar 2026"
    assert plain(show.full_date(None)) == plain(show.when(None, TODAY)) == plain(show.moment(None, TODAY)) == "—"
    stamp = datetime(2026, 3, 12, 12, 30, tzinfo=UTC)
    assert plain(show.moment(stamp, TODAY)) == f"12 Mar {stamp.astimezone():%H:%M}"


def test_figures() -> None:
    assert plain(show.figure(1234.5, unit="h")) == "1,235 h"
    assert plain(show.figure(0.336, 2, signed=True)) == "+0.34"
    assert plain(show.figure(-0.001, 2, signed=True)) == "0.00"
    assert plain(show.percent(0.634)) == "63 %"
    assert plain(show.percent(None)) == plain(show.figure(None)) == "—"


def test_the_ladder_has_four_steps() -> None:
    assert [plain(show.ladder(level)) for level in Level] == ["▁", "▃", "▅", "▇"]
    assert plain(show.ladder(None)) == "?"


def test_attitudes() -> None:
    signs = [plain(show.attitude(value)) for value in (-2, -1, 0, 1, 2, None)]
    assert signs == ["\u2212\u2212", "\u2212", "0", "+", "++", "?"]


def test_status_signs() -> None:
    assert "".join(plain(show.status(word)) for word in ContactStatus) == "○●◐×"  # noqa: RUF001 - the signs themselves


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, ""),
        (None, ""),
        (0.001, "▏"),
        (1, "██"),
        (1.125, "██▎"),
        (2, "████"),
        (9, "████"),
        (-1, ""),
    ],
)
def test_bars_are_drawn_in_eighths(value: float | None, shown: str) -> None:
    assert plain(show.bar(value, 2, 4)) == shown


def test_a_bar_can_show_its_trough() -> None:
    assert plain(show.bar(3, 4, 4, trough=True)) == "███░"
    assert plain(show.bar(1, 0, 4, trough=True)) == "░░░░"


@given(st.floats(0, 1), st.integers(1, 30))
def test_a_bar_never_leaves_its_cells(value: float, width: int) -> None:
    assert show.bar(value, 1, width).cell_length <= width
    assert show.bar(value, 1, width, trough=True).cell_length == width


def test_trends() -> None:
    assert plain(show.trend([1, None, 2, 8])) == "▁ ▂█"
    assert plain(show.trend([3, 3])) == "▄▄"
    assert plain(show.trend([])) == ""


@pytest.mark.usefixtures("_ascii")
def test_every_sign_has_an_ascii_one() -> None:
    shown = [
        show.ladder("partner"),
        show.attitude(-2),
        show.status("moved"),
        show.bar(1.3, 2, 4, trough=True),
        show.trend([1, 2, 3]),
        show.nothing(),
        show.cells("Aurora Spa", 6),
        show.cells(show.label("Aurora Spa"), 6),
    ]
    assert all(content.plain.isascii() for content in shown)
    assert plain(show.bar(1.3, 2, 4, trough=True)) == "###."
