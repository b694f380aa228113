"""A workspace of customers with a history, made up and the same each time.

python benchmarks/make_customers.py FILE [ACCOUNTS]

To each account come six people on a map with lines of influence, four rated assessments over six years, orders of two
lines among twenty offerings, twenty contacts that happened with one of the people each, and two closed opportunities
with a scorecard whose probability was kept; of four in five the potential is known, one in twelve was lost, one in ten
is in a programme. Used by `portfolio.py`.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from make_sales import PEOPLE, insert_maps, persons
from make_workspace import INDUSTRIES, SEED, account_name

from crmtui.commands import workspace
from crmtui.domain.accounts import Account
from crmtui.domain.delivery import OpportunityFinding
from crmtui.domain.offerings import Offering, Order, OrderLine
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Person
from crmtui.domain.plans import Contact, ContactPerson
from crmtui.domain.programmes import Programme, ProgrammeMember
from crmtui.domain.relationship import Assessment, AssessmentRating
from crmtui.domain.scorecards import Scorecard
from crmtui.domain.words import ContactStatus, Indicator, Level, Source, Stage
from crmtui.store.unit import work
from crmtui.store.writing.bulk import insert_many

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ACCOUNTS: Final = 10_000
ASSESSMENTS: Final = 4
CONTACTS: Final = 20
DEALS: Final = 2
YEARS: Final = 6
OFFERINGS: Final = 20
GRADES: Final = (None, 0, 1, 2, 3, 4)
TODAY: Final = dt.date(2026, 3, 12)
REASONS: Final = ("Price", "Service near the plant", "No budget", "Knew the line", "Delivery time")
FINDINGS: Final = ("no_decider", "rival", "against", "no_win", "nothing")
LEVELS: Final = tuple(Level)
Given = dict[str, Any]


def make(path: Path, accounts: int = ACCOUNTS) -> None:
    """Write the workspace as one step."""
    workspace.create(path, name="Benchmark")
    chance = random.Random(SEED)  # noqa: S311 - figures must repeat
    with work(path, "Benchmark", Source.CLI) as unit:
        levels = [[chance.choice(LEVELS) for _one in range(ASSESSMENTS)] for _account in range(accounts)]
        keys = insert_many(unit, Account, _accounts(chance, levels))
        assessed = insert_many(unit, Assessment, _assessments(chance, keys, levels))
        insert_many(unit, AssessmentRating, _ratings(chance, assessed))
        offerings = insert_many(
            unit, Offering, ({"name": f"Cell {at:02d}", "price": 100_000} for at in range(OFFERINGS))
        )
        orders = insert_many(unit, Order, _orders(chance, keys))
        insert_many(unit, OrderLine, _lines(chance, orders, offerings))
        who = insert_many(unit, Person, persons(chance, keys))
        insert_maps(unit, chance, keys, who)
        contacts = insert_many(unit, Contact, _contacts(chance, keys))
        insert_many(unit, ContactPerson, _met(chance, contacts, who))
        deals = list(_deals(chance, keys))
        closed = insert_many(unit, Opportunity, deals)
        insert_many(unit, Scorecard, _cards(chance, closed, deals))
        insert_many(unit, OpportunityFinding, _findings(chance, closed, deals))
        (club,) = insert_many(unit, Programme, [{"name": "First circle", "yearly_cost": 120_000}])
        insert_many(unit, ProgrammeMember, _members(club, keys))


def _ago(chance: random.Random, years: float = YEARS) -> dt.date:
    return TODAY - dt.timedelta(chance.randrange(int(years * 365)))


def _accounts(chance: random.Random, levels: Sequence[Sequence[Level]]) -> Iterator[Given]:
    for number, held in enumerate(levels):
        yield {
            "name": account_name(chance, number),
            "industry": chance.choice(INDUSTRIES),
            "level": held[-1],
            "potential": None if chance.random() < 1 / 5 else chance.randrange(10_000, 500_000) * 100,
            "lost_on": _ago(chance, 2) if number % 12 == 11 else None,  # noqa: PLR2004 - one in twelve
        }


def _assessments(chance: random.Random, keys: Sequence[int], levels: Sequence[Sequence[Level]]) -> Iterator[Given]:
    for key, held in zip(keys, levels, strict=True):
        days = sorted({_ago(chance) for _level in held})
        for day, level in zip(days, held, strict=False):
            yield {"account_id": key, "day": day, "level": level, "willingness": chance.choice(GRADES)}


def _ratings(chance: random.Random, assessed: Sequence[int]) -> Iterator[Given]:
    for key in assessed:
        yield from ({"assessment_id": key, "indicator": one, "grade": chance.choice(GRADES)} for one in Indicator)


def _orders(chance: random.Random, keys: Sequence[int]) -> Iterator[Given]:
    """Each buys by chance at its own rate, and after each order it may not come back."""
    for key in keys:
        day, rate, gone = _ago(chance), chance.gammavariate(1, 1 / 90), chance.betavariate(0.8, 2.5)
        while day <= TODAY:
            yield {"account_id": key, "day": day}
            if chance.random() < gone:
                break
            day += dt.timedelta(1 + int(min(10_000, chance.expovariate(rate))))


def _lines(chance: random.Random, orders: Sequence[int], offerings: Sequence[int]) -> Iterator[Given]:
    for order in orders:
        for position in (1, 2):
            price = chance.randrange(1_000, 40_000) * 100
            margin = None if chance.random() < 0.1 else price // 3  # noqa: PLR2004 - one in ten is unknown
            line = {"order_id": order, "offering_id": chance.choice(offerings), "position": position}
            yield line | {"unit_price": price, "margin": margin}


def _contacts(chance: random.Random, keys: Sequence[int]) -> Iterator[Given]:
    for key in keys:
        for _contact in range(CONTACTS):
            day = _ago(chance, 4)
            yield {
                "account_id": key,
                "day": day,
                "channel_id": chance.randrange(1, 8),
                "status": ContactStatus.DONE,
                "done_at": dt.datetime.combine(day, dt.time(12), dt.UTC),
                "cost": chance.randrange(0, 300) * 100,
                "hours": chance.choice((0.5, 1.0, 3.0)),
            }


def _met(chance: random.Random, contacts: Sequence[int], who: Sequence[int]) -> Iterator[Given]:
    for at, contact in enumerate(contacts):
        person = who[at // CONTACTS * PEOPLE + chance.randrange(PEOPLE)]
        yield {"contact_id": contact, "person_id": person}


def _deals(chance: random.Random, keys: Sequence[int]) -> Iterator[Given]:
    for key in keys:
        for _deal in range(DEALS):
            stage = chance.choice((Stage.WON, Stage.LOST))
            yield {
                "name": "Line",
                "account_id": key,
                "stage": stage,
                "value": chance.randrange(1_000, 90_000) * 100,
                "margin": chance.randrange(300, 30_000) * 100,
                "closed_on": _ago(chance, 3),
                "reason": chance.choice(REASONS),
                "lesson": "Ask earlier.",
            }


def _cards(chance: random.Random, closed: Sequence[int], deals: Sequence[Given]) -> Iterator[Given]:
    for key, deal in zip(closed, deals, strict=True):
        better = 0.15 if deal["stage"] is Stage.WON else -0.15
        yield {
            "opportunity_id": key,
            "template_id": 1,
            "day": deal["closed_on"] - dt.timedelta(20),
            "probability": round(min(0.98, max(0.02, chance.gauss(0.5 + better, 0.2))), 3),
        }


def _findings(chance: random.Random, closed: Sequence[int], deals: Sequence[Given]) -> Iterator[Given]:
    for key, deal in zip(closed, deals, strict=True):
        for finding in chance.sample(FINDINGS[:4], chance.randrange(0, 3)) or FINDINGS[4:]:
            yield {"opportunity_id": key, "finding": finding, "day": deal["closed_on"]}


def _members(club: int, keys: Sequence[int]) -> Iterator[Given]:
    joined = TODAY - dt.timedelta(700)
    return ({"programme_id": club, "account_id": key, "joined_on": joined} for key in keys[::10])


def main() -> None:
    """Make the file that is named."""
    make(Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else ACCOUNTS)


if __name__ == "__main__":
    main()
