"""What tests of the relationship begin with: an account with a map, contacts and orders."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.commands import assessments, contacts, dmu, records as generic
from crmtui.commands.assessments import Rating
from crmtui.domain.accounts import Account
from crmtui.domain.offerings import Order
from crmtui.domain.people import Person
from crmtui.domain.plans import Channel
from crmtui.domain.words import Indicator, Source
from crmtui.queries import records, relationship
from crmtui.queries.dmu import Place

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.queries.relationship import RelationshipPage

TODAY = dt.date(2026, 3, 12)
TUI = Source.TUI


@dataclass(frozen=True, slots=True)
class Relation:
    """A workspace and the account in it."""

    path: Path
    account: int

    def page(self, day: dt.date = TODAY, assessment_id: int | None = None) -> RelationshipPage:
        """The relationship as it is shown."""
        return relationship.page(self.path, self.account, day, assessment_id)

    def record(self) -> Account:
        """The account."""
        return records.get(self.path, Account, self.account)

    def rate(self, *, day: dt.date = TODAY, **grades: int | None) -> int:
        """Rate indicators by their words."""
        by_word = {one.value: one for one in Indicator}
        said = [Rating(indicator=by_word[name], grade=grade) for name, grade in grades.items()]
        return assessments.assess(self.path, self.account, TUI, day, ratings=said)

    def order(self, number: str = "1", day: dt.date = TODAY) -> int:
        """An order of the account."""
        return generic.add(self.path, Order, {"account_id": self.account, "number": number, "day": day}, TUI)

    def person(self, name: str, title: str, *, known: int = 4, meetings: int = 0, day: dt.date = TODAY) -> int:
        """Somebody on the account's map, met so often on a day; returns the stakeholder."""
        person = generic.add(self.path, Person, {"name": name, "title": title, "account_id": self.account}, TUI)
        given = {"person_id": person, "relationship": known}
        key = dmu.add_stakeholder(self.path, Place(account_id=self.account), given, TUI, TODAY)
        (channel,) = [one.id for one in records.every(self.path, Channel) if one.code == "meeting"]
        now = dt.datetime.combine(day, dt.time(10), dt.UTC)
        for _meeting in range(meetings):
            contacts.log(self.path, {"account_id": self.account, "channel_id": channel}, [person], TUI, now)
        return key


def begin(path: Path) -> Relation:
    """An account that nobody has assessed."""
    return Relation(path, generic.add(path, Account, {"name": "Aurora Spa"}, TUI))
