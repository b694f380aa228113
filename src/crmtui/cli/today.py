"""`today`: what to do now, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.cli import output
from crmtui.cli.build import Command, flag
from crmtui.cli.desk import say
from crmtui.cli.listing import format_option
from crmtui.cli.output import Format
from crmtui.cli.tables import bold
from crmtui.domain.action_plan import PlanAction
from crmtui.domain.money import exponent, format_amount, format_number
from crmtui.domain.plans import Contact
from crmtui.figures import Figure
from crmtui.queries import allotted_words
from crmtui.text import N_, _, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crmtui.cli.desk import Desk
    from crmtui.domain.fields import Record
    from crmtui.queries.moves import Moves, NextMove
    from crmtui.queries.today import Agenda, Entry, Finding, Task, Today

Uids = dict[tuple[str, int], str]
_CONTACT: Final = Contact.noun.table
_ACTION: Final = PlanAction.noun.table
HEADERS: Final = (
    *("section", "day", "time", "channel", "people", "account", "opportunity", "message"),
    *("hours", "cost", "currency", "uid", "title", "where", "why", "gain", "rate"),
)
FIGURES: Final = 2  # the columns that only moves fill
SECTIONS: Final = (
    ("overdue", N_("Overdue")),
    ("today", N_("Today")),
    ("coming", N_("The next seven days")),
    ("moves", N_("Best next moves")),
    ("watch", N_("Watch")),
)


def command(_name: str) -> Command:
    """Make `today`."""
    return Command(
        "today",
        today,
        _("What to do now, and why: contacts that are due, the best next moves, and what to keep an eye on."),
        [
            flag("--everyone", _("Also what is for others of ours to do.")),
            flag("--why", _("Say of each move what its gain is made of.")),
            format_option(),
        ],
        examples=("crmtui today --why", "crmtui today --format json"),
    )


def today(desk: Desk, everyone: bool | None, why: bool | None, form: str | None) -> None:
    """Write the page of today."""
    from crmtui.queries import moves, today as queries

    wanted = output.chosen(form)
    page = queries.page(desk.path, desk.today, mine=not everyone)
    found = moves.found(desk.path, desk.today, mine=not everyone)
    uids = _uids(desk.path, page, found)
    if wanted is Format.IDS:
        output.write_lines(uids.values())
    elif wanted is Format.TABLE:
        output.write_lines(_lines(page, found, uids, why=bool(why)))
    else:
        output.write_data(wanted, HEADERS, _rows(page, found, uids))
    if page.is_empty and not found.best:
        say(_("There is nothing to do yet: plan a contact, add an account or an opportunity, or import a file."))


def _uids(path: Path, page: Today, moves: Moves) -> Uids:
    """The identities of contacts, actions, promises and requests, by table and key; each once."""
    from crmtui.queries import flat

    found: Uids = {}
    agendas = (page.overdue, page.today, page.coming)
    contacts = [entry.id for agenda in agendas for entry in agenda.entries]
    contacts += [move.contact.id for move in moves.best if move.contact and move.contact.id not in contacts]
    actions = [action.id for agenda in agendas for action in agenda.actions]
    by_kind: dict[type[Record], list[int]] = {Contact: contacts, PlanAction: actions}
    for due in (due for agenda in agendas for due in agenda.dues):
        by_kind.setdefault(due.kind, []).append(due.id)
    for kind, keys in by_kind.items():
        places = [(kind.noun.table, key) for key in keys]
        found |= zip(places, flat.uids(path, kind, keys), strict=True)
    return found


def _rows(page: Today, found: Moves, uids: Uids) -> Iterator[list[Any]]:
    """A row for each contact, action, move and finding; `why` of a move is what its gain is made of."""
    nothing: list[None] = [None] * FIGURES
    for name, agenda in _agendas(page):
        for entry in agenda.entries:
            people = [person.name for person in entry.people]
            yield [
                *(name, entry.day, entry.time, entry.channel, people, entry.account, entry.opportunity, entry.message),
                *(entry.hours, entry.cost, entry.currency, uids[_CONTACT, entry.id], None, None, None, *nothing),
            ]
        for action in agenda.actions:
            yield [
                *(name, action.due_on, "", None, [], action.account, action.opportunity, ""),
                *(None, None, None, uids[_ACTION, action.id], action.name, action.objective, None, *nothing),
            ]
        for due in agenda.dues:
            yield [
                *(name, due.due_on, "", None, [due.person] if due.person else [], due.account, "", ""),
                *(None, None, None, uids[due.kind.noun.table, due.id], due.name, _(due.kind.noun.one), None, *nothing),
            ]
    for move in found.best:
        facts = f"{move.title} ({move.facts})" if move.facts else move.title
        held = move.contact
        about = (held.day, held.time, held.channel, [one.name for one in held.people]) if held else [None] * 4
        cost, uid = (held.cost, uids[_CONTACT, held.id]) if held else (None, None)
        yield [
            *("moves", *about, move.account, move.opportunity, held.message if held else None),
            *(move.hours, cost, move.currency, uid, facts, move.where),
            *([move.change, *move.reasons], move.gain, move.rate),
        ]
    for name, those in (("moves", found.chores), ("watch", page.watch)):
        for one in those:
            yield [name, *[None] * (len(HEADERS) - 4 - FIGURES), one.title, one.where, one.why, *nothing]


def _agendas(page: Today) -> tuple[tuple[str, Agenda], ...]:
    return (("overdue", page.overdue), ("today", page.today), ("coming", page.coming))


def _lines(page: Today, found: Moves, uids: Uids, *, why: bool) -> Iterator[str]:
    yield bold(f"{page.day:%Y-%m-%d}" + (f" · {line(page.me)}" if page.is_mine else ""))
    parts = {name: list(_entries(agenda, uids)) for name, agenda in _agendas(page)}
    parts["moves"] = [*_moves(found, uids, why=why), *_findings(found.chores)]
    parts["watch"] = list(_findings(page.watch))
    for name, heading in SECTIONS:
        if parts[name]:
            yield from ("", bold(_(heading)), *(f"  {row}" for row in parts[name]))
    yield from ("", bold(_("This week")), *(f"  {row}" for row in _figures(page)))


def _moves(found: Moves, uids: Uids, *, why: bool) -> Iterator[str]:
    for move in found.best:
        facts = f"{move.title} ({move.facts})" if move.facts else move.title
        rate = _("{amount} an hour").format(amount=_whole(move)) if move.rate is not None else ""
        uid = uids[_CONTACT, move.contact.id] if move.contact else ""
        yield " · ".join(line(part) for part in (facts, move.where, move.change, rate, uid) if part)
        if why:
            yield from (f"    {line(reason)}" for reason in move.reasons)
    if found.left_out:
        yield ngettext(
            "{count} account left out: not active, to be left, or not willing to be managed",
            "{count} accounts left out: not active, to be left, or not willing to be managed",
            found.left_out,
        )


def _whole(move: NextMove) -> str:
    """The gain an hour without decimals."""
    return f"{format_number(round((move.rate or 0) / 10 ** exponent(move.currency)))} {move.currency}"


def _entries(agenda: Agenda, uids: Uids) -> Iterator[str]:
    for entry in agenda.entries:
        yield _entry(entry, uids[_CONTACT, entry.id])
    for action in agenda.actions:
        yield _action(action, uids[_ACTION, action.id])
    for due in agenda.dues:
        parts = (f"{due.due_on}", _(due.kind.noun.one), due.name, due.account, due.person, due.owner)
        yield " · ".join(line(part) for part in (*parts, uids[due.kind.noun.table, due.id]) if part)
    if (more := agenda.more) > 0:
        yield ngettext("and {count} more", "and {count} more", more)


def _entry(entry: Entry, uid: str) -> str:
    when = f"{entry.day:%Y-%m-%d} {entry.time}".strip()
    people = ", ".join(person.name for person in entry.people)
    hours = f"{Figure(entry.hours):g} h" if entry.hours is not None else ""
    cost = format_amount(entry.cost, entry.currency) if entry.cost else ""
    parts = (when, entry.channel, people, entry.account or entry.opportunity, entry.message, hours, cost, uid)
    return " · ".join(line(part) for part in parts if part)


def _action(action: Task, uid: str) -> str:
    parts = (f"{action.due_on}", _(PlanAction.noun.one), action.name, action.account, action.owner, uid)
    return " · ".join(line(part) for part in parts if part)


def _findings(found: tuple[Finding, ...]) -> Iterator[str]:
    for one in found:
        yield " · ".join(line(part) for part in (one.title, one.where, one.why) if part)


def _figures(page: Today) -> Iterator[str]:
    week, deals = page.week, page.deals
    hours = week.hours_done + week.hours_planned
    yield _("contacts {done} of {all}").format(done=week.done, all=week.done + week.planned)
    yield _("hours {hours} of {limit}").format(hours=f"{Figure(hours):g}", limit=f"{Figure(week.hours):g}")
    if week.allotted is not None:
        yield allotted_words.week(week.used, week.allotted)
    values = ", ".join(format_amount(value, currency) for value, currency in deals.values)
    yield _("open opportunities {count}: {values}").format(count=deals.count, values=values or "-")
    yield _("due to close this month {count}, late {late}").format(count=deals.due, late=deals.late)
