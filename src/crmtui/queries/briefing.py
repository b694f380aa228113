"""The briefing before a meeting, on one page: who is there, what they want, what we promised, what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.days import dated
from crmtui.domain.accounts import Account
from crmtui.domain.delivery import CustomerRequest, Promise
from crmtui.domain.scales import ATTITUDE, POWER, RELATIONSHIP
from crmtui.domain.words import ContactStatus, Stage
from crmtui.exchange.report.document import Bullets, Document, Facts, Section, Table, Words
from crmtui.figures import Figure
from crmtui.queries import accounts, action_plan, contacts, dmu, winning
from crmtui.queries.coverage_words import share
from crmtui.queries.report_parts import amount, iso_day
from crmtui.store.reading import records
from crmtui.store.reading.connections import reading
from crmtui.store.reading.dmu import Place
from crmtui.text import _, language, line, ngettext

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from crmtui.queries.accounts import AccountPage
    from crmtui.queries.dmu import DmuPage, Sheet
    from crmtui.store.reading.contacts import Entry

# So much that one page holds it.
IN_THE_ROOM: Final = 4  # people told in full
LAST: Final = 4  # contacts
FINDINGS: Final = 4
MOST: Final = 4  # opportunities, promises, requests, actions
_LONGEST: Final = 140  # characters of a text that are told


def briefing(path: Path, account_id: int, today: dt.date, contact_id: int | None = None) -> Document:
    """All that one wants to have read on the way to a customer.

    Args:
        path: the workspace.
        account_id: the customer.
        today: the day it is read.
        contact_id: the meeting; the next planned one where none is named, or else none.

    Raises:
        NotFoundError: the account or the contact is gone.
    """
    page = accounts.page(path, account_id, today)
    found = contacts.of(path, "account", account_id)
    meeting = contacts.entry(path, contact_id) if contact_id else _next(found, today)
    maps = _maps(path, account_id, meeting, today)
    sections = (
        Section(id="meeting", title=_("The meeting"), blocks=_meeting(meeting), instead=_("No contact is planned.")),
        Section(
            id="people",
            title=_("Who is in the room") if meeting and meeting.people else _("On whom to bet"),
            blocks=tuple(_people(maps, meeting, today)),
            instead=_("Nobody is on the map of the decision-making unit yet."),
        ),
        Section(id="opportunities", title=_("What is open to be won"), blocks=tuple(_deals(path, page, today))),
        Section(
            id="promises",
            title=_("What we promised"),
            blocks=tuple(_promised(path, account_id, today)),
            instead=_("No promise is open."),
        ),
        Section(id="open", title=_("Open points"), blocks=tuple(_open(path, account_id, maps[0], today))),
        Section(
            id="last",
            title=_("Last contacts"),
            blocks=tuple(_last(found)),
            instead=_("Nothing has happened here yet."),
        ),
        Section(id="needs", title=_("What the customer needs"), blocks=_needs(page)),
    )
    return Document(
        title=_("Briefing: {account}").format(account=line(page.account.name)),
        subtitle=_subtitle(page, today),
        day=today,
        language=language(),
        sections=sections,
        is_on_one_page=True,
    )


def _next(found: Sequence[Entry], today: dt.date) -> Entry | None:
    coming = [one for one in found if one.is_open and one.day >= today]
    return min(coming, key=lambda one: (one.day, one.time, one.id), default=None)


def _maps(path: Path, account_id: int, meeting: Entry | None, today: dt.date) -> list[DmuPage]:
    """The map of the opportunity that a meeting is about, where it has one; then that of the account."""
    about = meeting.opportunity_id if meeting else None
    places = [*([Place(opportunity_id=about)] if about else []), Place(account_id=account_id)]
    found = [dmu.page_at(path, place, today) for place in places]
    return [page for page in found if page.sheets] or found[-1:]


def _subtitle(page: AccountPage, today: dt.date) -> str:
    place = ", ".join(filter(None, (page.account.industry, page.account.city)))
    level = _("level {level}").format(level=_(page.account.level.label))
    standing = page.standing
    known = standing.favour if standing else None
    favour = _("favour {favour}").format(favour=f"{Figure(known):+.2f}") if known is not None else ""
    coverage = _("coverage {share}").format(share=share(standing.coverage)) if standing else ""
    return " · ".join(filter(None, (dated(today), place, level, favour, coverage)))


def _meeting(meeting: Entry | None) -> tuple[Facts, ...]:
    if meeting is None:
        return ()
    pairs = (
        (_("When"), " ".join(filter(None, (dated(meeting.day), meeting.time)))),
        (_("How"), line(meeting.channel)),
        (_("Who of ours"), line(meeting.actor)),
        (_("About"), line(meeting.opportunity)),
        (_("Message"), line(meeting.message)),
        (_("Need"), line(meeting.need)),
        (_("Personal win of"), line(meeting.win_of)),
    )
    return (Facts(pairs=tuple((label, value) for label, value in pairs if value)),)


def _people(maps: Sequence[DmuPage], meeting: Entry | None, today: dt.date) -> Iterator[Facts | Words]:
    """Those who are in the meeting, with what the first map knows that they are on; else those who weigh most."""
    by_person = {sheet.person.id: (page, sheet) for page in reversed(maps) for sheet in page.sheets if sheet.person}
    if meeting and meeting.people:
        for person in meeting.people[:IN_THE_ROOM]:
            if person.id in by_person:
                yield from _person(*by_person[person.id], today)
            else:
                named = ", ".join(filter(None, (line(person.name), line(person.title))))
                yield Words(text=_("{person}: not on the map").format(person=named))
        if others := meeting.people[IN_THE_ROOM:]:
            yield Words(text=_("Also: {names}").format(names=", ".join(line(person.name) for person in others)))
        return
    found = maps[0]
    by_leverage = sorted(found.sheets, key=lambda sheet: -found.figures.leverage.of(sheet.key))
    for sheet in by_leverage[:IN_THE_ROOM]:
        yield from _person(found, sheet, today)


def _person(found: DmuPage, sheet: Sheet, today: dt.date) -> Iterator[Facts | Words]:
    one = sheet.stakeholder
    yield Words(text=", ".join(filter(None, (sheet.name, sheet.position))), is_strong=True)
    unknown = _("unknown")
    roles = ", ".join(_(role.label) for role in one.roles) or _("no role")
    veto = f" · {_('veto')}" if one.veto else ""
    leverage = _("bet {share}").format(share=share(found.figures.leverage.of(sheet.key)))
    power = _(POWER[one.power]) if one.power is not None else unknown
    attitude = _(ATTITUDE[one.attitude]) if one.attitude is not None else unknown
    relation = _(RELATIONSHIP[one.relationship]) if one.relationship is not None else unknown
    pairs = (
        (_("Role"), f"{roles}{veto} · {leverage}"),
        (_("Power"), power),
        (_("Attitude"), attitude),
        (_("Relationship"), relation + (f" · {sheet.covered_by}" if sheet.covered_by else "")),
        (_("Decides by"), _short(one.criteria)),
        (_("Wants"), _short(one.objectives)),
        (_("Personal win"), _short(one.win) or _("missing")),
        (_("Speak"), _(sheet.advice) if sheet.advice else ""),
        (_("Competitor"), sheet.competitor),
        (_("Refuses"), ", ".join(sheet.refused)),
        (_("Last contact"), _ago(sheet.last_contact, sheet.last_channel, today)),
    )
    yield Facts(pairs=tuple((label, value) for label, value in pairs if value))


def _ago(day: dt.date | None, channel: str, today: dt.date) -> str:
    if day is None:
        return _("never")
    days = (today - day).days
    return " · ".join(filter(None, (dated(day), ngettext("{count} day ago", "{count} days ago", days), channel)))


def _deals(path: Path, page: AccountPage, today: dt.date) -> Iterator[Table | Words]:
    if not page.deals:
        return
    with reading(path) as connection:
        chances = winning.estimates(connection, [deal.opportunity_id for deal in page.deals], today)
    rows = []
    for deal in page.deals[:MOST]:
        chance = share(chances[deal.opportunity_id].value) if deal.opportunity_id in chances else "?"
        value, closes = amount(deal.value, deal.currency), iso_day(deal.closes)
        rows.append((line(deal.name), _(Stage[deal.stage.upper()].label), value, chance, closes))
    headings = (_("Opportunity"), _("Stage"), _("Value"), _("P(win)"), _("Closes"))
    yield Table(headings=headings, rows=tuple(rows), figures=frozenset({2, 3}))
    if more := page.open_count - len(rows):
        yield Words(text=ngettext("and {count} more", "and {count} more", more))


def _promised(path: Path, account_id: int, today: dt.date) -> Iterator[Bullets]:
    with reading(path) as connection:
        records.get(connection, Account, account_id)
        found = list(
            records.where(
                connection, Promise, "account_id = ? AND kept IS NULL", (account_id,), "due_on IS NULL, due_on"
            )
        )
    if found:
        yield Bullets(items=_first([_due(line(one.name), one.due_on, today) for one in found]))


def _open(path: Path, account_id: int, found: DmuPage, today: dt.date) -> Iterator[Bullets]:
    """The customer's requests that wait, our actions that are due, and what the map lacks."""
    with reading(path) as connection:
        waiting = list(
            records.where(
                connection, CustomerRequest, "account_id = ? AND answered_on IS NULL", (account_id,), "received_on"
            )
        )
    asked = [
        _due(
            _("Request of {day}: {request}").format(day=dated(one.received_on), request=line(one.name)),
            one.due_on,
            today,
        )
        for one in waiting
    ]
    plan = action_plan.page(path, account_id)
    ours = [_due(line(one.name), one.due_on, today) for one in plan.actions if one.done_on is None]
    lacks = [f"{one.sentence} ({one.gain})" if one.gain else one.sentence for one in found.findings[:FINDINGS]]
    if items := (*_first(asked), *_first(ours), *lacks):
        yield Bullets(items=items)


