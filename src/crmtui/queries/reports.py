"""Reports on one customer or one opportunity, for ourselves or for them; and on all customers, for ourselves."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from crmtui.days import dated, span
from crmtui.domain.accounts import Account
from crmtui.domain.dmu import DmuMap
from crmtui.domain.offerings import Offering, Order
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.plans import Plan
from crmtui.domain.words import ContactStatus
from crmtui.exchange.report.document import Block, Bullets, Document, Facts, Section, Table, Words, chosen
from crmtui.figures import Figure
from crmtui.queries import (
    accounts,
    action_plan,
    contacts,
    delivery,
    dmu,
    orders,
    plans,
    relationship,
    report_kinds,
    report_parts as parts,
    report_pictures as pictures,
    report_portfolio,
    scorecards,
    value,
    workspace,
)
from crmtui.queries.equity_words import in_units
from crmtui.queries.report_kinds import SUBJECTS, Part, Report, section
from crmtui.store.reading import records
from crmtui.store.reading.connections import reading
from crmtui.store.reading.dmu import Place
from crmtui.text import N_, _, language, line

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from pathlib import Path

    from crmtui.queries.scorecards import ScorecardPage

QUARTER: Final = 3  # months
INTERNAL: Final = N_("Internal: it holds judgements on people. It does not leave the house.")
OF_ALL: Final = N_("Internal: it compares customers with each other. It does not leave the house.")


def offered(path: Path, what: Report, key: int) -> tuple[Part, ...]:
    """The sections that a report may have: those of its kind, and of a DMU sheet the maps of open opportunities."""
    maps = _open_maps(path, key) if what is Report.DMU else []
    return (*report_kinds.offered(what), *(Part(name, title, is_shared=False) for name, _map, title in maps))


def report(
    path: Path, what: Report, key: int, today: dt.date, wanted: Collection[str] = (), *, for_customer: bool = False
) -> Document:
    """A report.

    Args:
        path: the workspace.
        what: which.
        key: of the account, or of the opportunity; 0 where it is on all customers.
        today: the day it is made.
        wanted: ids of the sections that are wanted; all where none is named.
        for_customer: whether it leaves the house: then only what is marked as shared is in it.

    Raises:
        NotFoundError: the record is gone.
    """
    made = _MADE[what](path, key, today)
    note = "" if for_customer else _(INTERNAL if what in SUBJECTS else OF_ALL)
    return chosen(made, wanted, for_customer=for_customer, note=note)


def _document(title: str, subtitle: str, today: dt.date, sections: tuple[Section, ...]) -> Document:
    day = dated(today)
    told = subtitle if subtitle.endswith(day) else " · ".join(filter(None, (subtitle, day)))
    return Document(title=title, subtitle=told, day=today, language=language(), sections=sections)


def _account(path: Path, key: int, today: dt.date) -> Document:
    page = accounts.page(path, key, today)
    place = Place(account_id=key)
    running = tuple(block for plan in _plans(path, key) for block in parts.plan(plans.page(path, plan, today), today))
    sections = (
        parts.profile(page),
        parts.relationship(relationship.page(path, key, today), today),
        parts.decision_makers(dmu.page_at(path, place, today)),
        parts.opportunities(path, page, today),
        parts.value(value.page(path, place, today)),
        section("plan", running, _("No plan is running.")),
        parts.actions(action_plan.page(path, key)),
        parts.delivery(delivery.page(path, key, today), today),
    )
    return _document(_("Account plan: {account}").format(account=line(page.account.name)), "", today, sections)


def _plans(path: Path, account_id: int) -> list[int]:
    with reading(path) as connection:
        found = records.where(
            connection, Plan, "account_id = ? AND status <> 'finished'", (account_id,), "starts_on, id"
        )
        return [plan.id for plan in found]


def _open_maps(path: Path, account_id: int) -> list[tuple[str, int, str]]:
    """The maps of the opportunities of an account that are open: section, key, and the name of the opportunity."""
    condition = "opportunity_id IN (SELECT id FROM opportunity WHERE account_id = ? AND stage NOT IN ('won', 'lost'))"
    with reading(path) as connection:
        found = list(records.where(connection, DmuMap, condition, (account_id,)))
        return [
            (f"dmu-{one.uid}", one.id, line(records.get(connection, Opportunity, one.opportunity_id or 0).name))
            for one in found
        ]


def _sheet(path: Path, key: int, today: dt.date) -> Document:
    with reading(path) as connection:
        account = records.get(connection, Account, key)
    found = [parts.decision_makers(dmu.page_at(path, Place(account_id=key), today))]
    for name, map_id, title in _open_maps(path, key):
        found.append(Section(id=name, title=title, blocks=parts.decision_makers(dmu.page(path, map_id, today)).blocks))
    return _document(_("DMU sheet: {account}").format(account=line(account.name)), "", today, tuple(found))


def _opportunity(path: Path, key: int, today: dt.date) -> Document:
    card = scorecards.card(path, key, today)
    one = card.opportunity
    place = Place(opportunity_id=key)
    standing = card.sources.standing  # the account's map, where the opportunity has none of its own
    map_of = dmu.page(path, standing.map_id, today) if standing else dmu.page_at(path, place, today)
    with reading(path) as connection:
        offering = records.get(connection, Offering, one.offering_id).name if one.offering_id else ""
    basics = parts.facts(((_("Customer"), line(card.account)), (_("Offering"), line(offering))), shared=True)
    ours = parts.facts((
        (_("Stage"), _(one.stage.label)),
        (_("Value"), parts.amount(one.value, one.currency)),
        (_("Expected close"), dated(one.expected_on)),
        (_("Margin"), parts.amount(one.margin, one.currency)),
        (_("Budget"), _(one.budget.label) if one.budget else ""),
        (_("Need"), one.need),
        (_("Next step"), line(one.next_step)),
        (_("Reason"), line(one.reason)),
        (_("Lesson"), one.lesson),
    ))  # fmt: skip
    sections = (
        section("basics", (*basics, *ours)),
        section("chance", (*_chance(card), *pictures.computed(path, key))),
        section("scorecard", tuple(_scores(card))),
        parts.decision_makers(map_of),
        parts.value(value.page(path, place, today)),
    )
    return _document(_("Opportunity review: {name}").format(name=line(one.name)), line(card.account), today, sections)


def _points(share: float) -> str:
    return f"{Figure(100 * share):.0f} %"


def _chance(card: ScorecardPage) -> Iterator[Block]:
    found, expected = card.chance, card.expected
    band = f"{_points(found.value)} ({_points(found.low)} … {_points(found.high)})"
    ev = in_units(card.opportunity.currency)(expected.value) if expected.value is not None else "?"
    yield Facts(pairs=((_("P(win)"), band), (_("Learnt from"), str(found.count)), (_("Expected value"), ev)))
    raising = sorted((term for term in found.terms if term.step > 0), key=lambda term: -term.step)[:5]
    labels = {line_of.code: line_of.label for line_of in card.lines}
    if raising:
        rows = tuple((line(labels.get(term.code, term.code)), f"+{Figure(100 * term.step):.1f}") for term in raising)
        yield Table(headings=(_("What would raise it most"), _("points")), rows=rows, figures=frozenset({1}))
    yield from pictures.chance(card)


def _scores(card: ScorecardPage) -> Iterator[Block]:
    def grade(value: float | None) -> str:
        return "?" if value is None else f"{Figure(round(value, 1)):g}"

    rows = tuple(
        (
            _("Gate") if one.is_gate else _(one.perspective.label),
            line(one.label),
            "" if one.is_gate else f"{Figure(one.weight):g}",
            grade(one.grade),
            *(grade(theirs.grade) for theirs in one.theirs),
            line(one.ours.evidence) or (_("computed") if one.is_computed else ""),
        )
        for one in card.lines
    )
    headings = (
        *(_("Perspective"), _("Criterion"), _("Weight"), _("Us")),
        *(line(rival.name) for rival in card.rivals),
        _("Evidence"),
    )
    figures = frozenset(range(2, 4 + len(card.rivals)))
    if rows:
        yield Table(headings=headings, rows=rows, figures=figures)


def _quarter(path: Path, key: int, today: dt.date) -> Document:
    page = accounts.page(path, key, today)
    since = _months_before(today, QUARTER)
    until = today + (today - since)
    found = sorted(contacts.of(path, "account", key), key=lambda one: (one.day, one.time, one.id))
    done = [one for one in found if one.status is ContactStatus.DONE and since <= one.day <= today]
    coming = [one for one in found if one.is_open and today <= one.day <= until]
    with reading(path) as connection:
        ordered = list(
            records.where(connection, Order, "account_id = ? AND day >= ?", (key, since.isoformat()), "day, id")
        )
        won = list(
            records.where(
                connection,
                Opportunity,
                "account_id = ? AND stage = 'won' AND closed_on >= ?",
                (key, since.isoformat()),
                "closed_on, id",
            )
        )
    business: list[Block] = [parts.orders([orders.page(path, one.id) for one in ordered])] if ordered else []
    if won:
        names = tuple(f"{line(one.name)} · {parts.amount(one.value, one.currency)}" for one in won)
        business += [Words(text=_("Agreed"), is_strong=True, shared=True), Bullets(items=names, shared=True)]
    met = (parts.contacts_table(done, shared=True),) if done else ()
    ahead = (parts.contacts_table(coming, shared=True),) if coming else ()
    sections = (
        section("business", tuple(business), _("No orders.")),
        parts.delivery(delivery.page(path, key, today), today, since),
        section("contacts", met, _("We did not meet.")),
        parts.relationship(relationship.page(path, key, today), today),
        parts.value(value.page(path, Place(account_id=key), today)),
        section("ahead", ahead, _("Nothing is planned.")),
    )
    title = _("Quarterly business review: {account}").format(account=line(page.account.name))
    return _document(title, span(since, today), today, sections)


def _months_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months before, or the last of that month."""
    at = day.year * 12 + day.month - 1 - months
    year, month = divmod(at, 12)
    following = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)  # noqa: PLR2004 - December is 11
    return dt.date(year, month + 1, min(day.day, (following - dt.timedelta(days=1)).day))


def _portfolio(path: Path, _key: int, today: dt.date) -> Document:
    title = _("Portfolio: {workspace}").format(workspace=line(workspace.settings(path).name))
    return _document(title, "", today, report_portfolio.sections(path, today))


_MADE: Final[Mapping[Report, Callable[[Path, int, dt.date], Document]]] = {
    Report.ACCOUNT: _account,
    Report.OPPORTUNITY: _opportunity,
    Report.DMU: _sheet,
    Report.QUARTER: _quarter,
    Report.PORTFOLIO: _portfolio,
}
