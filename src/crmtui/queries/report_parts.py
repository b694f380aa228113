"""The parts that reports are made of; each says which of it the customer may see."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from crmtui.days import dated, span
from crmtui.domain.money import exponent, format_amount
from crmtui.domain.scales import ATTITUDE, POWER, RELATIONSHIP
from crmtui.domain.words import ContactStatus, ProjectStatus, Stage
from crmtui.exchange.report.document import Block, Bullets, Facts, Section, Table, Words
from crmtui.figures import Figure
from crmtui.method.gates import State
from crmtui.queries import delivery_words, postures, relationship_words, report_pictures as pictures, winning
from crmtui.queries.coverage_words import share
from crmtui.queries.equity_words import in_units
from crmtui.queries.report_kinds import section
from crmtui.store.reading.connections import reading
from crmtui.text import NP_, _, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from crmtui.domain.delivery import Project, Promise
    from crmtui.queries.accounts import AccountPage
    from crmtui.queries.action_plan import ActionPlan
    from crmtui.queries.delivery import DeliveryPage
    from crmtui.queries.dmu import DmuPage
    from crmtui.queries.orders import OrderPage
    from crmtui.queries.plans import PlanPage
    from crmtui.queries.relationship import RelationshipPage
    from crmtui.queries.value import ValuePage
    from crmtui.store.reading.contacts import Entry

OPEN: Final = NP_("promise", "open")  # of what was promised, asked for, or is to be done


def amount(minor: int | None, currency: str) -> str:
    """Money in words, without decimals where it has none; `?` where it is not known."""
    if minor is None:
        return "?"
    return format_amount(minor, currency) if minor % 10 ** exponent(currency) else in_units(currency)(minor)


def iso_day(raw: str | None) -> str:
    """A day that is written for programs, as people read it; '' for none."""
    return dated(dt.date.fromisoformat(raw)) if raw else ""


def facts(pairs: Iterable[tuple[str, str]], *, shared: bool = False) -> Iterator[Facts]:
    """Those of the pairs that say anything; nothing where none does."""
    told = tuple((label, value) for label, value in pairs if value)
    if told:
        yield Facts(pairs=told, shared=shared)


def profile(page: AccountPage) -> Section:
    """Who the customer is: the organisation is for all, what we think of it is not."""
    one = page.account
    place = ", ".join(filter(None, map(line, (one.street, one.postcode, one.city, one.country))))
    open_to_all = facts(
        ((_("Industry"), line(one.industry)), (_("Address"), place), (_("Website"), line(one.website))), shared=True
    )
    ours = facts((
        (_("Owner"), line(page.owner)),
        (_("Part of"), line(page.parent)),
        (_("Posture"), postures.told(page.posture) if page.posture else ""),
        (_("Value chain"), one.value_chain),
        (_("Operating habits"), one.operating_habits),
        (_("Organisational habits"), one.organisational_habits),
        (_("Strategic values"), one.strategic_values),
        (_("Needs"), one.needs),
        (_("Competitors"), ", ".join(line(rival.name) for rival in page.rivals)),
    ))  # fmt: skip
    return section("profile", (*open_to_all, *ours))


def relationship(page: RelationshipPage, today: dt.date) -> Section:
    """The level with what is missing for the next one, and how it came there."""
    ladder = page.standing.ladder
    target = page.account.target_level
    aim = (_(target.label) if target else "", dated(page.account.target_on))
    blocks: list[Block] = [
        *facts((
            (_("Level"), _(ladder.level.label)),
            (_("Target"), " · ".join(filter(None, aim))),
            (_("Complete"), f"{Figure(100 * ladder.completeness):.0f} %"),
        ))
    ]  # fmt: skip
    rows = tuple(
        (_(gate.name.label), relationship_words.measured(gate), relationship_words.missing(gate, page.standing.people))
        for gate in ladder.gates
        if gate.state is not State.MET
    )
    if rows:
        blocks.append(Table(headings=(_("Gate"), _("Now"), _("Missing")), rows=rows))
    blocks += pictures.level(page, today)
    return section("relationship", tuple(blocks))


def decision_makers(page: DmuPage) -> Section:
    """The map, who is on it, and what it lacks: nothing of it leaves the house."""
    if not page.sheets:
        return section("dmu", (), _("Nobody is on the map yet."))
    favour, coverage = page.figures.favour, page.figures.coverage
    weight = page.figures.leverage.of
    by_leverage = sorted(page.sheets, key=lambda sheet: -weight(sheet.key))
    known = f"{Figure(favour.value):+.2f}" if favour.value is not None else "?"
    low, high = f"{Figure(favour.low):+.2f}", f"{Figure(favour.high):+.2f}"
    banded = known if low == high else f"{known} ({low} … {high})"
    rows = tuple(
        (
            sheet.name,
            ", ".join(_(role.label) for role in sheet.stakeholder.roles)
            + (f" · {_('veto')}" if sheet.stakeholder.veto else ""),
            f"{Figure(100 * weight(sheet.key)):.0f} %",
            _judged(POWER, sheet.stakeholder.power),
            _judged(ATTITUDE, sheet.stakeholder.attitude),
            _judged(RELATIONSHIP, sheet.stakeholder.relationship),
            sheet.covered_by,
            line(sheet.stakeholder.win),
        )
        for sheet in by_leverage
    )
    headings = (
        *(_("Name"), _("Role"), _("Bet"), _("Power"), _("Attitude"), _("Relationship"), _("Covered by")),
        _("Personal win"),
    )
    return section(
        "dmu",
        (
            *facts(((_("Favour"), banded), (_("Coverage"), share(coverage.value)))),
            pictures.decision_makers(page),
            Table(headings=headings, rows=rows, figures=frozenset({2})),
            *_findings(page),
        ),
    )


def _findings(page: DmuPage) -> Iterator[Bullets]:
    items = tuple(f"{one.sentence} ({one.gain})" if one.gain else one.sentence for one in page.findings)
    if items:
        yield Bullets(items=items)


def _judged(names: dict[int, str], grade: int | None) -> str:
    return _(names[grade]) if grade is not None else "?"


def opportunities(path: Path, page: AccountPage, today: dt.date) -> Section:
    """What is open to be won."""
    rows = []
    if page.deals:
        with reading(path) as connection:
            chances = winning.estimates(connection, [deal.opportunity_id for deal in page.deals], today)
        for deal in page.deals:
            chance = chances.get(deal.opportunity_id)
            rows.append((
                line(deal.name),
                _(Stage[deal.stage.upper()].label),
                amount(deal.value, deal.currency),
                f"{Figure(100 * chance.value):.0f} %" if chance else "?",
                iso_day(deal.closes),
            ))  # fmt: skip
    headings = (_("Opportunity"), _("Stage"), _("Value"), _("P(win)"), _("Closes"))
    blocks: list[Block] = [Table(headings=headings, rows=tuple(rows), figures=frozenset({2, 3}))] if rows else []
    if more := page.open_count - len(rows):
        blocks.append(Words(text=ngettext("and {count} more", "and {count} more", more)))
    return section("opportunities", tuple(blocks), _("Nothing is open."))


def value(page: ValuePage) -> Section:
    """Need, offer, benefit and proof are for the customer; whose win is what is not."""
    rows = tuple(
        tuple(map(line, (one.record.need, one.record.offer or one.offering, one.record.benefit, one.record.proof)))
        for part in (page.own, *page.others)
        for one in part.lines
    )
    blocks: list[Block] = []
    if rows:
        headings = (_("Need"), _("Offer"), _("Benefit"), _("Proof"))
        blocks.append(Table(headings=headings, rows=rows, shared=True))
    wins = tuple((line(win.name), line(win.stakeholder.win) or _("missing")) for win in page.wins if win.weighs)
    if wins:
        blocks.append(Table(headings=(_("Person"), _("Personal win")), rows=wins))
    return section("value", tuple(blocks))


def plan(page: PlanPage, today: dt.date) -> Iterator[Block]:
    """A communication plan: its figures are ours, the days on which we meet are for both."""
    one = page.plan
    done = sum(entry.status is ContactStatus.DONE for entry in page.entries)
    yield Words(text=line(one.objective), is_strong=True)
    yield from facts((
        (_("Period"), span(one.starts_on, one.ends_on)),
        (_("Contacts"), _("{done} of {count} done").format(done=done, count=len(page.entries))),
        (_("Budget"), amount(one.budget, one.currency) if one.budget is not None else ""),
        (_("Coverage"), " → ".join(share(c.value) for c in (page.now, page.ahead) if c is not None)),
    ))  # fmt: skip
    yield from pictures.plan(page, today)
    coming = [entry for entry in page.entries if entry.is_open and entry.day >= today]
    if coming:
        yield contacts_table(coming, shared=True)


def contacts_table(entries: Sequence[Entry], *, shared: bool) -> Table:
    """When, how and who; what we mean to say and what came of it is not told."""
    rows = tuple(
        (dated(one.day), line(one.channel), ", ".join(line(person.name) for person in one.people), line(one.actor))
        for one in entries
    )
    return Table(headings=(_("Day"), _("How"), _("With"), _("Who of ours")), rows=rows, shared=shared)


def orders(pages: Sequence[OrderPage]) -> Table:
    """What was ordered, for how much."""
    rows = tuple(
        (
            dated(one.order.day),
            line(one.order.number),
            ", ".join(dict.fromkeys(line(each.offering or each.line.description) for each in one.lines)),
            amount(one.value, one.order.currency),
            _(one.order.status.label),
        )
        for one in pages
    )
    headings = (_("Ordered"), _("Order"), _("Offering"), _("Value"), _("Status"))
    return Table(headings=headings, rows=rows, figures=frozenset({3}), shared=True)


def actions(page: ActionPlan) -> Section:
    """Objectives, strategies and actions: how we mean to get there is ours."""
    rows = tuple(
        (
            line(one.name),
            line(one.strategy or one.objective),
            line(one.owner),
            dated(one.due_on),
            _("done") if one.done_on else _(OPEN),
        )
        for one in page.actions
    )
    headings = (_("Action"), _("Strategy"), _("Owner"), _("Due"), _("Status"))
    goals = tuple(" · ".join(filter(None, (line(goal.name), dated(goal.due_on)))) for goal in page.goals)
    blocks: list[Block] = [Bullets(items=goals)] if goals else []
    if rows:
        blocks.append(Table(headings=headings, rows=rows))
    return section("actions", tuple(blocks))


def delivery(page: DeliveryPage, today: dt.date, since: dt.date | None = None) -> Section:
    """Projects, promises and requests are for both; all of them, or what went on or ended since a day."""
    found = page.rows
    blocks = list(_projects(found.projects, today, since))
    promises = tuple(
        (line(one.name), dated(one.due_on), _fate(one))
        for one in found.promises
        if since is None or one.ended_on is None or one.ended_on >= since
    )
    if promises:
        blocks.append(Table(headings=(_("Promise"), _("Due"), _("Status")), rows=promises, shared=True))
    requests = tuple(
        (line(one.name), dated(one.received_on), dated(one.answered_on) if one.answered_on else _(OPEN))
        for one in found.requests
        if since is None or one.answered_on is None or one.answered_on >= since
    )
    if requests:
        blocks.append(Table(headings=(_("Request"), _("Received on"), _("Answered on")), rows=requests, shared=True))
    blocks += facts(((_("Satisfaction"), " ".join(delivery_words.satisfied(page.satisfied(since)))),))
    return section("delivery", tuple(blocks))


def _projects(found: Iterable[Project], today: dt.date, since: dt.date | None) -> Iterator[Block]:
    """Those that were under way since a day, and how they keep to what was promised; then those of unknown days."""
    every = tuple(found)
    unknown = [line(one.name) for one in every if one.status.is_over and one.ended_on is None] if since else []
    rows = tuple(
        (
            line(one.name),
            _(one.status.label),
            f"{one.progress} %" if one.progress is not None else "?",
            dated(one.ends_on),
            delivery_words.ended(one) if one.status.is_over else delivery_words.so_far(one, today),
        )
        for one in every
        if since is None or _went_on(one, since)
    )
    if rows:
        headings = (_("Project"), _("Status"), _("Progress"), _("Promised until"), _("Ended on"))
        yield Table(headings=headings, rows=rows, figures=frozenset({2}), shared=True)
    if unknown:
        told = ngettext(
            "{names} has ended on a day that nobody wrote down, perhaps before.",
            "{names} have ended on days that nobody wrote down, perhaps before.",
            len(unknown),
            names=", ".join(unknown),
        )
        yield Words(text=told)


def _went_on(one: Project, since: dt.date) -> bool:
    """Whether a project was under way on a day or after it; one that is only planned was not."""
    if one.status.is_over:
        return one.ended_on is not None and one.ended_on >= since
    return one.status is not ProjectStatus.PLANNED


def _fate(one: Promise) -> str:
    return _(one.kept.label) if one.kept else _(OPEN)
