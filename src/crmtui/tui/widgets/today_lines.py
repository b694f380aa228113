"""What Today says, line by line."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.queries import allotted_words
from crmtui.text import N_, NP_, _, ngettext
from crmtui.tui import show
from crmtui.tui.widgets import action_lines, contact_lines, due_lines
from crmtui.tui.widgets.action_lines import ACTION
from crmtui.tui.widgets.agenda import NO_FIGURES, AgendaLine

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from crmtui.queries.moves import Moves, NextMove
    from crmtui.queries.today import Agenda, Deals, Due, Entry, Finding, Task, Today, Week

LABEL: Final = 10
FIGURE: Final = 14
RATE: Final = 10
UNDER: Final = 4  # cells before the reason of what to watch
_ACT: Final = frozenset({"fallen", "late"})
_OPEN: Final = NP_("opportunities", "open")
_NOTHING: Final = N_("nothing planned; n plans a contact")


def agenda(page: Today, moves: Moves | None) -> Iterator[AgendaLine]:
    """What is due, then the best next moves, once they are known."""
    if page.overdue.total:
        yield _heading(_("OVERDUE"), show.ACT)
        yield from _due(page.overdue, page.day, partial(contact_lines.lateness, today=page.day))
        yield _blank()
    yield _heading(_("TODAY"))
    yield from _due(page.today, page.day, contact_lines.figures)
    yield _blank()
    yield _heading(_("NEXT 7 DAYS"))
    yield from _due(page.coming, page.day, contact_lines.weekday)
    yield _blank()
    yield _heading(_("BEST NEXT MOVES"))
    yield from _moves(moves)


def watch(page: Today, width: int) -> Iterator[AgendaLine]:
    """What to keep an eye on, each reason whole."""
    yield _heading(_("WATCH"))
    if not page.watch:
        yield AgendaLine(Content.styled(_("nothing stands out"), show.MUTED))
    for finding in page.watch:
        yield from _watched(finding, width)


def figures(page: Today, width: int) -> Content:
    """This week's hours and contacts, and what is open."""
    return Content("\n").join([*_week(page.week, width), *_deals(page.deals)])


def beginning(*, has_accounts: bool = False) -> tuple[AgendaLine, ...]:
    """What the page says of a workspace with nothing in it, or with accounts and nothing that happens there."""
    if has_accounts:
        begin = (
            _("2  look through your accounts"),
            _("4  write down what they may buy"),
            _("n  plan a contact;  c  log one that happened"),
        )
    else:
        begin = (
            _("I  import a file of accounts, people, opportunities"),
            _("2  write down the first account"),
            _("n  plan a contact;  c  log one that happened"),
        )
    sentences = (
        _("Today gathers what is due, what to watch, and the best next moves."),
        _("There is nothing to gather yet. Three ways to begin:"),
        "",
        *begin,
    )
    return tuple(AgendaLine(Content.styled(sentence, show.MUTED)) for sentence in sentences)


def reason(finding: Finding) -> Content:
    """Why a finding is told, and the rule behind it."""
    lines = [_title(finding), Content(finding.why), Content(), Content.styled(_(_RULES[finding.rule]), show.MUTED)]
    return Content("\n").join(lines)


def worth(move: NextMove) -> Content:
    """Why a move is proposed: its terms, what was assumed, and the scale that it stands on."""
    facts = Content.styled(f"  {move.facts}", show.MUTED) if move.facts else Content()
    head = Content.assemble((move.title, "bold"), facts)
    where = [Content.styled(move.where, show.MUTED)] if move.where else []
    scale = Content.styled(_(_SCALE), show.MUTED)
    return Content("\n").join([head, *where, Content(), *map(_plain, move.reasons), Content(), scale])


