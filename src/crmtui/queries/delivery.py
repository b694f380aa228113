"""What is delivered to an account: projects, promises, requests, satisfaction, and what is left of the margin."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from crmtui.domain.accounts import Account
from crmtui.domain.money import exponent
from crmtui.domain.workspace import Workspace
from crmtui.method import delivery as promises, satisfaction
from crmtui.method.plan import Tally
from crmtui.method.profitability import Profitability, profitability
from crmtui.store.reading import delivery as rows, plans, records
from crmtui.store.reading.connections import reading
from crmtui.store.reading.delivery import Due
from crmtui.text import key as folded

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Sequence
    from pathlib import Path

    from crmtui.domain.delivery import Competence, CustomerRequest, Project, ProjectPerson, Promise, Satisfaction
    from crmtui.domain.fields import Record
    from crmtui.domain.words import Fate, Loyalty, Pace
    from crmtui.method.delivery import Promises, Requests
    from crmtui.store.reading.delivery import Delivery
    from crmtui.store.reading.plans import Margin

__all__ = ["DeliveryPage", "Due", "Worth", "page", "project_of"]

ENOUGH: Final = 2  # the grade from which we have a competence that is needed


@dataclass(frozen=True, slots=True)
class Worth:
    """What an account brought in the last twelve months after what it cost to serve.

    Attributes:
        figure: the figure with its terms.
        margin: what the orders brought, and in which days.
        currency: of all amounts.
        elsewhere: what contacts cost in other currencies, never added: (minor units, currency).
        is_priced: whether what an hour costs is known in that currency.
    """

    figure: Profitability
    margin: Margin
    currency: str
    elsewhere: tuple[tuple[int, str], ...]
    is_priced: bool


@dataclass(frozen=True)
class DeliveryPage:
    """All of it.

    Attributes:
        account: whose.
        rows: the records, with the names of what they link to.
        promises: how many were kept.
        requests: how many were answered in time.
        worth: what is left of the margin.
    """

    account: Account
    rows: Delivery
    promises: Promises
    requests: Requests
    worth: Worth

    def name(self, table: str, key: int | None) -> str:
        """What a linked record is called; '' for none."""
        return self.rows.names.get((table, key or 0), "")

    @cached_property
    def fates(self) -> dict[int, Fate]:
        """How each promise stands."""
        return {key: fate for fate, keys in self.promises.keys.items() for key in keys}

    @cached_property
    def paces(self) -> dict[int, Pace]:
        """How each request stands."""
        return {key: pace for pace, keys in self.requests.keys.items() for key in keys}

    def satisfied(self, since: dt.date | None = None) -> satisfaction.Satisfaction:
        """How satisfied the customer is by all answers, or by those since a day."""
        answers = [one for one in self.rows.answers if one.score is not None and (since is None or one.day >= since)]
        return satisfaction.satisfaction(map(_answer, answers), 1)

    def people(self, project: Project) -> tuple[ProjectPerson, ...]:
        """The customer's people in a project."""
        return tuple(one for one in self.rows.people if one.project_id == project.id)

    def competences(self, project: Project) -> tuple[Competence, ...]:
        """What we must be able to do for it."""
        return tuple(one for one in self.rows.competences if one.project_id == project.id)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written down yet."""
        found = self.rows
        return not (found.projects or found.promises or found.requests or found.answers)

    def record(self, kind: type[Record], key: int) -> Record | None:
        """One of the records; None where it has gone."""
        found = self.rows
        every: Sequence[Record] = (
            *found.projects, *found.people, *found.competences, *found.promises, *found.requests, *found.answers
        )  # fmt: skip
        return next((one for one in every if type(one) is kind and one.id == key), None)


def page(path: Path, account_id: int, today: dt.date) -> DeliveryPage:
    """What is delivered to an account; NotFoundError if it is gone."""
    with reading(path) as connection:
        account = records.get(connection, Account, account_id)
        found = rows.of(connection, account_id)
        return DeliveryPage(
            account=account,
            rows=found,
            promises=promises.promises(map(_promise, found.promises), today),
            requests=promises.requests(map(_request, found.requests), today),
            worth=_worth(connection, account, today),
        )


def project_of(path: Path, opportunity_id: int) -> int | None:
    """The first project of an opportunity; None where there is none."""
    with reading(path) as connection:
        return rows.project_of(connection, opportunity_id)


def carried(path: Path, project_id: int) -> int:
    """How many promises belong to a project."""
    with reading(path) as connection:
        return rows.carried(connection, project_id)


def projects(path: Path, account_id: int, words: str) -> list[tuple[int, str]]:
    """The projects of an account whose names have the words, those that run first: (key, name)."""
    with reading(path) as connection:
        found = rows.projects(connection, account_id)
    return [one for one in found if folded(words) in folded(one[1])]


def _promise(one: Promise) -> promises.Promise:
    return promises.Promise(one.id, one.due_on, one.kept)


def _request(one: CustomerRequest) -> promises.Request:
    return promises.Request(one.id, one.received_on, one.due_on, one.answered_on)


def _answer(one: Satisfaction) -> satisfaction.Answer:
    return satisfaction.Answer(one.id, one.account_id, one.person_id, one.day, one.score or 0)


def loyalty(one: Satisfaction) -> Loyalty | None:
    """The class of an answer; None where it has words only."""
    return None if one.score is None else satisfaction.loyalty(one.score)


def due_on(one: CustomerRequest) -> dt.date:
    """When a request is to be answered: its own day, or the usual one."""
    return one.due_on or promises.usual_day(one.received_on)


def _worth(connection: sqlite3.Connection, account: Account, today: dt.date) -> Worth:
    settings = records.get(connection, Workspace, 1)
    currency = account.currency or settings.base_currency
    margin = plans.margin(connection, account.id, currency, today)
    touched = rows.touched(connection, account.id, margin.since, margin.until)
    elsewhere: dict[str, int] = {}
    for one in touched:
        if one.cost and one.currency != currency:
            elsewhere[one.currency] = elsewhere.get(one.currency, 0) + one.cost
    tally = Tally(
        contacts=tuple(one.id for one in touched),
        cost=sum(one.cost or 0 for one in touched if one.currency == currency),
        hours=sum(one.hours or 0.0 for one in touched),
        uncosted=sum(one.cost is None for one in touched),
        untimed=sum(one.hours is None for one in touched),
    )
    is_priced = currency == settings.base_currency
    hour_cost = settings.hour_cost * float(10 ** exponent(currency)) if is_priced else None
    return Worth(
        figure=profitability(
            *(margin.minor, tally, hour_cost),
            elsewhere=sum(bool(one.cost) and one.currency != currency for one in touched),
            unpriced=margin.unknown + len(margin.elsewhere),
        ),
        margin=margin,
        currency=currency,
        elsewhere=tuple((minor, code) for code, minor in sorted(elsewhere.items())),
        is_priced=is_priced,
    )
