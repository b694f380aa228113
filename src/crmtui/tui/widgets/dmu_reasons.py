"""Why the figures of a map say what they say: every term of favour, coverage and leverage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.domain.dmu import Stakeholder
from crmtui.domain.fields import specs
from crmtui.figures import Figure
from crmtui.method.dmu import QUESTIONS, RECENT
from crmtui.method.leverage import MIDDLE_POWER, NO_ROLE
from crmtui.queries import dmu_taken
from crmtui.text import NP_, _, ngettext
from crmtui.tui import show
from crmtui.tui.widgets import dmu_figures

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from crmtui.method.favour import Lean
    from crmtui.method.leverage import Weight
    from crmtui.queries.dmu import DmuPage, Sheet

NAME: Final = 22
FIGURE: Final = 9
WIDE: Final = 56  # cells of what a figure of one person is made of
SHARE: Final = 9
_FAVOUR: Final = (
    NP_("heading", "own say"),
    NP_("heading", "bet"),
    NP_("heading", "attitude"),
    NP_("heading", "ends at"),
    NP_("heading", "adds"),
)
_COVERAGE: Final = (
    NP_("heading", "bet"),
    NP_("heading", "contacts"),
    NP_("heading", "reach"),
    NP_("heading", "at most"),
    NP_("heading", "adds"),
)


def reasons(page: DmuPage, today: dt.date, key: int | None = None) -> Content:
    """The terms of one person's figures, then those of the whole map."""
    sheet = page.sheet(key)
    parts = [
        *([*_of_leverage(page, sheet), *_of_cover(page, sheet), Content()] if sheet else []),
        *_of_favour(page),
        Content(),
        *_of_coverage(page),
        Content(),
        *_of_known(page),
        Content(),
        *_of_met(page, today),
    ]
    return Content("\n").join(parts)


# One person


def _of_leverage(page: DmuPage, sheet: Sheet) -> Iterator[Content]:
    leverage = page.figures.leverage
    term = next(one for one in leverage.terms if one.key == sheet.key)
    lean = next(one for one in page.figures.favour.terms if one.key == sheet.key)
    yield _title(_("{name}: bet").format(name=sheet.name), show.percent(term.leverage))
    yield _part(_own(page, sheet, is_even=leverage.is_even), show.percent(term.right))
    for other, passed in term.passed:
        said = _("{name} listens, and passes on").format(name=_name(page, other).plain)
        yield _part(Content(said), Content.assemble("+", show.percent(passed)))
    if term.openness:
        kept = _("keeps 1 - openness {openness} of it; the rest goes to {names}").format(
            openness=f"{Figure(term.openness):.2g}",
            names=", ".join(_name(page, other).plain for other, _weight in term.listens),
        )
        yield _part(Content(kept), show.percent(term.leverage))
    yield from _of_opinion(term, lean)
    if sheet.key in leverage.adrift:
        yield Content.styled(
            _("Entirely open, and listens only to others who are: taken as the mean of what they think."), show.WATCH
        )


def _own(page: DmuPage, sheet: Sheet, *, is_even: bool) -> Content:
    """`own say: decider 4 · power 4`."""
    if is_even:
        return Content(_("own say: nobody weighs anything by role and power, so all decide alike"))
    one, weights = sheet.stakeholder, page.figures.rules.roles
    role = max(one.roles, key=lambda role: weights[role]) if one.roles else None
    weight = NO_ROLE if role is None else weights[role]
    named = _(role.label) if role else _("role unknown")
    power = _("power {power}").format(power=one.power) if one.power is not None else ""
    taken = power or _("power unknown, taken as {power}").format(power=MIDDLE_POWER)
    return Content(
        _("own say: {role} {weight} · {power}").format(role=named, weight=f"{Figure(weight):g}", power=taken)
    )


def _of_opinion(term: Weight, lean: Lean) -> Iterator[Content]:
    """Where the person's opinion ends, where that is not the attitude as it was judged."""
    if term.listens:
        start = show.unknown().plain if lean.attitude is None else f"{Figure(lean.attitude):+.2f}"
        said = _("attitude {start}, after listening").format(start=start)
        yield _part(Content(said), show.figure(lean.opinion, 2, signed=True))