def _first(items: Sequence[str]) -> tuple[str, ...]:
    """The first of some lines, and how many more there are."""
    more = len(items) - MOST
    return (*items[:MOST], ngettext("and {count} more", "and {count} more", more)) if more > 0 else tuple(items)


def _due(what: str, day: dt.date | None, today: dt.date) -> str:
    if day is None:
        return what
    late = _("{count} d late").format(count=(today - day).days) if day < today else ""
    return f"{what} · " + " · ".join(filter(None, (_("due {day}").format(day=dated(day)), late)))


def _last(found: Sequence[Entry]) -> Iterator[Bullets]:
    done = [one for one in found if one.status is ContactStatus.DONE][:LAST]
    if done:
        yield Bullets(items=tuple(map(_happened, done)))


def _happened(one: Entry) -> str:
    who = ", ".join(line(person.name) for person in one.people)
    what = " — ".join(filter(None, (line(one.message), _short(one.outcome))))
    return " · ".join(filter(None, (dated(one.day), line(one.channel), who, what)))


def _needs(page: AccountPage) -> tuple[Words, ...]:
    return (Words(text=_short(page.account.needs)),) if page.account.needs.strip() else ()


def _short(raw: str) -> str:
    """A text of several lines on one, the start of it when it is long."""
    text = "; ".join(filter(None, map(line, raw.splitlines())))
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
