"""A sales team's workspace, made up and the same each time: accounts with maps, scorecards, contacts and plans.

python benchmarks/make_sales.py FILE [ACCOUNTS]

To each account come six people on a map with lines of influence, ten opportunities of which three are open, a card for
each open one and for every second closed one, twelve contacts that happened and one to come; to every third account an
assessment and a level to reach; to every third a communication plan that runs, with a contact that is due and two that
are late. Used by `today.py`.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from make_workspace import CITIES, COUNTRIES, FAMILY, GIVEN, INDUSTRIES, SEED, TITLES, TRADES, account_name

from crmtui.commands import workspace
from crmtui.domain.accounts import Account
from crmtui.domain.dmu import DmuMap, Influence, Stakeholder
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Person
from crmtui.domain.plans import Contact, ContactPerson, Plan
from crmtui.domain.relationship import Assessment, AssessmentRating
from crmtui.domain.scorecards import Answer, Criterion, Scorecard
from crmtui.domain.words import ContactStatus, EdgeKind, Indicator, Level, PlanStatus, Role, Source, Stage
from crmtui.domain.workspace import Actor
from crmtui.queries import records
from crmtui.store.unit import work
from crmtui.store.writing.bulk import insert_many

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crmtui.store.unit import UnitOfWork

ACCOUNTS: Final = 1_000
PEOPLE: Final = 6
DEALS: Final = 10
OPEN: Final = 3
CONTACTS: Final = 12
RATED: Final = 3
PLANNED: Final = 3
TODAY: Final = dt.date(2026, 3, 12)
# What is answered: those won have better cards, as they would.
_GRADES: Final = {
    Stage.WON: (None, 1, 2, 3, 3, 4),
    Stage.LOST: (None, 0, 1, 1, 2, 3),
    **dict.fromkeys((Stage.PROSPECTING, Stage.ENGAGING, Stage.PROPOSING, Stage.NEGOTIATING), (None, 0, 1, 2, 3, 4)),
}
Given = dict[str, Any]


def make(path: Path, accounts: int = ACCOUNTS) -> None:
    """Write the workspace as one step."""
    workspace.create(path, name="Benchmark")
    chance = random.Random(SEED)  # noqa: S311 - figures must repeat
    criteria = [one.id for one in records.every(path, Criterion) if one.template_id == 1]
    with work(path, "Benchmark", Source.CLI) as unit:
        actors = insert_many(unit, Actor, ({"name": f"Agent {number:02d}"} for number in range(35)))
        keys = insert_many(unit, Account, _accounts(chance, actors, accounts))
        people = insert_many(unit, Person, persons(chance, keys))
        insert_maps(unit, chance, keys, people)
        deals = list(_deals(chance, keys, actors))
        _cards(unit, chance, criteria, list(zip(insert_many(unit, Opportunity, deals), deals, strict=True)))
        _contacts(unit, chance, keys, people)
        _assessments(unit, chance, keys)
        _plans(unit, chance, keys, people)


def add_figures(path: Path, every: int, *, seed: int = SEED) -> None:
    """Give each so many-th account of a workspace a map with contacts, and each second opportunity a card."""
    chance = random.Random(seed)  # noqa: S311 - figures must repeat
    accounts = [one.id for one in records.every(path, Account)][::every]
    criteria = [one.id for one in records.every(path, Criterion) if one.template_id == 1]
    deals = [
        (one.id, {"stage": one.stage, "closed_on": TODAY - dt.timedelta(days=20) if one.stage.is_closed else None})
        for one in records.every(path, Opportunity)
    ]
    with work(path, "Benchmark", Source.CLI) as unit:
        people = insert_many(unit, Person, persons(chance, accounts))
        insert_maps(unit, chance, accounts, people)
        _contacts(unit, chance, accounts, people)
        _cards(unit, chance, criteria, deals[::2])


def _accounts(chance: random.Random, actors: Sequence[int], count: int) -> Iterator[Given]:
    for number in range(count):
        level = chance.choice(tuple(Level))
        yield {
            "name": account_name(chance, number),
            "owner_id": chance.choice(actors),
            "industry": chance.choice(INDUSTRIES),
            "level": level,
            "target_level": Level.PARTNER if number % RATED == 0 and level is not Level.PARTNER else None,
            "city": chance.choice(CITIES),
            "country": chance.choice(COUNTRIES),
        }


def persons(chance: random.Random, accounts: Sequence[int]) -> Iterator[Given]:
    """Six people of each account."""
    for account_id in accounts:
        for _number in range(PEOPLE):
            name = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"
            channel = chance.choice((None, 1, 2, 3, 4))
            yield {
                "name": name,
                "title": chance.choice(TITLES),
                "account_id": account_id,
                "preferred_channel_id": channel,
            }


def insert_maps(unit: UnitOfWork, chance: random.Random, accounts: Sequence[int], people: Sequence[int]) -> None:
    """Put the six people of each account on a map, with lines of influence."""
    maps = insert_many(unit, DmuMap, ({"account_id": account_id} for account_id in accounts))
    roles = (Role.DECIDER, Role.BUYER, Role.INFLUENCER, Role.USER, Role.GATEKEEPER, Role.COACH)
    cards = insert_many(
        unit,
        Stakeholder,
        (
            {
                "map_id": maps[at // PEOPLE],
                "person_id": person_id,
                "roles": (roles[at % PEOPLE],),
                "power": chance.choice((None, 1, 2, 3, 4)),
                "attitude": chance.choice((None, None, -1, 0, 1, 2)),
                "relationship": chance.choice((None, 0, 1, 2, 3)),
                "win_strength": chance.choice((None, 1, 2, 3)),
            }
            for at, person_id in enumerate(people)
        ),
    )
    groups = [cards[start : start + PEOPLE] for start in range(0, len(cards), PEOPLE)]
    ends = ((group[source], group[target]) for group in groups for source, target in ((1, 0), (2, 0), (3, 1), (5, 2)))
    insert_many(
        unit,
        Influence,
        (
            {
                "source_id": source,
                "target_id": target,
                "kind": EdgeKind.INFLUENCE,
                "strength": chance.randint(1, 3),
                "is_formal": chance.random() < 1 / 2,
            }
            for source, target in ends
        ),
    )


def _deals(chance: random.Random, accounts: Sequence[int], actors: Sequence[int]) -> Iterator[Given]:
    ongoing = (Stage.PROSPECTING, Stage.ENGAGING, Stage.PROPOSING, Stage.NEGOTIATING)
    for account_id in accounts:
        for number in range(DEALS):
            is_open = number < OPEN
            value = chance.randrange(1_000, 900_000) * 100
            opened = TODAY - dt.timedelta(days=chance.randrange(30, 300))
            yield {
                "name": f"{chance.choice(TRADES)} line {number}",
                "account_id": account_id,
                "owner_id": chance.choice(actors),
                "stage": chance.choice(ongoing if is_open else (Stage.WON, Stage.LOST)),
                "value": value,
                "margin": value // 3 if chance.random() < 2 / 3 else None,
                "currency": "EUR",
                "opened_on": opened,
                "expected_on": TODAY + dt.timedelta(days=chance.randrange(120)) if is_open else None,
                "closed_on": None if is_open else opened + dt.timedelta(days=chance.randrange(30)),
            }


def _cards(
    unit: UnitOfWork, chance: random.Random, criteria: Sequence[int], deals: Sequence[tuple[int, Given]]
) -> None:
    scored = [
        (key, deal["closed_on"] or TODAY - dt.timedelta(days=9))
        for number, (key, deal) in enumerate(deals)
        if deal["closed_on"] is None or number % 2
    ]
    cards = insert_many(unit, Scorecard, ({"opportunity_id": key, "template_id": 1, "day": day} for key, day in scored))
    stages = {key: deal["stage"] for key, deal in deals}
    insert_many(
        unit,
        Answer,
        (
            {"scorecard_id": card, "criterion_id": criterion, "grade": chance.choice(_GRADES[stages[key]])}
            for card, (key, _day) in zip(cards, scored, strict=True)
            for criterion in criteria
        ),
    )


def _contacts(unit: UnitOfWork, chance: random.Random, accounts: Sequence[int], people: Sequence[int]) -> None:
    """Twelve that happened in the last half year, and one to come."""
    planned: list[Given] = []
    who: list[int] = []
    for at, account_id in enumerate(accounts):
        for number in range(CONTACTS + 1):
            is_done = number < CONTACTS
            day = TODAY + dt.timedelta(days=-chance.randrange(180) if is_done else chance.randrange(1, 30))
            noon = dt.datetime.combine(day, dt.time(12), dt.UTC)
            planned.append(
                {
                    "account_id": account_id,
                    "day": day,
                    "channel_id": chance.randrange(1, 8),
                    "status": ContactStatus.DONE if is_done else ContactStatus.PLANNED,
                    "done_at": noon if is_done else None,
                    "message": "Pilot review",
                    "hours": 1.0,
                }
            )
            who.append(people[at * PEOPLE + chance.randrange(PEOPLE)])
    contacts = insert_many(unit, Contact, planned)
    insert_many(
        unit,
        ContactPerson,
        ({"contact_id": contact, "person_id": person} for contact, person in zip(contacts, who, strict=True)),
    )


def _assessments(unit: UnitOfWork, chance: random.Random, accounts: Sequence[int]) -> None:
    rated = accounts[::RATED]
    day = TODAY - dt.timedelta(days=40)
    made = insert_many(
        unit,
        Assessment,
        ({"account_id": key, "day": day, "willingness": chance.randint(1, 4), "level": Level.BUYER} for key in rated),
    )
    insert_many(
        unit,
        AssessmentRating,
        (
            {"assessment_id": assessment, "indicator": indicator, "grade": chance.choice((None, 1, 2, 3, 4))}
            for assessment in made
            for indicator in Indicator
        ),
    )


def _plans(unit: UnitOfWork, chance: random.Random, accounts: Sequence[int], people: Sequence[int]) -> None:
    month = dt.timedelta(days=30)
    planned = list(enumerate(accounts))[1::PLANNED]
    plans = insert_many(
        unit,
        Plan,
        (
            {
                "objective": "Meet them all",
                "account_id": key,
                "starts_on": TODAY - month,
                "ends_on": TODAY + 2 * month,
                "budget": 100_000,
                "currency": "EUR",
                "status": PlanStatus.RUNNING,
            }
            for _at, key in planned
        ),
    )
    days = (-9, -2, 1)
    contacts = insert_many(
        unit,
        Contact,
        (
            {
                "account_id": key,
                "plan_id": plan,
                "day": TODAY + dt.timedelta(days=late),
                "channel_id": chance.randrange(1, 8),
                "status": ContactStatus.PLANNED,
                "message": "As promised",
            }
            for plan, (_at, key) in zip(plans, planned, strict=True)
            for late in days
        ),
    )
    who = [people[at * PEOPLE + chance.randrange(PEOPLE)] for at, _key in planned for _day in days]
    pairs = zip(contacts, who, strict=True)
    insert_many(unit, ContactPerson, ({"contact_id": contact, "person_id": person} for contact, person in pairs))


def main() -> None:
    """Make the file that is named."""
    make(Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else ACCOUNTS)


if __name__ == "__main__":
    main()