def _of_cover(page: DmuPage, sheet: Sheet) -> Iterator[Content]:
    if sheet.person is None:
        return
    term = next(one for one in page.figures.coverage.terms if one.key == sheet.key)
    half_life = page.figures.rules.half_life
    count = ngettext("{count} contact, halved every {days} days", "{count} contacts, halved every {days} days",
                     term.counted, days=f"{Figure(half_life):g}")  # fmt: skip
    yield _title(_("coverage"), show.percent(term.value))
    yield _part(Content(count), show.percent(term.reached))
    if term.most is None:
        yield _part(Content(_("relationship unknown: may be held down to")), show.percent(term.low))
    else:
        said = _("at most (1 + relationship {relationship}) / 5").format(relationship=sheet.stakeholder.relationship)
        yield _part(Content(said), show.percent(term.most))


def _part(said: Content, figure: Content) -> Content:
    """A term beside its figure; what is too long for its line goes on below it."""
    first, *more = show.hanging(Content("  "), said, WIDE + 2)
    return Content("\n").join([show.cells(first, WIDE + 2) + show.cells(figure, SHARE, "right"), *more])


# The whole map


def _of_favour(page: DmuPage) -> Iterator[Content]:
    found = page.figures.favour
    yield Content.assemble(
        (_("favour  "), "bold"), dmu_figures.favour(found).stylize("bold"), dmu_figures.favour_band(found)
    )
    yield Content.styled(
        _(
            "The sum of bet times attitude, -1 to +1. An unknown attitude counts as 0, and as -1 and +1 in the band; "
            "so also an unknown power or role."
        ),
        show.MUTED,
    )
    for sentence in dmu_taken.told(page):
        yield Content.styled(show.label(sentence).plain, show.WATCH)
    yield _row(_FAVOUR)
    for term in sorted(found.terms, key=lambda one: -one.leverage):
        attitude = show.unknown() if term.attitude is None else show.figure(term.attitude, 1, signed=True)
        points = show.unknown() if term.points is None else show.figure(term.points, 2, signed=True)
        opinion = show.figure(term.opinion, 2, signed=True)
        name = _name(page, term.key)
        if term.key in found.blocks:
            name = Content.assemble((f"{show.glyphs().block} ", show.ACT), name)
        yield _cells(name, (show.percent(term.right), show.percent(term.leverage), attitude, opinion, points))


def _of_coverage(page: DmuPage) -> Iterator[Content]:
    found = page.figures.coverage
    yield Content.assemble(
        (_("coverage  "), "bold"), dmu_figures.coverage(found).stylize("bold"), dmu_figures.coverage_band(found)
    )
    yield Content.styled(
        _("The sum of bet times how well contacts cover each person, as far as the relationship lets them count."),
        show.MUTED,
    )
    yield _row(_COVERAGE)
    for term in sorted(found.terms, key=lambda one: -one.leverage):
        most = show.unknown() if term.most is None else show.percent(term.most)
        figures = (Content(str(term.counted)), show.percent(term.reached), most, show.percent(term.points))
        yield _cells(_name(page, term.key), (show.percent(term.leverage), *figures))


def _of_known(page: DmuPage) -> Iterator[Content]:
    yield _title(_("known"), show.percent(page.figures.known))
    asked = ", ".join(_labels(QUESTIONS))
    yield Content.styled(_("Share answered of {count} questions a person: {questions}.").format(
        count=len(QUESTIONS), questions=asked
    ), show.MUTED)  # fmt: skip
    for key, missing in page.figures.missing:
        if missing:
            said = ", ".join(_labels(missing))
            yield Content.assemble(show.cells(_name(page, key), NAME), " ", _("unknown: "), (said, show.WATCH))


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
    return Content.assemble((f"{label}  ", "bold"), figure.stylize("bold"))


def _row(headings: tuple[str, ...]) -> Content:
    return _cells(Content(), tuple(Content.styled(_(heading), show.MUTED) for heading in headings))


def _cells(label: Content, figures: tuple[Content, ...]) -> Content:
    return Content.assemble(show.cells(label, NAME), *(show.cells(figure, FIGURE, "right") for figure in figures))
