"""Contacts proposed for a plan: a draft with its reasons, and what coverage is and becomes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crmtui.domain.money import exponent
from crmtui.domain.plans import Plan
from crmtui.domain.words import ContactStatus, Weekday
from crmtui.domain.workspace import Workspace
from crmtui.method import managed, propose as method
from crmtui.method.coverage import Encounter, coverage
from crmtui.method.proposals import Allowance, Meeting, Person, Rules, Way
from crmtui.queries import standing
from crmtui.store.reading import contacts, plans, proposing, records, scenarios
from crmtui.store.reading.connections import reading
from crmtui.text import _

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from crmtui.method.coverage import Coverage
    from crmtui.method.proposals import Draft, Proposal
    from crmtui.queries.standing import Standing
    from crmtui.store.reading.contacts import Entry
    from crmtui.store.reading.plans import Subject
    from crmtui.store.reading.scenarios import Accepted

__all__ = ["Basis", "DraftPage", "Message", "ahead", "basis", "caution", "hour_cost", "page", "stands"]


@dataclass(frozen=True, slots=True)
class Message:
    """What a proposed contact would carry.

    Attributes:
        words: of the message; '' where there is nothing to say yet.
        win_of_id: the stakeholder whose personal win it is; None for none.
        proposition_id: the line of the value proposition; None for none.
    """

    words: str = ""
    win_of_id: int | None = None
    proposition_id: int | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """What a draft is made from.

    Attributes:
        people: who can be proposed for.
        ways: the channels in use.
        rules: what must be obeyed.
    """

    people: tuple[Person, ...]
    ways: tuple[Way, ...]
    rules: Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage:
    """A draft for a plan.

    Attributes:
        plan: the record.
        subject: the account and the opportunity it is for.
        draft: the proposals, the best first, and why there are no more.
        basis: what it was made from.
        names: of the people, by key.
        channels: names by key.
        actors: who of ours looks after a person, by the person's key.
        messages: what each proposal would carry, by `Proposal.meeting`.
        caution: what is to be said before anything is spent on the account; '' for nothing.
        allotted: what the accepted scenario of its time gives the account; None where none is accepted.
    """

    plan: Plan
    subject: Subject
    draft: Draft
    basis: Basis
    names: Mapping[int, str]
    channels: Mapping[int, str]
    actors: Mapping[int, int]
    messages: Mapping[tuple[int, dt.date, int], Message]
    caution: str
    allotted: Accepted | None

    def message(self, proposal: Proposal) -> Message:
        """What a proposal would carry."""
        return self.messages[proposal.meeting]

    def reached(self, some: Iterable[Proposal]) -> float | None:
        """Coverage at the end of the plan with some of the proposals."""
        return method.reached(self.basis.people, self.basis.ways, self.basis.rules, some)


def page(path: Path, plan_id: int, today: dt.date) -> DraftPage:
    """A draft for a plan; NotFoundError if it is gone."""
    with reading(path) as connection:
        plan = records.get(connection, Plan, plan_id)
        subject = plans.subject(connection, plan_id)
        entries = contacts.entries(connection, "c.plan_id = :plan", {"plan": plan_id})
        found = stands(connection, subject, today)
        made = basis(connection, plan, found, entries, today)
        targets = proposing.targets(connection, found.map_id) if found else []
        lines = proposing.lines(connection, subject)
        channels = plans.names(connection, "channel")
        said = caution(connection, subject)
        given = allotted(connection, subject.account_id, plan, today)
    draft = method.propose(made.people, made.ways, made.rules)
    return DraftPage(
        plan=plan,
        subject=subject,
        draft=draft,
        basis=made,
        names={one.person_id: one.name for one in targets},
        channels=channels,
        actors={one.person_id: one.actor_id for one in targets if one.actor_id is not None},
        messages=_messages(draft, {one.person_id: one for one in targets}, lines),
        caution=said,
        allotted=given,
    )


def stands(connection: sqlite3.Connection, subject: Subject, today: dt.date) -> Standing | None:
    """How we stand with the decision-making unit that a plan is for; None where there is no map."""
    if subject.opportunity_id is not None:
        return standing.at(connection, standing.Place(opportunity_id=subject.opportunity_id), today)
    return standing.at(connection, standing.Place(account_id=subject.account_id), today)


def ahead(connection: sqlite3.Connection, plan: Plan, found: Standing, today: dt.date) -> Coverage:
    """Coverage at the end of a plan if what is planned happens, in this plan or another.

    What is late already is not taken to happen; of a plan that is over, it is by what happened until its end.
    """
    met = proposing.meetings(connection, found.map_id)
    members = [
        replace(member, encounters=tuple(_until(plan.ends_on, today, met.get(found.people.get(member.key, 0), ()))))
        for member in found.figures.members
    ]
    figures = found.figures
    return coverage(members, figures.leverage, figures.rules.half_life)


def _until(end: dt.date, today: dt.date, met: Iterable[tuple[str, bool, float]]) -> Iterable[Encounter]:
    for said, is_done, quality in met:
        day = dt.date.fromisoformat(said)
        if day <= end and (is_done or day >= today):
            yield Encounter(quality, (end - day).days)


def hour_cost(connection: sqlite3.Connection, plan: Plan) -> float | None:
    """What an hour costs, minor units of the plan's currency; None where that is not the workspace's own."""
    settings = records.get(connection, Workspace, 1)
    if plan.currency != settings.base_currency:
        return None
    return settings.hour_cost * float(10 ** exponent(plan.currency))


def caution(connection: sqlite3.Connection, subject: Subject) -> str:
    """What has to be said before resources are spent on the account; '' where nothing speaks against it."""
    if subject.account_id is None:
        return ""
    return _(managed.caution(proposing.willingness(connection, subject.account_id)))


def basis(
    connection: sqlite3.Connection, plan: Plan, found: Standing | None, entries: Sequence[Entry], today: dt.date
) -> Basis:
    """What contacts are proposed from for a plan that has these contacts.

    A channel has a cost here where it has one in the plan's currency: nothing is converted. An hour is worth what the
    workspace says where the plan is in the workspace's own currency, else nothing: then channels are compared by
    their cost alone.
    """
    settings = records.get(connection, Workspace, 1)
    channels = proposing.channels(connection, plan.currency)
    rules = Rules(
        today=today,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        working_days=frozenset(list(Weekday).index(day) for day in settings.working_days),
        cadence=settings.cadence_days if plan.cadence_days is None else plan.cadence_days,
        left=_left(plan, entries),
        hour_cost=hour_cost(connection, plan) or 0.0,
        half_life=settings.half_life_days,
        calendar=tuple(entry.day for entry in entries if entry.is_open and entry.day >= today),
        allowance=allowance(allotted(connection, plans.subject(connection, plan.id).account_id, plan, today)),
    )
    ways = tuple(Way(one.id, one.quality, one.cost, one.hours) for one in channels)
    return Basis(tuple(_people(connection, found)) if found else (), ways, rules)


def allotted(connection: sqlite3.Connection, account_id: int | None, plan: Plan, today: dt.date) -> Accepted | None:
    """What the accepted scenario of the plan's time gives its account; None where none is accepted."""
    if account_id is None:
        return None
    days = (max(plan.starts_on, min(today, plan.ends_on)).isoformat(), plan.ends_on.isoformat())
    return scenarios.accepted(connection, account_id, today.isoformat(), days)


