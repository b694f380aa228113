"""Orders of other programs' tables into the workspace: the rows of one number are lines of one order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from crmtui.commands.import_existing import Existing
from crmtui.commands.import_naming import Naming
from crmtui.commands.import_order_changes import LINE, Difference, OrderChanges
from crmtui.commands.import_report import Outcome, Outcomes
from crmtui.domain import values
from crmtui.domain.bringing import CustomValue
from crmtui.domain.fields import LONGEST_LINE, specs
from crmtui.domain.identity import ExternalIdentity
from crmtui.domain.offerings import Order, OrderLine
from crmtui.exchange.problems import Problem
from crmtui.store.reading.entry_revisions import own_revisions
from crmtui.store.writing.bulk import insert_many, update_many
from crmtui.store.writing.matching import KEEPING_OURS, SEVERAL, identities, present, values_by_name
from crmtui.text import _, key, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from crmtui.commands.import_foreign import How
    from crmtui.commands.import_report import FileReport
    from crmtui.commands.import_staging import Staged
    from crmtui.exchange.mapping.orders import OrderRow
    from crmtui.store.unit import UnitOfWork

SOURCE: Final = "orderrow"  # of rows that have no number of the other program
_TABLE: Final = Order.noun.table


@dataclass(slots=True)
class _Brought:
    """An order that the file brings.

    Attributes:
        rows: the lines of its rows in the file.
        order: its fields.
        lines: of each of its lines the fields.
        kept: what has no place, by header.
    """

    rows: list[int]
    order: dict[str, Any]
    lines: list[dict[str, Any]] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)

    @property
    def line(self) -> int:
        """Its first row."""
        return self.rows[0]


class _Whom(Naming):
    """Accounts and offerings that rows name."""

    def offering(self, name: str) -> int | None:
        """The offering of a code or a name; a new one where there is none."""
        if not name:
            return None
        if (found := self._codes().get(key(name))) is None:
            found = self._index("offering").named(name)
        return None if found == SEVERAL else found or self._add("offering", "", name, "")

    def _codes(self) -> dict[str, int]:
        if not hasattr(self, "_by_code"):
            rows = self._unit.connection.execute("SELECT code, id FROM offering WHERE code <> ''").fetchall()
            self._by_code = {key(code): offering for code, offering in rows}
        return self._by_code


def load(unit: UnitOfWork, file: Staged, how: How, heed: Callable[[int], None]) -> FileReport:
    """Write the orders of a file; returns its report, which counts orders."""
    loading = _Loading(unit, file, how)
    for rows in file.order_rows():
        heed(file.newly_read(len(rows)))
        for row in rows:
            loading.take(row)
    loading.write()
    return loading.report


class _Loading:
    def __init__(self, unit: UnitOfWork, file: Staged, how: How) -> None:
        self.report = file.report
        self.report.changes = [] if how.is_told else None
        self.report.outcomes = Outcomes() if how.is_traced else None
        self._told = OrderChanges(unit, file.report)
        self._unit = unit
        self._file = file
        self._mode = file.modes(how.existing).usual
        self._source = file.source or SOURCE
        self._orders: dict[str, _Brought] = {}
        self._wrong: list[Problem] = []  # rows that were read, and cannot be placed
        self._more = 0  # rows that are further lines of orders

        def sources(table: str, header: str) -> Sequence[str]:
            return file.key_sources(table, header, how.sources)

        self._whom = _Whom(unit, sources, file.spelt, file.report)

    def take(self, row: OrderRow) -> None:
        """One more line."""
        account = self._whom.account(row.said, [])
        before = self._orders.get(row.said.key)
        if account is None:
            why = _("it does not say whose order it is")
        elif before and before.order["account_id"] != account:
            why = _("the order of line {line} has this number, and is of another account").format(line=before.line)
        elif before and before.order["currency"] != row.order["currency"]:
            why = _("the order of line {line} has this number, and is in another currency").format(line=before.line)
        else:
            why = ""
        if why:
            self._wrong.append(Problem(row.said.line, why))
            return
        self._more += before is not None
        found = self._orders.setdefault(row.said.key, _Brought([], dict(row.order) | {"account_id": account}))
        found.rows.append(row.said.line)
        if row.line:
            offering = self._whom.offering(row.offering)
            said = row.line["description"] or (row.offering if offering is None else "")  # several are called so
            found.lines.append({**row.line, "offering_id": offering, "description": said[:LONGEST_LINE]})
        found.kept = {**row.kept, **found.kept}

    def write(self) -> None:
        """All orders, once every row was read."""
        known = self._known()
        fresh = [(name, one) for name, one in self._orders.items() if name not in known]
        keys = insert_many(self._unit, Order, (one.order for _name, one in fresh))
        self._add_lines([(order, one.lines, 0) for order, (_name, one) in zip(keys, fresh, strict=True)])
        identities_of = (
            {"source": self._source, "kind": _TABLE, "external_id": name, "record_id": order}
            for order, (name, _one) in zip(keys, fresh, strict=True)
        )
        insert_many(self._unit, ExternalIdentity, identities_of)
        self._add_customs({order: one.kept for order, (_name, one) in zip(keys, fresh, strict=True)})
        self._told.show_new((one.line, order, one.order, [*map(_plain, one.lines)], one.kept)
                            for order, (_name, one) in zip(keys, fresh, strict=True))  # fmt: skip
        for order, (_name, one) in zip(keys, fresh, strict=True):
            self._end(Outcome.NEW, one, order)
        self._update({known[name]: one for name, one in self._orders.items() if name in known})
        self._whom.finish()
        self.report.rejected += self._file.cells(self._wrong)
        self.report.rejected.sort(key=lambda problem: problem.line)
        if self._more:
            self.report.notes.append(
                ngettext(
                    "{count} row is a further line of an order.",
                    "{count} rows are further lines of orders.",
                    self._more,
                )
            )

    def _known(self) -> dict[str, int]:
        """The orders that are there, by the key of the file: known by it, or by account and number."""
        theirs = {name: order for (source, name), order in identities(self._unit, _TABLE).items()
                  if source == self._source}  # fmt: skip
        rows = self._unit.connection.execute(f"SELECT id, uid, account_id, number FROM {_TABLE}").fetchall()
        ours = {uid: order for order, uid, _account, _number in rows} if self._source in KEEPING_OURS else {}
        claimed = set(theirs.values())
        by_number = {(account, number): order for order, _uid, account, number in rows
                     if number and order not in claimed}  # fmt: skip
        found = {}
        for name, one in self._orders.items():
            number = (one.order["account_id"], one.order["number"])
            if order := theirs.get(name) or ours.get(name) or by_number.pop(number, None):
                found[name] = order
        return found

    def _add_lines(self, wanted: Sequence[tuple[int, Sequence[Mapping[str, Any]], int]]) -> None:
        """New lines of orders, behind so many that each has."""
        rows = (
            {**line, "order_id": order, "position": place}
            for order, lines, count in wanted
            for place, line in enumerate(lines, count + 1)
        )
        insert_many(self._unit, OrderLine, rows)

    def _update(self, there: Mapping[int, _Brought]) -> None:
        """Change what is there: all of it, unless somebody changed the order by hand, or it is to be kept."""
        if not there:
            return
        known, names = specs(Order), ("day", "status", "currency", "number", "notes")
        kept = present(self._unit, _TABLE, names, there)
        by_hand = own_revisions(self._unit.connection, _TABLE, list(there))
        lines = self._lines(there)
        customs = self._customs(there)
        for order, one in there.items():
            told = {name: values.plain(known[name], one.order[name]) for name in names if one.order.get(name)}
            now = [row[1:] for row in lines.get(order, [])]
            then = [_plain(line) for line in one.lines]
            then = now if not then or _is_sum(now, then) else then
            is_held = now != then and _is_bare(then) and len(now) > 1  # another sum says nothing of which line
            may_all = self._mode is Existing.OVERWRITE or (
                self._mode is Existing.FILL and not by_hand[order].by_hand_at
            )
            allowed, held = Difference(one.line, order, kept[order]), Difference(one.line, order, kept[order])
            for name, new in told.items():
                if new != kept[order][name]:
                    (allowed if may_all else held).fields[name] = new
            if now != then:
                (allowed if may_all and not is_held else held).lines = (now, then)
            for name, value in one.kept.items():
                was = customs.get((order, name[:LONGEST_LINE]))
                if was is None or value not in (text for _key, text in was):
                    may = self._mode is Existing.OVERWRITE or (self._mode is Existing.FILL and was is None)
                    (allowed if may else held).customs[name] = (was[0][1] if was else "", value)
            self._told.tell(allowed)
            self._told.hold(held)
            self._write(one, allowed, lines.get(order, []), customs)
            self._end(Outcome.UPDATED if allowed else Outcome.KEPT if held else Outcome.UNCHANGED, one, order)

    def _write(
        self,
        one: _Brought,
        allowed: Difference,
        lines: Sequence[tuple[Any, ...]],
        customs: Mapping[tuple[int, str], list[tuple[int, str]]],
    ) -> None:
        """Change what may be changed of an order, whose lines and custom fields are these so far."""
        order = allowed.order
        if allowed.fields:
            change = {name: one.order[name] for name in allowed.fields}
            update_many(self._unit, Order, list(change), [(order, change)])
        if allowed.lines:
            self._replace(order, lines, one.lines)
        there = {
            name: customs[order, name[:LONGEST_LINE]][0][0] for name, (was, _new) in allowed.customs.items() if was
        }
        update_many(
            self._unit,
            CustomValue,
            ["value"],
            [(custom, {"value": allowed.customs[name][1]}) for name, custom in there.items()],
        )
        self._add_customs({order: {name: new for name, (_was, new) in allowed.customs.items() if name not in there}})

    def _replace(self, order: int, rows: Sequence[tuple[Any, ...]], told: Sequence[Mapping[str, Any]]) -> None:
        """The lines of an order as the file tells them."""
        for row, line in zip(rows, told, strict=False):
            if row[1:] != _plain(line):
                update_many(self._unit, OrderLine, list(LINE), [(row[0], line)])
        for row in rows[len(told) :]:
            self._unit.delete(OrderLine, row[0])
        self._add_lines([(order, told[len(rows) :], len(rows))])

    def _lines(self, orders: Mapping[int, _Brought]) -> dict[int, list[tuple[Any, ...]]]:
        """The lines of orders, in their order: the key and the fields of each."""
        marks = ", ".join(map(str, orders))
        asked = (
            f"SELECT order_id, id, {', '.join(LINE)} FROM order_line WHERE order_id IN ({marks}) ORDER BY position, id"
        )
        found: dict[int, list[tuple[Any, ...]]] = {}
        for order, *row in self._unit.connection.execute(asked):
            found.setdefault(order, []).append(tuple(row))
        return found

    def _customs(self, there: Mapping[int, _Brought]) -> dict[tuple[int, str], list[tuple[int, str]]]:
        """The custom fields of the orders of which the file tells what has no place."""
        return values_by_name(self._unit, "sales_order_id", [order for order, one in there.items() if one.kept])

    def _add_customs(self, fields: Mapping[int, Mapping[str, str]]) -> None:
        """Keep what has no place, by order, as custom fields that it does not have yet."""
        insert_many(
            self._unit,
            CustomValue,
            (
                {"sales_order_id": order, "name": name[:LONGEST_LINE], "value": value, "source": self._file.title}
                for order, kept in fields.items()
                for name, value in kept.items()
            ),
        )

    def _end(self, outcome: Outcome, one: _Brought, order: int) -> None:
        setattr(self.report, outcome.value, getattr(self.report, outcome.value) + 1)
        if self.report.outcomes is not None:
            count = len(one.rows)
            self.report.outcomes.add(outcome, one.rows, [order] * count, [one.order["number"]] * count)


def _is_bare(lines: Sequence[tuple[Any, ...]]) -> bool:
    """Whether all that is told of an order is what it comes to."""
    return len(lines) == 1 and lines[0][:3] == (None, "", 1.0) and lines[0][4] is None


def _is_sum(now: Sequence[tuple[Any, ...]], then: Sequence[tuple[Any, ...]]) -> bool:
    """Whether a bare sum is that of the lines that are there, which tell more."""
    return _is_bare(then) and sum(round(row[2] * (row[3] or 0)) for row in now) == (then[0][3] or 0)


def _plain(line: Mapping[str, Any]) -> tuple[Any, ...]:
    """The fields of a line as they are kept."""
    known = specs(OrderLine)
    return tuple(values.plain(known[name], line[name]) for name in LINE)
