"""What an import changes in orders, their lines among it, and what new ones are like, as people read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from crmtui.commands.import_changes import Changes, New
from crmtui.commands.import_existing import Changed
from crmtui.domain import values
from crmtui.domain.fields import specs
from crmtui.domain.money import format_amount
from crmtui.domain.offerings import Offering, Order, OrderLine
from crmtui.store.writing.matching import present
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from crmtui.commands.import_report import FileReport
    from crmtui.domain.values import Plain
    from crmtui.store.unit import UnitOfWork

LINE: Final = ("offering_id", "description", "quantity", "unit_price", "margin")


@dataclass(slots=True)
class Difference:
    """What a file says otherwise of an order that is there.

    Attributes:
        row: the line of its first row.
        order: the order.
        now: its fields as they are kept.
        fields: those that differ, as they would be kept.
        lines: its lines as they are and as they are told, each with the fields of `LINE`; None where they agree.
        customs: custom fields that differ, each with its value before and after.
    """

    row: int
    order: int
    now: Mapping[str, Any]
    fields: dict[str, Plain] = field(default_factory=dict)
    lines: tuple[Sequence[tuple[Any, ...]], Sequence[tuple[Any, ...]]] | None = None
    customs: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.fields or self.customs or self.lines)


class OrderChanges:
    """What is told of the orders of one file."""

    def __init__(self, unit: UnitOfWork, report: FileReport) -> None:
        self._unit = unit
        self._report = report
        self._changes = Changes(unit, Order)
        self._offerings: dict[int, str] = {}

    def show_new(
        self,
        new: Iterable[tuple[int, int, Mapping[str, Any], Sequence[tuple[Any, ...]], Mapping[str, str]]],
    ) -> None:
        """New orders, each with its line in the file, its key, its fields, its lines and what has no place."""
        known = specs(Order)
        self._changes.show_new(
            self._report,
            (
                New(
                    row,
                    order,
                    {name: values.plain(known[name], told[name]) for name in known if name in told}
                    | {_line_name(at): self._line(one, told["currency"]) for at, one in enumerate(lines, 1)}
                    | dict(kept),
                )
                for row, order, told, lines, kept in new
            ),
        )

    def tell(self, changed: Difference) -> None:
        """What changes in an order."""
        if self._report.changes is not None:
            self._changes.tell(self._report, list(self._fields(changed)))

    def hold(self, held: Difference) -> None:
        """What differs in an order and is kept as it is."""
        if self._report.changes is not None:
            self._changes.hold(self._report, list(self._fields(held)))

    def _fields(self, one: Difference) -> Iterator[Changed]:
        for name, new in one.fields.items():
            yield Changed(one.row, one.order, name, one.now[name], new)
        was = str(one.now["currency"])
        currency = str(one.fields.get("currency", was))
        for at, (before, after) in enumerate(zip_longest(*(one.lines or ())), 1):
            if before != after:
                yield Changed(one.row, one.order, _line_name(at), self._line(before, was), self._line(after, currency))
        for name, (old, text) in one.customs.items():
            yield Changed(one.row, one.order, name, old, text)

    def _line(self, line: tuple[Any, ...] | None, currency: str) -> str:
        """A line of an order: what was ordered, how much of it, for how much each, and what that earns."""
        if line is None:
            return ""
        offering, description, quantity, price, margin = line
        known = specs(OrderLine)
        count = values.shown(known["quantity"], quantity)
        each = count if price is None else f"{count} x {format_amount(price, currency)}"
        earns = "" if margin is None else f"{_(known['margin'].label)} {format_amount(margin, currency)}"
        return ", ".join(filter(None, (self._offering(offering), description, each, earns)))

    def _offering(self, offering: int | None) -> str:
        if offering is None:
            return ""
        if offering not in self._offerings:
            found = present(self._unit, Offering.noun.table, ("name",), [offering])
            self._offerings[offering] = str(found[offering]["name"])
        return self._offerings[offering]


def _line_name(at: int) -> str:
    return _("Line {number}").format(number=at)