def allowance(found: Accepted | None) -> Allowance | None:
    """What that leaves for proposals; None where the account is in no accepted scenario, so that nothing limits it."""
    if found is None or found.left is None:
        return None
    return Allowance(found.left, dt.date.fromisoformat(found.starts_on), dt.date.fromisoformat(found.ends_on))


def _left(plan: Plan, entries: Sequence[Entry]) -> int | None:
    """What the budget leaves; costs in other currencies are not held against it."""
    if plan.budget is None:
        return None
    held = (entry for entry in entries if entry.status is not ContactStatus.CANCELLED)
    return plan.budget - sum(entry.cost or 0 for entry in held if entry.currency == plan.currency)


def _people(connection: sqlite3.Connection, found: Standing) -> Iterable[Person]:
    leverages = found.leverages
    meetings = proposing.meetings(connection, found.map_id)
    refused = proposing.refused(connection, found.map_id)
    for one in proposing.targets(connection, found.map_id):
        known = [
            (Meeting(dt.date.fromisoformat(day), quality), is_done)
            for day, is_done, quality in meetings.get(one.person_id, ())
        ]
        yield Person(
            key=one.person_id,
            leverage=leverages.get(one.person_id, 0.0),
            relationship=one.relationship,
            done=tuple(meeting for meeting, is_done in known if is_done),
            planned=tuple(meeting for meeting, is_done in known if not is_done),
            preferred=one.preferred,
            refused=refused.get(one.person_id, frozenset()),
        )


def _messages(
    draft: Draft, targets: Mapping[int, proposing.Target], lines: Sequence[proposing.Line]
) -> dict[tuple[int, dt.date, int], Message]:
    """To each person the own win first, by day, then what the organisation has from it, line by line, and so on."""
    said: Counter[int] = Counter()
    found = {}
    for proposal in sorted(draft.proposals, key=lambda one: one.day):
        words = _words(targets[proposal.person], lines)
        found[proposal.meeting] = words[said[proposal.person] % len(words)]
        said[proposal.person] += 1
    return found


def _words(one: proposing.Target, lines: Sequence[proposing.Line]) -> list[Message]:
    win = one.win.strip().partition("\n")[0]
    own = [Message(win, win_of_id=one.stakeholder_id)] if win else []
    return [*own, *(Message(line.words, proposition_id=line.id) for line in lines)] or [Message()]
