"""The whole sample as rows, those that others link to first."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crmtui.domain.accounts import Competitor
from crmtui.domain.nouns import RECORDS
from crmtui.domain.offerings import Offering
from crmtui.domain.workspace import Actor
from crmtui.sample.accounts import add_account
from crmtui.sample.delivery import add_delivery, add_white_space
from crmtui.sample.matrix import add_grades
from crmtui.sample.programmes import add_programme
from crmtui.sample.rows import Book
from crmtui.sample.territory import add_territory

if TYPE_CHECKING:
    import datetime as dt

    from crmtui.sample.rows import Row, Table

TEMPLATE: Final = "crmtui"  # that all scorecards of the sample are of
DATA: Final = Path(__file__).parent / "data"
_BESIDE: Final = {"delivery.toml": add_delivery, "whitespace.toml": add_white_space, "matrix.toml": add_grades}
_SHARED: Final = {"actors": Actor, "offerings": Offering, "competitors": Competitor}


def workspace_name() -> str:
    """What the sample workspace is called on screen."""
    name: str = _table(DATA / "common.toml")["workspace"]
    return name


def records(today: dt.date) -> list[Row]:
    """Every row of the sample, its dates counted from `today`.

    A row links only to rows before it, and to what every new workspace has: channels and criteria by their
    code, the scorecard template by its name.
    """
    book = Book(today)
    common = _table(DATA / "common.toml") | {"template": TEMPLATE}
    for key, kind in _SHARED.items():
        for name, table in common[key].items():
            book.add(kind, name, table)
    accounts = {path.stem: _table(path) for path in sorted((DATA / "accounts").glob("*.toml"))}
    for name, table in accounts.items():
        add_account(book, name, table, common)
    for name, table in common["programmes"].items():
        add_programme(book, name, table)
    for file, add in _BESIDE.items():
        for name, table in _table(DATA / file).items():
            add(book, name, table, accounts[name]["currency"])
    add_territory(book, _table(DATA / "territory.toml"), {name: one["currency"] for name, one in accounts.items()})
    places = {kind: place for place, kind in enumerate(RECORDS)}
    # By kind; within a kind as told, but a part after the account that it is part of.
    return sorted(book.rows, key=lambda row: (places[row.ref.kind], "parent_id" in row.values))


def _table(path: Path) -> Table:
    return tomllib.loads(path.read_text(encoding="utf-8"))
