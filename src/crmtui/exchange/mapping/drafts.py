"""Rows of a recognised table as drafts of records: values that are read, links still by name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.checked import Checked
from crmtui.domain.fields import Kind, specs
from crmtui.domain.nouns import BY_TABLE
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Person
from crmtui.domain.words import Stage
from crmtui.exchange.mapping.cells import Cells
from crmtui.exchange.mapping.meanings import EXTERNAL
from crmtui.exchange.problems import Problem
from crmtui.text import _, keys, line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crmtui.domain.values import Plain
    from crmtui.exchange.mapping.readers import Readers
    from crmtui.exchange.mapping.recognise import Recognised
    from crmtui.exchange.reading import Row
    from crmtui.exchange.tables import Tabular

CHUNK: Final = 8_192
CLOSED: Final = frozenset(stage.value for stage in Stage if stage.is_closed)


@dataclass(slots=True)
class Drafts:
    """Some rows of a file as records to be, a column at a time; all columns are equally long.

    Attributes:
        lines: of the file.
        keys: their names as they are compared.
        values: fields of the record, None where the cell is blank; `name` is always there.
        links: for each link field the names that it leads to.
        asides: columns that become records of their own, by their names in `meanings.ASIDE`.
        external: their keys in the other system, None where a row has none; no values where the file has none.
    """

    lines: Sequence[int]
    keys: Sequence[str] = ()
    values: dict[str, Checked] = field(default_factory=dict)
    links: dict[str, Checked] = field(default_factory=dict)
    asides: dict[str, Checked] = field(default_factory=dict)
    external: Sequence[Plain] = ()

    def __len__(self) -> int:
        return len(self.lines)

    def column(self, name: str) -> Sequence[Plain]:
        """A column by the name of its field; nothing but None where the file does not have it."""
        columns = {**self.values, **self.links, **self.asides, EXTERNAL: self.external}
        return columns.get(name) or [None] * len(self)

    def picked(self, places: Sequence[int]) -> Drafts:
        """The rows at some places."""
        if len(places) == len(self):
            return self

        def pick(columns: dict[str, Checked]) -> dict[str, Checked]:
            return {name: column.picked(places) for name, column in columns.items()}

        return Drafts(
            [self.lines[place] for place in places],
            [self.keys[place] for place in places],
            pick(self.values),
            pick(self.links),
            pick(self.asides),
            [self.external[place] for place in places] if self.external else (),
        )


class Drafting:
    """The rows of a table as drafts, and what became of the others; iterated once.

    Attributes:
        problems: the rows that could not be read.
        blank: how many cells of each column are empty, by header.
        respelt: cells that were taken for a usual word: (as the file has it, the word), and how often.
    """

    def __init__(self, table: Tabular, recognised: Recognised, readers: Readers, currency: str) -> None:
        self.problems: list[Problem] = []
        self.blank: Counter[str] = Counter()
        self.respelt: Counter[tuple[str, str]] = Counter()
        self._table = table
        self._kind = BY_TABLE[recognised.table]
        self._places = recognised.fields()
        self._readers = readers
        self._currency = currency
        self._names = Cells(specs(self._kind)["name"])

    def __iter__(self) -> Iterator[Drafts]:
        """A few thousand rows at a time."""
        rows = self._table.rows()
        while chunk := list(islice(rows, CHUNK)):
            yield self._drafts(chunk)
        self.problems += self._table.problems

    def _drafts(self, rows: list[Row]) -> Drafts:
        columns = list(zip(*(row.values for row in rows), strict=True))
        self._count(columns)
        wrong: dict[int, Problem] = {}
        found = Drafts([row.line for row in rows])
        for name, column in self._read(columns, rows, wrong).items():
            self._put(found, name, column)
        self._name(found, rows, wrong)
        _expect(found)
        self.problems += (wrong[place] for place in sorted(wrong))
        return found.picked([place for place in range(len(rows)) if place not in wrong])

    def _count(self, columns: Sequence[Sequence[str]]) -> None:
        for place in self._places.values():
            self.blank[self._table.headers[place]] += columns[place].count("")
        for name, mended in self._readers.mended.items():
            for cell, word in mended.items():
                self.respelt[line(cell), word] += columns[self._places[name]].count(cell)

    def _read(self, columns: Sequence[Sequence[str]], rows: list[Row], wrong: dict[int, Problem]) -> dict[str, Checked]:
        """The columns of all fields; of each row that cannot be read, the first cell that is to blame."""
        currencies = [self._currency] * len(rows)
        if "currency" in self._places:
            named = self._readers.cells["currency"].column(columns[self._places["currency"]])
            currencies = [str(code or self._currency) for code in named]
        found = {}
        for name, place in self._places.items():
            reader = self._readers.cells[name]
            cells: Sequence[Any] = columns[place]
            if reader.spec.kind is Kind.MONEY:
                cells = list(zip(cells, currencies, strict=True))
            found[name] = reader.column(cells)
            if reader.refused:
                self._blame(wrong, rows, place, reader)
        known = specs(self._kind)
        if "currency" in known and any(name in known and known[name].kind is Kind.MONEY for name in found):
            found["currency"] = Checked(known["currency"], currencies)  # the one that the amounts were read in
        return found

    def _blame(self, wrong: dict[int, Problem], rows: list[Row], place: int, reader: Cells) -> None:
        whys = {cell[0] if isinstance(cell, tuple) else cell: why for cell, why in reader.refused.items()}
        for number, row in enumerate(rows):
            if (cell := row.values[place]) in whys and number not in wrong:
                wrong[number] = Problem(row.line, whys[cell], self._table.headers[place], cell, row.values)

    def _put(self, found: Drafts, name: str, column: Checked) -> None:
        known = specs(self._kind)
        if name == EXTERNAL:
            found.external = column
        elif name not in known:
            found.asides[name] = column
        else:
            (found.links if known[name].kind is Kind.LINK else found.values)[name] = column

    def _name(self, found: Drafts, rows: list[Row], wrong: dict[int, Problem]) -> None:
        """A name for every record, made of what there is where the file has none."""
        made = list(_NAMING.get(self._kind, _names_given)(found))
        if max(map(len, made)) <= self._names.spec.longest:  # made of what was read, they need no other look
            names = Checked(self._names.spec, [name or None for name in made])
        else:
            names = self._names.column(made)
        found.values["name"] = names
        found.keys = keys([str(name or "") for name in names])
        for number in [number for number, name in enumerate(names) if name is None]:
            why = self._names.refused.get(made[number], _("the row has no name"))
            wrong.setdefault(number, Problem(rows[number].line, why, values=rows[number].values))


def _names_given(found: Drafts) -> Iterator[str]:
    return (str(name or "") for name in found.column("name"))


def _names_of_people(found: Drafts) -> Iterator[str]:
    """As the file has them, or of their parts, or else the e-mail address."""
    parts = map(found.column, ("name", "given_name", "family_name", "email"))
    for name, given, family, address in zip(*parts, strict=True):
        both = f"{given} {family}" if given and family else given or family
        yield str(name or both or address or "")


def _names_of_opportunities(found: Drafts) -> Iterator[str]:
    """As the file has them, or of the offering and the key in the other system."""
    parts = map(found.column, ("name", "offering_id", EXTERNAL))
    for name, offering, external in zip(*parts, strict=True):
        yield str(name or " · ".join(str(part) for part in (offering, external) if part))


_NAMING: Final = {Person: _names_of_people, Opportunity: _names_of_opportunities}


def _expect(found: Drafts) -> None:
    """The day on which something open closes is the day on which that is expected."""
    if "closed_on" not in found.values:
        return
    ends = found.values["closed_on"]
    is_closed = [stage in CLOSED for stage in found.column("stage")]
    found.values["closed_on"] = Checked(
        ends.spec, [day if closed else None for day, closed in zip(ends, is_closed, strict=True)]
    )
    found.values["expected_on"] = Checked(
        specs(Opportunity)["expected_on"],
        [
            expected if closed else day or expected
            for day, expected, closed in zip(ends, found.column("expected_on"), is_closed, strict=True)
        ],
    )
