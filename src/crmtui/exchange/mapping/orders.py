"""The rows of a table of orders: each a line of an order, which says what was ordered, when, and by whom."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.fields import LONGEST_LINE, LONGEST_TEXT, Kind
from crmtui.domain.words import OrderStatus
from crmtui.exchange.entries import Entry, EntryKind, Named
from crmtui.exchange.mapping import targets
from crmtui.exchange.mapping.activities import NO_DAY
from crmtui.exchange.mapping.amounts import named_currency
from crmtui.exchange.mapping.endings import is_yes
from crmtui.exchange.mapping.headers import spelt
from crmtui.exchange.mapping.in_chunks import InChunks
from crmtui.exchange.mapping.meanings import EXTERNAL, UID
from crmtui.exchange.problems import Problem
from crmtui.text import _, clean, key, line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmtui.exchange.mapping.readers import Readers
    from crmtui.exchange.mapping.recognised import Recognised
    from crmtui.exchange.reading import Row
    from crmtui.exchange.tables import Tabular

_KEY: Final = 32  # characters
_HEADERS: Final = {"account_id": "account"}


@dataclass(frozen=True, slots=True)
class OrderRow:
    """What a row says.

    Attributes:
        said: whose order it is, as naming asks for it, and the key of the order.
        order: fields of the order.
        line: fields of its line, without the offering; none where it tells nothing of it.
        offering: the name or the code of what was ordered.
        kept: what has no place, by header.
    """

    said: Entry
    order: Mapping[str, Any]
    line: Mapping[str, Any]
    offering: str
    kept: Mapping[str, str]


class OrderRows(InChunks["list[OrderRow]"]):
    """The rows of a table as lines of orders."""

    chunk = 2_048

    def __init__(self, table: Tabular, recognised: Recognised, readers: Readers, currency: str) -> None:
        super().__init__(table, recognised, readers)
        self._currency = currency
        self._is_ours = key(next((g.header for g in recognised.columns if g.field == EXTERNAL), "")) == UID
        self._headers = {name: spelt(table.headers[place]) for name, place in self._places.items()}
        self._made: Counter[str] = Counter()  # rows without a number that say the same

    def _read_some(self, rows: list[Row]) -> list[OrderRow]:
        return [found for row in rows if (found := self._row(row)) is not None]

    def _row(self, row: Row) -> OrderRow | None:
        """What a row says; None for one that is deleted there, or cannot be read."""
        if is_yes(self._text(row, targets.DELETED)):
            self.deleted += 1
            return None
        currency = self._currency_of(row)
        told: dict[str, Any] = {}
        for name, reader in self._readers.cells.items():
            cell = row.values[self._places[name]]
            asked = (cell, currency) if reader.spec.kind is Kind.MONEY else cell
            told[name] = reader[asked]
            if asked in reader.refused:
                self._refuse(row, reader.refused[asked], name, cell)
                return None
        if not told.get("day"):
            self._refuse(row, _(NO_DAY), "day")
            return None
        for place, cell in enumerate(row.values):
            if len(cell) > LONGEST_TEXT:
                why = _("has {count} characters; at most {most} fit").format(count=len(cell), most=LONGEST_TEXT)
                self.problems.append(Problem(row.line, why, self._table.headers[place]))
                return None
        number = line(str(told.get(EXTERNAL) or ""))
        order: dict[str, Any] = {"day": dt.date.fromisoformat(told["day"]), "currency": currency}
        order |= {"status": OrderStatus[str(told["status"]).upper()]} if told.get("status") else {}
        order |= {"notes": told["notes"]} if told.get("notes") else {}
        offering = line(str(told.get("offering") or ""))
        return OrderRow(
            self._said(row, number or self._made_key(row)),
            order | {"number": "" if self._is_ours else number},
            _line(told, offering),
            offering,
            self._rest(row),
        )

    def _refuse(self, row: Row, why: str, name: str, cell: str = "") -> None:
        self.problems.append(Problem(row.line, why, self._headers.get(name, ""), cell, row.values))

    def _text(self, row: Row, name: str) -> str:
        return line(clean(row.values[self._places[name]]))[:LONGEST_LINE] if name in self._places else ""

    def _currency_of(self, row: Row) -> str:
        """What its amounts are in: as its column tells, or an amount, or a header."""
        if "currency" in self._places and (told := self._readers.cells["currency"][self._text(row, "currency")]):
            return str(told)
        money = [name for name, reader in self._readers.cells.items() if reader.spec.kind is Kind.MONEY]
        said = next((code for name in money if (code := self._readers.currencies.get(name))), self._currency)
        return next((code for name in money if (code := named_currency(self._text(row, name), said))), said)

    def _said(self, row: Row, number: str) -> Entry:
        mails = tuple(filter(None, [self._text(row, "mails").lower()]))
        named = Named(
            account=self._text(row, "account_id"),
            account_key=self._text(row, "account_key"),
            headers={_HEADERS.get(name, name): header for name, header in self._headers.items()},
        )
        return Entry(line=row.line, kind=EntryKind.NOTE, key=number, summary="", mails=mails, named=named)

    def _made_key(self, row: Row) -> str:
        """An identity for a row without a number: of all that it says, and how often that was said before."""
        made = hashlib.sha256("\n".join(row.values).encode()).hexdigest()[:_KEY]
        self._made[made] += 1
        return made if self._made[made] == 1 else f"{made}-{self._made[made]}"

    def _rest(self, row: Row) -> dict[str, str]:
        places = (*self._kept, *self._noted)
        return {spelt(self._table.headers[at]): text for at in places if (text := clean(row.values[at]).strip())}


def _line(told: Mapping[str, Any], offering: str) -> dict[str, Any]:
    """A line whose quantity times its unit price is what the row says that it comes to."""
    quantity, price, amount = told.get("quantity"), told.get("unit_price"), told.get("amount")
    description = line(str(told.get("description") or ""))
    if not (description or offering) and {quantity, price, amount, told.get("margin")} == {None}:
        return {}
    count = 1.0 if quantity is None else float(quantity)
    if price is None and amount is not None:
        each = amount / count if count else None
        if each is not None and each == int(each):
            price = int(each)
        else:  # no price of one, in whole minor units, makes this sum
            price, description = amount, f"{count:g} x {description or offering}".strip()
            count = 1.0
    return {
        "quantity": count,
        "unit_price": price,
        "margin": told.get("margin"),
        "description": description[:LONGEST_LINE],
    }