_SCALE: Final = N_(
    "Moves are ranked by what an hour brings: the change of P(win), times the margin at stake, less cost. Coverage, "
    "favour and level count as far as the scorecard lets them move P(win)."
)
_RULES: Final = {  # by `queries.today.Rule`, which is not loaded for it
    "unmapped": N_("An account with open opportunities and nobody on any of its maps."),
    "no_step": N_("An open opportunity without a next step, and without a contact planned for it."),
    "no_card": N_("An open opportunity without a scorecard."),
    "fallen": N_("An account whose level fell in the last 90 days; the history knows when."),
    "late": N_("An open opportunity whose expected close has passed."),
    "contract": N_("A contract that ends within three months, with us or with a competitor, from the white space."),
    "served": N_(
        "An account that gets too much of the accepted plan of the territory: what was spent and what is planned are "
        "more than its hours. Or too little: less was spent than an even pace asks, and what is planned does not make "
        "up for it. A tenth more or less, at least an hour, is right."
    ),
    "quiet": N_("An account with open business, or of level Account or Partner, without a contact for 60 days."),
    "stale": N_("An open opportunity whose newest scorecard is older than 30 days."),
    "untouched": N_("Accounts with open business, or of level Account or Partner, where no contact was ever logged."),
    "undated": N_("Open opportunities of which nobody knows when they will close."),
    "silent": N_(
        "From the worst card of this template to the best P(win) moves by less than a point, by what the closed "
        "opportunities taught. So nothing that is done for criteria, favour, coverage or level can be told to gain "
        "anything, and there are no moves for it. Enter shows the closed opportunities with a card."
    ),
}


# Contacts and findings


def _heading(title: str, style: str = "") -> AgendaLine:
    return AgendaLine(Content.styled(title, f"bold {style}".strip() if style else f"bold {show.MUTED}"))


def _blank() -> AgendaLine:
    return AgendaLine(Content())


def _due(agenda: Agenda, day: dt.date, right: Callable[[Entry], Content]) -> Iterator[AgendaLine]:
    """All that is due, by day; on a day contacts of a set time first."""
    if not agenda.total:
        yield AgendaLine(Content.styled(f"  {_(_NOTHING)}", show.MUTED))
    lines = [
        (
            (entry.day, not entry.time, entry.time),
            AgendaLine(contact_lines.brief(entry, day), right(entry), key=entry.id, can_mark=True),
        )
        for entry in agenda.entries
    ]
    lines += [
        (
            (action.due_on or day, True, ""),
            AgendaLine(
                action_lines.in_today(action, day), _action_day(action, day), key=(ACTION, action.id), can_mark=True
            ),
        )
        for action in agenda.actions
    ]
    lines += [((due.due_on, True, ""), _promised(due, day)) for due in agenda.dues]
    yield from (line for _when, line in sorted(lines, key=lambda pair: pair[0]))
    if more := agenda.more:
        told = ngettext("and {count} more", "and {count} more", more)
        yield AgendaLine(Content.styled(f"  {told}", show.MUTED))


def _action_day(action: Task, day: dt.date) -> Content:
    """When it is due, as a contact of the same day says it; nothing today."""
    if action.due_on == day or action.due_on is None:
        return NO_FIGURES
    if action_lines.is_late(action, day):
        return action_lines.ended(action, day)
    return contact_lines.day_and_time(action.due_on)


def _promised(due: Due, day: dt.date) -> AgendaLine:
    """A promise to keep, or a request to answer."""
    right = NO_FIGURES
    if due.due_on < day:
        right = Content.styled(_("{count} d late").format(count=(day - due.due_on).days), show.ACT)
    elif due.due_on > day:
        right = contact_lines.day_and_time(due.due_on)
    return AgendaLine(due_lines.brief(due, day), right, key=due_lines.key(due), can_mark=True)


def _moves(moves: Moves | None) -> Iterator[AgendaLine]:
    """The moves, and what would show more; how many accounts were left out."""
    if moves is None:
        yield AgendaLine(Content.styled(f"  {_('working them out')} {show.glyphs().ellipsis}", show.MUTED))
        return
    if not (moves.best or moves.chores):
        yield AgendaLine(Content.styled(f"  {_(_NO_MOVES)}", show.MUTED))
    yield from map(_move, moves.best)
    for finding in moves.chores:
        left = Content.assemble(("·", show.MUTED), " ", _title(finding))
        yield AgendaLine(left, Content.styled(finding.why, show.MUTED), key=finding)
    if moves.left_out:
        told = ngettext(
            "{count} account left out: not active, to be left, or not willing to be managed",
            "{count} accounts left out: not active, to be left, or not willing to be managed",
            moves.left_out,
        )
        yield AgendaLine(Content.styled(f"  {told}", show.MUTED))


