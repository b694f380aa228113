"""Workspaces made up by chance, always the same ones: what nobody would think of writing into a test."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmtui.commands import workspace
from crmtui.domain.accounts import Account
from crmtui.domain.dmu import DmuMap, Influence, Stakeholder
from crmtui.domain.offerings import Order, OrderLine
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Person
from crmtui.domain.plans import Contact, ContactPerson
from crmtui.domain.relationship import Assessment, AssessmentRating
from crmtui.domain.words import AccountStatus, ContactStatus, EdgeKind, Indicator, Level, Role, Source, Stage
from crmtui.store.unit import work
from crmtui.store.writing.bulk import insert_many
from customers import TODAY, ago

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    Rows = Iterator[dict[str, Any]]

ACCOUNTS = 30


def make(path: Path, seed: int) -> None:
    """Accounts with maps, contacts, assessments and orders of every kind: none, half known, of people that drift."""
    workspace.create(path, name="By chance")
    with work(path, "test", Source.CLI) as unit:
        chance = _Chance(random.Random(seed))  # noqa: S311 - always the same
        accounts = insert_many(unit, Account, chance.accounts())
        assessed = insert_many(unit, Assessment, chance.assessments(accounts))
        insert_many(unit, AssessmentRating, chance.ratings(assessed))
        deals = insert_many(unit, Opportunity, chance.deals(accounts))
        orders = insert_many(unit, Order, chance.orders(accounts, deals))
        insert_many(unit, OrderLine, chance.lines(orders))
        teams = [[key] * chance.draw.randrange(7) for key in accounts]
        people = iter(insert_many(unit, Person, chance.people(key for team in teams for key in team)))
        known = {key: [next(people) for _one in team] for key, team in zip(accounts, teams, strict=True)}
        mapped = [key for key in accounts if chance.draw.random() < 0.9]
        maps = insert_many(unit, DmuMap, ({"account_id": key} for key in mapped))
        cards = list(chance.cards(maps, [known[key] for key in mapped]))
        keys = insert_many(unit, Stakeholder, cards)
        insert_many(unit, Influence, chance.influences(keys, [card["map_id"] for card in cards]))
        met = [key for key in accounts for _time in range(chance.draw.randrange(8))]
        contacts = insert_many(unit, Contact, chance.contacts(met))
        insert_many(unit, ContactPerson, chance.present(contacts, [known[key] for key in met]))


@dataclass
class _Chance:
    draw: random.Random

    def accounts(self) -> Rows:
        for number in range(ACCOUNTS):
            yield {
                "name": f"Account {number}",
                "level": self.draw.choice(tuple(Level)),
                "status": self.draw.choices(tuple(AccountStatus), (8, 1, 1))[0],
                "lost_on": self.draw.choice((None, None, None, ago(0.5))),
                "potential": self.draw.choice((None, 0, self.draw.randrange(9_000_000))),
                "currency": self.draw.choice(("EUR", "EUR", "USD")),
                "level_on": self.draw.choice((None, ago(0.2), ago(2))),
            }

    def assessments(self, accounts: Sequence[int]) -> Rows:
        for key in accounts:
            for day in sorted({ago(self.draw.uniform(0, 3)) for _time in range(self.draw.randrange(4))}):
                level = self.draw.choice(tuple(Level))
                yield {"account_id": key, "day": day, "level": level, "willingness": self._grade()}

    def ratings(self, assessed: Sequence[int]) -> Rows:
        for key in assessed:
            for one in self.draw.sample(tuple(Indicator), self.draw.randrange(len(Indicator) + 1)):
                yield {"assessment_id": key, "indicator": one, "grade": self._grade()}

    def orders(self, accounts: Sequence[int], deals: Sequence[int]) -> Rows:
        for key in accounts:
            for _order in range(self.draw.randrange(4)):
                yield {
                    "account_id": key,
                    "day": ago(self.draw.uniform(0, 4)),
                    "currency": self.draw.choice(("EUR", "USD")),
                    "opportunity_id": self.draw.choice((None, *deals)),
                }

    def lines(self, orders: Sequence[int]) -> Rows:
        for key in orders:
            price = self.draw.randrange(4_000_000)
            yield {"order_id": key, "unit_price": price, "margin": self.draw.choice((None, price // 3, -price))}

    def deals(self, accounts: Sequence[int]) -> Rows:
        for key in accounts:
            for at in range(self.draw.randrange(3)):
                won = {"stage": Stage.WON, "closed_on": self.draw.choice((None, ago(0.5), ago(2)))}
                worth = {"margin": self.draw.choice((None, 70_000)), "currency": self.draw.choice(("EUR", "USD"))}
                yield {"account_id": key, "name": f"Deal {at}", **won, **worth}

    def people(self, accounts: Iterable[int]) -> Rows:
        return ({"name": f"Person {at}", "account_id": key} for at, key in enumerate(accounts))

    def cards(self, maps: Sequence[int], known: Sequence[Sequence[int]]) -> Rows:
        for key, people in zip(maps, known, strict=True):
            yield from ({"map_id": key, "person_id": person, **self._judged()} for person in people)
            for at in range(self.draw.choice((0, 0, 1, 2))):
                yield {"map_id": key, "position": f"Purchasing {at}", **self._judged()}

    def influences(self, cards: Sequence[int], maps: Sequence[int]) -> Rows:
        for source, there in zip(cards, maps, strict=True):
            others = [one for one, at in zip(cards, maps, strict=True) if at == there and one != source]
            for target in self.draw.sample(others, self.draw.randrange(len(others) + 1)):
                kind, formal = self.draw.choice(tuple(EdgeKind)), self.draw.random() < 0.5
                ends = {"source_id": source, "target_id": target, "kind": kind}
                yield {**ends, "strength": self.draw.randint(1, 3), "is_formal": formal}

    def contacts(self, met: Sequence[int]) -> Rows:
        for key in met:
            day = ago(self.draw.uniform(0, 2)) if self.draw.random() < 0.8 else TODAY + dt.timedelta(days=3)
            status = self.draw.choice((ContactStatus.DONE, ContactStatus.DONE, ContactStatus.PLANNED))
            done = dt.datetime.combine(day, dt.time(12), dt.UTC) if status is ContactStatus.DONE else None
            channel = self.draw.randrange(1, 8)
            spent = {"cost": self.draw.choice((None, 0, 4_000)), "currency": self.draw.choice(("EUR", "EUR", "USD"))}
            hours = self.draw.choice((None, 0.25, 3.0))
            when = {"day": day, "status": status, "done_at": done}
            yield {"account_id": key, "channel_id": channel, "hours": hours, **when, **spent}

    def present(self, contacts: Sequence[int], known: Sequence[Sequence[int]]) -> Rows:
        for key, people in zip(contacts, known, strict=True):
            for person in self.draw.sample(people, self.draw.randrange(len(people) + 1)):
                yield {"contact_id": key, "person_id": person}

    def _grade(self) -> int | None:
        return self.draw.choice((None, 0, 1, 2, 3, 4))

    def _judged(self) -> dict[str, Any]:
        return {
            "roles": tuple(self.draw.sample(tuple(Role), self.draw.choice((0, 1, 1, 2)))),
            "power": self._grade(),
            "attitude": self.draw.choice((None, -2, -1, 0, 1, 2)),
            "openness": self.draw.choice((0.0, 0.5, 0.8, 1.0, 1.0)),
            "relationship": self._grade(),
            "win": self.draw.choice(("", "A quiet month end")),
            "win_strength": self.draw.choice((None, 0, 1, 2, 3)),
        }
