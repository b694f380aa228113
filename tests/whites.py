"""A workspace with accounts, offerings and orders, for tests of the white space."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from crmtui.commands import workspace
from crmtui.domain.accounts import Account, Competitor
from crmtui.domain.offerings import Offering, Order, OrderLine
from crmtui.domain.words import AccountStatus, OrderStatus, Source
from crmtui.store.unit import work
from crmtui.store.writing.bulk import insert_many

TODAY = dt.date(2026, 3, 12)
PEERS = 30  # accounts of packaging and of food each; most of packaging buy service, few of food do


@dataclass(frozen=True)
class Whites:
    """The file and its keys: a group with a unit below it, one that is closed, and the others."""

    path: Path
    group: int = 1
    unit: int = 2
    closed: int = 3
    line: int = 1
    service: int = 2
    old: int = 3
    rival: int = 1


def begin(folder: Path) -> Whites:
    """Make the file: a copy of the one that is made first."""
    path = folder / "whites.db"
    path.write_bytes(_made())
    return Whites(path)


@cache
def _made() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "whites.db"
        workspace.create(path, name="Whites")
        named: list[dict[str, object]] = [
            {"name": "Monte", "industry": "packaging"},
            {"name": "Alpha unit", "industry": "Packaging", "parent_id": 1},
            {"name": "Closed", "status": AccountStatus.CLOSED},
        ]
        for industry, name in (("packaging", "Peer"), ("food", "Other")):
            named += [{"name": f"{name} {number:02d}", "industry": industry} for number in range(PEERS)]
        with work(path, "whites", Source.IMPORT) as unit:
            insert_many(unit, Competitor, [{"name": "Rivalco"}])
            insert_many(unit, Offering, [{"name": "Line"}, {"name": "Service"}, {"name": "Old", "is_active": False}])
            insert_many(unit, Account, named)
            insert_many(unit, Order, list(_orders()))
            insert_many(unit, OrderLine, list(_lines()))
        return path.read_bytes()


def _orders() -> list[dict[str, object]]:
    """Of each account one; the group's is cancelled."""
    return [
        {
            "account_id": account,
            "day": TODAY - dt.timedelta(days=30),
            "status": OrderStatus.CANCELLED if account == 1 else OrderStatus.DELIVERED,
        }
        for account in range(1, 4 + 2 * PEERS)
    ]


def _lines() -> list[dict[str, object]]:
    """The group ordered a line, the unit a line, most peers service, few others, all others a line."""
    found: list[dict[str, object]] = [{"order_id": order, "offering_id": 1} for order in (1, 2)]
    for number in range(PEERS):
        found += [{"order_id": 4 + number, "offering_id": 2}] * (number < PEERS - 6)
        found += [{"order_id": 4 + PEERS + number, "offering_id": 2}] * (number < 3)
        found += [{"order_id": 4 + PEERS + number, "offering_id": 1}]
    return found
