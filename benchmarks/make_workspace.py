"""A workspace with as many accounts as are asked for, made up and the same each time.

python benchmarks/make_workspace.py FILE [ACCOUNTS]

To each two accounts come a person and a contact, to each four an opportunity. Used by the other scripts.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from crmtui.commands import workspace
from crmtui.domain.accounts import Account
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Person
from crmtui.domain.plans import Contact
from crmtui.domain.words import ContactStatus, Level, Source, Stage
from crmtui.domain.workspace import Actor
from crmtui.queries import lists
from crmtui.store.unit import work
from crmtui.store.writing.bulk import insert_many

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MANY: Final = 100_000
FEW: Final = 100
SEED: Final = 7
NARROWEST: Final = 13  # letters of a name that the list of accounts shows at least; the preview shows more

_BEGINNINGS = (
    "Aurora Boreal Cantieri Dolomiti Etna Fratelli Garda Helios Iseo Jonica Karst Lindholm Monteluce Nordica Officine "
    "Ponte Quercia Rialto Sterzing Tessitura Umbria Valdoria Westfal Xenia Ypsilon Zephir"
)
_TRADES = "Meccanica Alimentari Chimica Tessile Impianti Logistica Energia Sistemi Carta Vetro"
_GIVEN = "Ada Bruno Carla Dario Elena Franco Giulia Hans Irene José Karin Łukasz María Søren"
_FAMILY = "Bianchi Conti Dubois Ferrari Greco Keller Lind Moreau Novak Rossi Silva Öberg Verdi"
BEGINNINGS, TRADES, GIVEN, FAMILY = (words.split() for words in (_BEGINNINGS, _TRADES, _GIVEN, _FAMILY))
INDUSTRIES: Final = ("manufacturing", "food", "chemicals", "packaging", "logistics", "energy", "software")
CITIES: Final = ("Milano", "Torino", "Lyon", "Berlin", "Wien", "Madrid", "Oslo", "Malmö", "Praha", "Gdańsk")
COUNTRIES: Final = ("Italy", "France", "Germany", "Austria", "Spain", "Norway", "Sweden", "Czechia", "Poland")
TITLES: Final = ("Purchasing manager", "Head of maintenance", "Plant manager", "Process owner", "General manager")


def make(path: Path, accounts: int = MANY) -> None:
    """Write the workspace as one step."""
    workspace.create(path, name="Benchmark")
    chance = random.Random(SEED)  # noqa: S311 - figures must repeat
    with work(path, "Benchmark", Source.CLI) as unit:
        actors = insert_many(unit, Actor, ({"name": f"Agent {number:02d}"} for number in range(35)))
        keys = insert_many(unit, Account, _accounts(chance, actors, accounts))
        insert_many(unit, Person, _people(chance, keys))
        insert_many(unit, Opportunity, _opportunities(chance, keys, actors))
        insert_many(unit, Contact, _contacts(chance, keys))


def account_name(chance: random.Random, number: int) -> str:
    """A made-up company; the number keeps names apart, and stands where a narrow column still shows it."""
    return f"{chance.choice(BEGINNINGS)} {number:06d} {chance.choice(TRADES)}"


def _accounts(chance: random.Random, actors: Sequence[int], count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        yield {
            "name": account_name(chance, number),
            "owner_id": chance.choice(actors),
            "industry": chance.choice(INDUSTRIES),
            "level": chance.choice(tuple(Level)),
            "employees": chance.randrange(10, 5_000),
            "city": chance.choice(CITIES),
            "country": chance.choice(COUNTRIES),
        }


def _people(chance: random.Random, accounts: Sequence[int]) -> Iterator[dict[str, Any]]:
    for account_id in accounts[::2]:
        given, family = chance.choice(GIVEN), chance.choice(FAMILY)
        yield {
            "name": f"{given} {family}",
            "given_name": given,
            "family_name": family,
            "title": chance.choice(TITLES),
            "account_id": account_id,
        }


def _opportunities(chance: random.Random, accounts: Sequence[int], actors: Sequence[int]) -> Iterator[dict[str, Any]]:
    for account_id in accounts[::4]:
        yield {
            "name": f"{chance.choice(TRADES)} line",
            "account_id": account_id,
            "owner_id": chance.choice(actors),
            "stage": chance.choice(tuple(Stage)),
            "value": chance.randrange(1_000, 900_000) * 100,
            "currency": "EUR",
            "opened_on": dt.date(2026, 1, 1) + dt.timedelta(days=chance.randrange(200)),
        }


def _contacts(chance: random.Random, accounts: Sequence[int]) -> Iterator[dict[str, Any]]:
    for account_id in accounts[1::2]:
        day = dt.date(2026, 1, 1) + dt.timedelta(days=chance.randrange(300))
        yield {
            "account_id": account_id,
            "day": day,
            "channel_id": chance.randrange(1, 8),
            "status": ContactStatus.DONE,
            "done_at": dt.datetime.combine(day, dt.time(12), dt.UTC),
            "message": "Pilot review",
        }


def first_account(path: Path, words: str = "") -> str:
    """The name of the first account that a filter shows, as far as the narrowest column shows it."""
    today = dt.datetime.now().astimezone().date()
    (key,) = lists.ids(path, "accounts", today, filter_text=words, limit=1)
    return str(lists.rows(path, "accounts", [key], today)[key][0])[:NARROWEST]


def main() -> None:
    """Make the file that is named."""
    make(Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else MANY)


if __name__ == "__main__":
    main()
