"""The pictures of reports on an account or an opportunity, each with what it says in words; none of them is shared."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from crmtui.days import dated
from crmtui.domain.scales import ATTITUDE
from crmtui.domain.words import Computed, ContactStatus, Level
from crmtui.exchange.report import map_svg, plan_svg
from crmtui.exchange.report.document import Picture
from crmtui.exchange.report.map_svg import Card
from crmtui.exchange.report.plan_svg import Row, Sign
from crmtui.figures import Figure
from crmtui.method.computed import to_favour, to_share
from crmtui.plots.plot import Axis, Mark, Plot, Series, Tone, Value, percent
from crmtui.queries.coverage_words import share
from crmtui.store.reading import scorecards
from crmtui.store.reading.connections import reading
from crmtui.text import _, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from crmtui.queries.dmu import DmuPage, Sheet
    from crmtui.queries.plans import PlanPage
    from crmtui.queries.relationship import RelationshipPage
    from crmtui.queries.scorecards import ScorecardPage

    Moment = tuple[dt.date, float]

MOST_PEOPLE: Final = 40  # rows of a plan
_SIGNS: Final = {ContactStatus.DONE: Sign.DONE, ContactStatus.CANCELLED: Sign.OFF}
_MEANINGS: Final = {
    Sign.DONE: ContactStatus.DONE.label,
    Sign.OPEN: ContactStatus.PLANNED.label,
    Sign.OFF: ContactStatus.CANCELLED.label,
}
_LEVELS: Final = tuple(Level)


# The map


def decision_makers(page: DmuPage) -> Picture:
    """Who reports to whom, and who listens to whom."""
    cards = [_card(page, sheet) for sheet in page.sheets]
    edges = [(edge.source_id, edge.target_id) for edge in page.edges]
    caption = _("Who reports to whom, and who listens to whom; the frame shows who is for us and who is against.")
    text = "\n".join(_mapped(cards, edges))
    return Picture(caption=caption, svg=map_svg.draw(caption, text, cards, edges), text=text)


def _mapped(cards: Sequence[Card], edges: Sequence[tuple[int, int]]) -> Iterator[str]:
    """`Ada Rossi · Buyer · neutral · bet 7 % · reports to Bruno Neri · listens to Carla Verdi`."""
    names = {card.key: card.lines[0] for card in cards}
    for card in cards:
        heard = [names[source] for source, target in edges if target == card.key and source in names]
        parts = [*filter(None, card.lines)]
        parts += [_("reports to {name}").format(name=names[card.above])] if card.above in names else []
        parts += [_("listens to {names}").format(names=", ".join(heard))] if heard else []
        yield " · ".join(parts)


def _card(page: DmuPage, sheet: Sheet) -> Card:
    one = sheet.stakeholder
    attitude = one.attitude
    tone = "unknown" if attitude is None else "good" if attitude > 0 else "bad" if attitude < 0 else "quiet"
    bet = _("bet {share}").format(share=share(page.figures.leverage.of(one.id)))
    said = _(ATTITUDE[attitude]) if attitude is not None else _("unknown")
    return Card(key=one.id, lines=(sheet.name, sheet.position, f"{said} · {bet}"), tone=tone, above=one.reports_to_id)


# The plan


def plan(page: PlanPage, today: dt.date) -> Iterator[Picture]:
    """Whom we meet when: those who weigh most first."""
    rows = [row for person in page.rows if (row := _row(page, person.id if person else None)).contacts]
    if not rows:
        return
    shown, more = rows[:MOST_PEOPLE], len(rows) - MOST_PEOPLE
    meanings = {sign: _(label) for sign, label in _MEANINGS.items()}
    lines = [_planned(row, meanings) for row in shown]
    if more > 0:
        lines.append(ngettext("{count} more person is left out.", "{count} more people are left out.", more))
    caption = _("Whom we meet when, those who weigh most first; the dashed line is today.")
    text = "\n".join(lines)
    yield Picture(caption=caption, svg=plan_svg.draw(caption, text, shown, today, meanings), text=text)


def _row(page: PlanPage, person: int | None) -> Row:
    names = {each.id: each.name for entry in page.entries for each in entry.people}
    contacts = [
        (entry.day, _SIGNS.get(entry.status, Sign.OPEN))
        for entry in page.entries
        if (person in {each.id for each in entry.people} if person is not None else not entry.people)
    ]
    return Row(_("nobody named") if person is None else line(names.get(person, "")), tuple(contacts))


def _planned(row: Row, meanings: Mapping[Sign, str]) -> str:
    """`Ada Rossi: done 2 Mar 2026, 16 Mar 2026; planned 1 Apr 2026`."""
    days: defaultdict[Sign, list[str]] = defaultdict(list)
    for day, sign in row.contacts:
        days[sign].append(dated(day))
    return f"{row.name}: " + "; ".join(f"{meanings[sign]} {', '.join(days[sign])}" for sign in meanings if days[sign])


# Over time


def level(page: RelationshipPage, today: dt.date) -> Iterator[Picture]:
    """The level at each assessment, until today."""

    def said(value: float) -> str:
        return _(_LEVELS[round(value)].label) if value in range(len(_LEVELS)) else ""

    moments = [(move.mark.day, float(_LEVELS.index(move.mark.level))) for move in page.moves]
    title = _("Level of the relationship at each assessment")
    up = Axis(label=_("Level"), low=0, high=len(_LEVELS) - 1, form=said)
    yield from _over_time(title, moments, up, said, today)


def chance(card: ScorecardPage) -> Iterator[Picture]:
    """P(win) on each scorecard."""
    moments = [(one.day, one.probability) for one in card.moments if 0 <= one.probability <= 1]
    yield from _over_time(
        _("P(win) on the day of each scorecard"), moments, Axis(label=_("P(win)"), low=0, high=1, form=percent), share
    )


def computed(path: Path, opportunity_id: int) -> Iterator[Picture]:
    """Favour and coverage, as they were kept with each scorecard."""
    with reading(path) as connection:
        kept = scorecards.kept(connection, opportunity_id)
    grades = {
        what: [(dt.date.fromisoformat(day), grade) for day, name, grade in kept if name == what.value]
        for what in (Computed.FAVOUR, Computed.COVERAGE)
    }
    favour = [(day, to_favour(grade)) for day, grade in grades[Computed.FAVOUR]]
    up = Axis(label=_("Favour"), low=-1, high=1, form=_signed)
    yield from _over_time(_("Favour of the decision-making unit on the day of each scorecard"), favour, up, _signed)
    coverage = [(day, to_share(grade)) for day, grade in grades[Computed.COVERAGE]]
    up = Axis(label=_("Coverage"), low=0, high=1, form=percent)
    yield from _over_time(_("Coverage of the decision-making unit on the day of each scorecard"), coverage, up, share)


def _signed(value: float) -> str:
    return f"{Figure(value):+.2f}" if value else "0"


def _over_time(
    title: str, moments: Sequence[Moment], up: Axis, say: Callable[[float], str], until: dt.date | None = None
) -> Iterator[Picture]:
    """A figure that holds until the next day on which it was known; nothing where that was on one day only."""
    if len({day for day, _value in moments}) < 2:  # noqa: PLR2004 - a trend takes two
        return
    values = [Value(x=day.toordinal(), y=value) for day, value in moments]
    last = max(moments[-1][0], until or moments[-1][0])
    held = Value(x=last.toordinal(), y=values[-1].y)
    plot = Plot(
        title=title,
        x=Axis.days(moments[0][0], last),
        y=up,
        series=(
            Series(mark=Mark.STEPS, values=(*values, held), tone=Tone.ACCENT),
            Series(mark=Mark.POINTS, values=tuple(values), tone=Tone.ACCENT),
        ),
    )
    text = "\n".join(f"{dated(day)}: {say(value)}" for day, value in moments)
    yield Picture(caption=title, plot=plot, is_low=True, text=text)
