"""The simple figures of a map on one line, and the terms behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.domain.dmu import Stakeholder
from crmtui.domain.fields import specs
from crmtui.method.dmu import QUESTIONS, RECENT
from crmtui.text import _, ngettext
from crmtui.tui import show

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from crmtui.queries.dmu import DmuPage

GAP: Final = " · "
NAME: Final = 26
FIGURE: Final = 9


def figures(page: DmuPage, width: int) -> Content:
    """The figures in as many words as there is room for; nothing for an empty map."""
    if not page.sheets:
        return Content()
    ways = [Content(GAP).join(_figures(page, length)) for length in range(3)]
    return next((way for way in ways if way.cell_length <= width), show.cells(ways[-1], max(width, 0)))


def _figures(page: DmuPage, length: int) -> Iterator[Content]:
    """Each figure, the fewer words the greater `length` is."""
    found = page.figures
    yield Content.assemble((_("known "), show.MUTED), _bold(show.percent(found.known)))
    attitude = found.attitude
    label = (_("attitude, weighted by power "), _("attitude by power "), _("attitude "))[length]
    parts: list[Content | tuple[str, str]] = [(label, show.MUTED), _bold(show.figure(attitude.value, 1, signed=True))]
    if length < 2 and attitude.low != attitude.high:  # noqa: PLR2004 - the shortest way
        low, high = (show.figure(end, 1, signed=True).plain for end in (attitude.low, attitude.high))
        parts.append((_(" ({low} to {high})").format(low=low, high=high), show.MUTED))
    if attitude.unknown:
        unknown = ngettext(", {count} unknown", ", {count} unknown", attitude.unknown)
        parts.append((unknown, show.WATCH))
    yield Content.assemble(*parts)
    met = (_("met in {days} days "), _("met in {days} days "), _("met "))[length].format(days=RECENT)
    yield Content.assemble((met, show.MUTED), _bold(show.percent(found.met)))


def _bold(content: Content) -> Content:
    return content.stylize("bold")


def reasons(page: DmuPage, today: dt.date) -> Content:
    """Every term of the three figures."""
    return Content("\n").join([*_of_attitude(page), Content(), *_of_known(page), Content(), *_of_met(page, today)])


def _of_attitude(page: DmuPage) -> Iterator[Content]:
    attitude = page.figures.attitude
    yield _title(_("attitude, weighted by power"), show.figure(attitude.value, 2, signed=True))
    yield Content.styled(
        _(
            "The sum of power times attitude divided by the sum of power, where both are known; "
            "the band takes unknown attitudes at -2 and at +2."
        ),
        show.MUTED,
    )
    yield _row("", (_("power"), _("attitude"), _("adds")))
    for term in attitude.terms:
        power = show.unknown() if term.power is None else Content(str(term.power))
        points = show.figure(term.points, 2, signed=True)
        yield _cells(_name(page, term.key), (power, show.attitude(term.attitude), points))


def _of_known(page: DmuPage) -> Iterator[Content]:
    yield _title(_("known"), show.percent(page.figures.known))
    asked = ", ".join(_labels(QUESTIONS))
    yield Content.styled(_("Share answered of {count} questions a person: {questions}.").format(
        count=len(QUESTIONS), questions=asked
    ), show.MUTED)  # fmt: skip
    for key, missing in page.figures.missing:
        said = ", ".join(_labels(missing)) if missing else _("all known")
        yield Content.assemble(show.cells(_name(page, key), NAME), " ", (said, show.WATCH if missing else show.MUTED))


def _of_met(page: DmuPage, today: dt.date) -> Iterator[Content]:
    yield _title(_("met in {days} days").format(days=RECENT), show.percent(page.figures.met))
    yield Content.styled(_("Share of the people with whom a contact of any kind happened."), show.MUTED)
    for sheet in page.sheets:
        is_met = sheet.key in page.figures.met_keys
        last = show.when(sheet.last_contact, today)
        yield Content.assemble(
            show.cells(_name(page, sheet.key), NAME), " ", _("met ") if is_met else _("not met "), last
        )


def _labels(fields: tuple[str, ...]) -> list[str]:
    known = specs(Stakeholder)
    return [_(known[field].label).lower() for field in fields]


def _name(page: DmuPage, key: int) -> Content:
    sheet = page.sheet(key)
    return show.label(sheet.name if sheet else "")


def _title(label: str, figure: Content) -> Content:
    return Content.assemble((f"{label}  ", "bold"), _bold(figure))


def _row(label: str, headings: tuple[str, ...]) -> Content:
    return _cells(Content(label), tuple(Content.styled(heading, show.MUTED) for heading in headings))


def _cells(label: Content, figures: tuple[Content, ...]) -> Content:
    return Content.assemble(show.cells(label, NAME), *(show.cells(figure, FIGURE, "right") for figure in figures))
