"""What the amounts of each row are in, as cells, headers and columns of currencies tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain.fields import Kind
from crmtui.exchange.mapping import targets
from crmtui.exchange.mapping.amounts import NAMES_MONEY, named_currency, not_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crmtui.domain.values import Plain
    from crmtui.exchange.mapping.readers import Readers


class RowCurrencies:
    """The currencies of a table's rows.

    Args:
        readers: of its columns.
        places: where its columns are, by target.
        usual: of amounts of which nothing tells it.

    Attributes:
        money: the targets that are amounts.
    """

    def __init__(self, readers: Readers, places: Mapping[str, int], usual: str) -> None:
        self.money = [name for name, reader in readers.cells.items() if reader.spec.kind is Kind.MONEY]
        self._readers = readers
        self._places = places
        self._usual = usual
        self._with_columns = [name for name in self.money if targets.currency_for(name) in places]

    def of(self, columns: Sequence[Sequence[str]], count: int) -> list[str]:
        """The currency of each row: that of its own column, of the header, or of an amount that names one."""
        return [code or self._usual for code in self._named(columns, count)]

    def bare(self, columns: Sequence[Sequence[str]], count: int) -> list[bool]:
        """Whether the amounts of each row name none; nothing where all do, or there are no amounts."""
        named = self._named(columns, count) if self.money else []
        return [not code for code in named] if "" in named else []

    def _named(self, columns: Sequence[Sequence[str]], count: int) -> list[str]:
        """The currency that each row names; '' for none."""
        header = next((code for name in self.money if (code := self._readers.currencies.get(name))), "")
        said, found = header or self._usual, [header] * count
        for name in reversed(self.money):
            cells = columns[self._places[name]]
            if NAMES_MONEY.search("\n".join(cells)):
                named = [named_currency(cell, said) for cell in cells]
                found = [code or former for code, former in zip(named, found, strict=True)]
        if "currency" in self._places:
            found = self._told("currency", columns, found)
        for name in reversed(self._with_columns):
            told = self._told(targets.currency_for(name), columns, found)
            amounts = columns[self._places[name]]
            found = [code if cell.strip() else former for cell, code, former in zip(amounts, told, found, strict=True)]
        return found

    def _told(self, name: str, columns: Sequence[Sequence[str]], otherwise: Sequence[str]) -> list[str]:
        """The currencies that a column tells, and what they are where it is empty."""
        told = self._readers.cells[name].column(columns[self._places[name]])
        return [str(code or former) for code, former in zip(told, otherwise, strict=True)]

    def others(self, columns: Sequence[Sequence[str]], currencies: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """Amounts in another currency than the rest of their row: place of the column, number of the row, and why."""
        for name in self._with_columns:
            told, place = self._told(targets.currency_for(name), columns, currencies), self._places[name]
            for number, (code, currency) in enumerate(zip(told, currencies, strict=True)):
                cell = columns[place][number]
                if code != currency and cell.strip():
                    yield place, number, not_in(f"{cell} {code}", currency)

    def untold(self, columns: Sequence[Sequence[str]], count: int) -> Iterator[tuple[int, list[Plain]]]:
        """Places of columns with currencies of amounts that are not told, where the rest of the row is in another."""
        currencies = self.of(columns, count) if self._with_columns else []
        for name in self._with_columns:
            place, amounts = self._places[targets.currency_for(name)], columns[self._places[name]]
            told = self._told(targets.currency_for(name), columns, currencies)
            kept: list[Plain] = [
                cell.strip() or None if not amount.strip() and code != currency else None
                for cell, amount, code, currency in zip(columns[place], amounts, told, currencies, strict=True)
            ]
            if any(kept):
                yield place, kept
