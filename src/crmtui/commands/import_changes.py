"""What an import changes in records that are there, field by field, as people read it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui import figures
from crmtui.commands.import_existing import Changed
from crmtui.commands.import_report import Change
from crmtui.domain import values
from crmtui.domain.fields import Kind, specs
from crmtui.domain.money import format_amount
from crmtui.domain.nouns import BY_TABLE
from crmtui.exchange.mapping.meanings import ASIDE
from crmtui.exchange.mapping.targets import REFUSALS, label
from crmtui.store.writing.matching import present
from crmtui.text import _, line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from crmtui.commands.import_report import FileReport
    from crmtui.domain.fields import Record, Spec
    from crmtui.domain.values import Plain
    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.store.unit import UnitOfWork

MOST: Final = 100_000  # of one file; so many fields nobody reads, and they would fill the memory
MOST_SAMPLED: Final = 20  # new records of one file
_LONGEST: Final = 80  # characters of a name


class New(NamedTuple):
    """A new record.

    Attributes:
        line: of its row.
        record_id: its key.
        fields: what it has in each, as it is kept; custom fields by their names.
    """

    line: int
    record_id: int
    fields: Mapping[str, Plain]


class Changes:
    """The changes of one file as they are told.

    Args:
        unit: the unit of work.
        kind: what its rows become.
    """

    def __init__(self, unit: UnitOfWork, kind: type[Record]) -> None:
        self._unit = unit
        self._kind = kind
        self._specs = specs(kind)
        self._title = kind.noun.title if self._specs[kind.noun.title].kind in (Kind.LINE, Kind.TEXT) else ""
        self._titles: dict[str, dict[int, str]] = {}

    def tell(self, report: FileReport, changes: Sequence[Changed]) -> None:
        """Add changes to the report of a file, where it tells them; of very many only the first."""
        if report.changes is not None:
            self._add(report, report.changes, changes)

    def hold(self, report: FileReport, held: Sequence[Changed]) -> None:
        """Add fields that differ and were kept as they are, in the same way."""
        if report.changes is not None:
            self._add(report, report.held, held)

    def _add(self, report: FileReport, there: list[Change], more: Sequence[Changed]) -> None:
        room = MOST - len(there)
        there += self._told(more[:room]) if room else ()
        told = _("Only the first {count} fields are told one by one.").format(count=figures.count(MOST))
        if len(more) > room and told not in report.notes:
            report.notes.append(told)

    def sample(self, report: FileReport, drafts: Drafts, record_ids: Sequence[int]) -> None:
        """Add what the first new records of a file are like to its report, where it tells changes."""
        columns = {**drafts.values, **drafts.asides, **drafts.customs, **drafts.notes, **drafts.refusals}
        self.show_new(
            report,
            (
                New(drafts.lines[place], record_id, {name: cells[place] for name, cells in columns.items()})
                for place, record_id in enumerate(record_ids)
            ),
        )

    def show_new(self, report: FileReport, new: Iterable[New]) -> None:
        """The same for records of which each tells its own fields."""
        room = MOST_SAMPLED - len({one.record_id for one in report.samples})
        if report.changes is None or room <= 0:
            return
        report.samples += self._told(
            [
                Changed(one.line, one.record_id, name, None, value)
                for one in islice(new, room)
                for name, value in one.fields.items()
                if value not in (None, "") and name != self._title and not self._is_hidden(name)
            ]
        )

    def _told(self, changes: Sequence[Changed]) -> list[Change]:
        """Changes with the names of their records and fields."""
        names = self._names({one.record_id for one in changes})
        money = self._currencies(changes)
        for table in {self._specs[one.field].link for one in changes if self._is_link(one.field)}:
            of_table = (one for one in changes if self._is_link(one.field) and self._specs[one.field].link == table)
            self._know(table, (cell for one in of_table for cell in (one.before, one.after)))
        return [
            Change(
                one.line,
                one.record_id,
                names[one.record_id],
                self._label(one.field),
                self._shown(one.field, one.before, one.currencies[0] or money.get(one.record_id, "")),
                self._shown(one.field, one.after, one.currencies[1] or money.get(one.record_id, "")),
            )
            for one in changes
        ]

    def _names(self, record_ids: set[int]) -> dict[int, str]:
        """What records are called; those without a name as all of their kind are."""
        nameless = _(self._kind.noun.one)
        if not self._title:
            return dict.fromkeys(record_ids, nameless)
        found = present(self._unit, self._kind.noun.table, (self._title,), record_ids)
        return {key: line(str(row[self._title]))[:_LONGEST] or nameless for key, row in found.items()}

    def _is_hidden(self, field: str) -> bool:
        return field in self._specs and self._specs[field].hidden

    def _is_link(self, field: str) -> bool:
        return field in self._specs and self._specs[field].kind is Kind.LINK

    def _label(self, field: str) -> str:
        if field in self._specs:
            return _(self._specs[field].label)
        return label(self._kind.noun.table, field) if field in ASIDE or field in REFUSALS else field

    def _currencies(self, changes: Iterable[Changed]) -> dict[int, str]:
        """The currency of the records whose money changes."""
        if "currency" not in self._specs:
            return {}
        ids = {one.record_id for one in changes if self._is_money(one.field)}
        kept = present(self._unit, self._kind.noun.table, ("currency",), ids)
        return {record_id: str(row["currency"]) for record_id, row in kept.items()}

    def _is_money(self, field: str) -> bool:
        return field in self._specs and self._specs[field].kind is Kind.MONEY

    def _know(self, table: str, ids: Iterable[Plain]) -> None:
        """Learn what records are called that links lead to."""
        known = self._titles.setdefault(table, {})
        title = BY_TABLE[table].noun.title
        missing = {one for one in ids if isinstance(one, int) and one not in known}
        known.update({key: str(row[title]) for key, row in present(self._unit, table, (title,), missing).items()})

    def _shown(self, field: str, value: Plain, currency: str) -> str:
        if value in (None, ""):
            return ""
        spec = self._specs.get(field)
        if spec is None:
            return str(value)
        if spec.kind is Kind.LINK:
            return self._titles.get(spec.link, {}).get(int(value or 0), "")
        if spec.kind is Kind.MONEY:
            return format_amount(int(value or 0), currency)
        return _read(spec, value)


def _read(spec: Spec, value: Plain) -> str:
    return values.label(spec, values.loaded(spec, value))