_NO_MOVES: Final = N_("none yet: moves come from maps, scorecards and the relationship of accounts with open business")


def _move(move: NextMove) -> AgendaLine:
    """`▲ Speak to Bianchi (decider, attitude unknown) · Aurora      coverage +11  1.2 k€/h`."""
    facts = Content.styled(f" ({move.facts})" if move.facts else "", show.MUTED)
    where = Content.styled(f" · {move.where}" if move.where else "", show.MUTED)
    about = (facts, where) if move.person_id else (where, facts)  # nothing but the account says which map to draw
    left = Content.assemble((show.glyphs().move, show.BAR), " ", move.title, *about)
    rate = show.cells(_rate(move), RATE, "right")
    return AgendaLine(left, Content("  ").join([_plain(move.change), rate]), key=move.identity, short=rate)


def _rate(move: NextMove) -> Content:
    """What an hour brings; with the sign of what is assumed where a stake was concluded."""
    if move.rate is None:
        return show.unknown()
    assumed = Content.styled(show.glyphs().assumed if move.is_assumed else "", show.MUTED)
    return Content.assemble(assumed, show.money(move.rate, move.currency), (_("/h"), show.MUTED))


def _plain(sentence: str) -> Content:
    """A sentence of ours with the signs that can be shown."""
    if show.glyphs().ellipsis != "…":
        sentence = sentence.replace("→", "->").replace("±", "+/-")
    return Content(sentence)


def _watched(finding: Finding, width: int) -> Iterator[AgendaLine]:
    """What it is about, and below it why: side by side they would not fit."""
    mark, style = (show.glyphs().urgent, f"bold {show.ACT}") if finding.rule in _ACT else ("·", show.WATCH)
    yield AgendaLine(Content.assemble((mark, style), " ", _title(finding)), key=finding)
    for told in show.hanging(Content(" " * UNDER), show.label(finding.why, show.MUTED), width):
        yield AgendaLine(told)


def _title(finding: Finding) -> Content:
    if not finding.where:
        return Content(finding.title)
    return Content.assemble(finding.title, (" · ", show.MUTED), (finding.where, show.MUTED))


# Figures


def _week(week: Week, width: int) -> Iterator[Content]:
    room = max(4, width - LABEL - FIGURE)
    hours = week.hours_done + week.hours_planned
    told = Content.assemble(show.figure(hours, 1), (" / ", show.MUTED), show.figure(week.hours, 0))
    yield _figure(_("hours"), told, show.bar(hours, week.hours, room, trough=True))
    contacts = week.done + week.planned
    told = Content.assemble(str(week.done), (" / ", show.MUTED), str(contacts))
    yield _figure(_("contacts"), told, show.bar(week.done, contacts, room, trough=True))
    if week.allotted is not None:
        yield from _note(allotted_words.week(week.used, week.allotted), width)
    if week.untimed:
        yield from _note(ngettext("{count} without hours", "{count} without hours", week.untimed), width)


def _deals(deals: Deals) -> Iterator[Content]:
    amounts = [show.money(minor, currency) for minor, currency in deals.values] or [show.nothing()]
    yield _figure(_("pipeline"), amounts[0], show.trend(deals.trend))
    for amount in amounts[1:]:
        yield _figure("", amount, Content())
    told = ngettext("{count} opportunity", "{count} opportunities", deals.count)
    yield _figure(_(_OPEN), Content(told), Content())
    yield _figure("", _to_close(deals.due, _("to close this month")), Content())
    late = _to_close(deals.late, _("past their expected close"))
    yield _figure("", late.stylize(show.ACT) if deals.late else late, Content())


def _to_close(count: int, told: str) -> Content:
    return Content.assemble(show.figure(count), (f" {told}", show.MUTED))


def _figure(label: str, value: Content, drawn: Content) -> Content:
    return Content.assemble(
        (show.lead(label, LABEL), show.MUTED), show.cells(value, FIGURE) if drawn.plain else value, drawn
    )


def _note(sentence: str, width: int) -> Iterator[Content]:
    """A remark, whole, below the figures it is about."""
    return show.hanging(Content(" " * LABEL), Content.styled(sentence, show.MUTED), width)
