"""The rows of a recognised table made drafts of records: cells read, columns put where they belong."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.called import with_address
from crmtui.domain.checked import Checked
from crmtui.domain.fields import LONGEST_TEXT, Kind, Spec, specs
from crmtui.domain.nouns import BY_TABLE
from crmtui.domain.words import PhoneKind
from crmtui.exchange.mapping import addresses, endings, meant, nameless, shares, standings, targets, usual
from crmtui.exchange.mapping.cells import Cells
from crmtui.exchange.mapping.dialects.form import keys_of
from crmtui.exchange.mapping.drafts import Drafts
from crmtui.exchange.mapping.headers import spelt, take_apart
from crmtui.exchange.mapping.in_chunks import InChunks
from crmtui.exchange.mapping.meanings import ASIDE, EXTERNAL
from crmtui.exchange.mapping.names_made import names_made
from crmtui.exchange.mapping.row_currencies import RowCurrencies
from crmtui.exchange.problems import Problem
from crmtui.text import _, clean, keys, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.domain.values import Plain
    from crmtui.exchange.mapping.readers import Readers
    from crmtui.exchange.mapping.recognised import Recognised
    from crmtui.exchange.reading import Row
    from crmtui.exchange.tables import Tabular

TEXT: Final = Spec(kind=Kind.TEXT, label="", longest=LONGEST_TEXT)


class Drafting(InChunks[Drafts]):
    """The rows of a table as drafts."""

    chunk = 8_192

    def __init__(
        self, table: Tabular, recognised: Recognised, readers: Readers, currency: str, *, is_assumed: bool = True
    ) -> None:
        super().__init__(table, recognised, readers)
        self._is_assumed = is_assumed  # whether nobody has said that amounts are in that currency
        self._kind = BY_TABLE[recognised.table]
        self._known = specs(self._kind)
        self._in = RowCurrencies(readers, self._places, currency)
        self._names = Cells(self._known["name"])

    def _read_some(self, rows: list[Row]) -> Drafts:
        columns: Sequence[Sequence[str]] = list(zip(*(row.values for row in rows), strict=True))
        self._count(columns)
        wrong: dict[int, Problem] = {}
        found = Drafts([row.line for row in rows])
        found.bare = self._in.bare(columns, len(rows)) if self._is_assumed else ()
        told = self._read(columns, rows, wrong)
        system = self._of_system(columns, len(rows))
        gone = self._deleted(told) | system
        self._share(found, told, columns, rows, wrong)
        for place, cells in self._in.untold(columns, len(rows)):
            found.customs[spelt(self._table.headers[place])] = Checked(TEXT, cells)
        self._stand(found, told, columns)
        self._put(found, told)
        self._keep_ranges(found, columns)
        self._refuse(found, columns, rows, wrong)
        self._blame_stages(found, columns, rows, wrong)
        for places, kept in ((self._kept, found.customs), (self._noted, found.notes)):
            for place in places:
                if any(columns[place]):
                    kept[spelt(self._table.headers[place])] = self._texts(columns[place], place, rows, wrong)
        empty, companies = nameless.apart(self._kind, found, self._name(found, rows, wrong))
        self.system += (str(found.values["name"][place] or "") for place in sorted(system))
        gone.update(empty, companies)
        self.empty += [rows[place].line for place in empty]
        endings.expected(found.values, len(rows))
        self.problems += (wrong[place] for place in sorted(wrong) if place not in gone)
        if not (wrong or gone):
            return found
        picked = found.picked([place for place in range(len(rows)) if place not in wrong and place not in gone])
        return replace(picked, companies=found.picked(companies) if companies else None)

    def _count(self, columns: Sequence[Sequence[str]]) -> None:
        for place in (*self._places.values(), *self._readers.consents):
            cells = columns[place]
            self.blank[self._table.headers[place]] += 0 if all(cells) else cells.count("")
        for name, mended in self._readers.mended.items():
            for cell, word in mended.items():
                self.respelt[line(cell), word] += columns[self._places[name]].count(cell)

    def _read(self, columns: Sequence[Sequence[str]], rows: list[Row], wrong: dict[int, Problem]) -> dict[str, Checked]:
        """The columns of all targets; of each row that cannot be read, the first cell that is to blame."""
        currencies = self._in.of(columns, len(rows))
        self._refuse_others(columns, currencies, rows, wrong)
        found = {}
        for name, place in self._places.items():
            reader = self._readers.cells[name]
            cells: Sequence[Any] = self._exact(name, columns[place])
            if name in self._readers.shares:
                cells, _shares = shares.apart(self._table.headers[place], cells)
            if reader.spec.kind is Kind.MONEY:
                cells = list(zip(cells, currencies, strict=True))
            found[name] = reader.column(cells)
            if reader.refused and name not in self._overruled:
                self._blame(wrong, rows, place, reader)
        if "currency" in self._known and self._in.money:
            found["currency"] = Checked(self._known["currency"], currencies)  # the one that the amounts were read in
        return found

    def _exact(self, name: str, cells: Sequence[str]) -> Sequence[str]:
        """The cells of a column without those that tell a figure roughly."""
        ranges = self._readers.ranges.get(name)
        return ["" if cell in ranges else cell for cell in cells] if ranges else cells

    def _keep_ranges(self, found: Drafts, columns: Sequence[Sequence[str]]) -> None:
        for name, ranges in self._readers.ranges.items():
            place = self._places[name]
            kept = [line(cell) if cell in ranges else None for cell in columns[place]]
            if any(kept):
                found.customs[spelt(self._table.headers[place])] = Checked(TEXT, kept)

    def _share(
        self,
        found: Drafts,
        told: dict[str, Checked],
        columns: Sequence[Sequence[str]],
        rows: list[Row],
        wrong: dict[int, Problem],
    ) -> None:
        """Work out amounts that are told as percentages; what they are of may not be known, and then they are kept."""
        for name, reader in self._readers.shares.items():
            place = self._places[name]
            _amounts, cells = shares.apart(self._table.headers[place], columns[place])
            parts = reader.column(cells)
            if reader.refused:
                self._blame(wrong, rows, place, reader)
            wholes = told.get(shares.WHOLES[self._recognised.table, name], [None] * len(rows))
            told[name] = shares.worked_out(self._known[name], parts, wholes, told[name])
            left = [cell if cell and one is None else None for cell, one in zip(cells, told[name], strict=True)]
            if any(left):
                found.customs[spelt(self._table.headers[place])] = Checked(TEXT, left)

    @property
    def _overruled(self) -> frozenset[str]:
        """Columns whose unknown words do not matter in some rows; `_put` looks at them."""
        return frozenset({"stage"}) if self._places.keys() & set(targets.ENDINGS) else frozenset()

    def _refuse_others(
        self, columns: Sequence[Sequence[str]], currencies: Sequence[str], rows: list[Row], wrong: dict[int, Problem]
    ) -> None:
        """Refuse rows of which an amount is in another currency than the rest of it."""
        for place, number, why in self._in.others(columns, currencies):
            row = rows[number]
            wrong.setdefault(number, Problem(row.line, why, self._table.headers[place], row.values[place], row.values))

    def _blame(self, wrong: dict[int, Problem], rows: list[Row], place: int, reader: Cells) -> None:
        whys = {cell[0] if isinstance(cell, tuple) else cell: why for cell, why in reader.refused.items()}
        for number, row in enumerate(rows):
            if (cell := row.values[place]) in whys and number not in wrong:
                wrong[number] = Problem(row.line, whys[cell], self._table.headers[place], cell, row.values)

    def _blame_stages(
        self, found: Drafts, columns: Sequence[Sequence[str]], rows: list[Row], wrong: dict[int, Problem]
    ) -> None:
        """Refuse unknown stages where no other column tells how it ended."""
        if not (self._overruled and "stage" in self._places):
            return
        place, reader = self._places["stage"], self._readers.cells["stage"]
        for number, stage in enumerate(found.column("stage")):
            cell = columns[place][number]
            if stage is None and cell in reader.refused:
                header = self._table.headers[place]
                wrong.setdefault(
                    number, Problem(rows[number].line, reader.refused[cell], header, cell, rows[number].values)
                )

    def _texts(self, cells: Sequence[str], place: int, rows: list[Row], wrong: dict[int, Problem]) -> Checked:
        """Cells as they are, cleaned."""
        found: list[Plain] = []
        for number, cell in enumerate(cells):
            text = clean(cell).strip() if cell else ""
            if len(text) > TEXT.longest:
                why = _("has {count} characters; at most {most} fit").format(count=len(text), most=TEXT.longest)
                wrong.setdefault(number, Problem(rows[number].line, why, self._table.headers[place]))
            found.append(text or None)
        return Checked(TEXT, found)

    def _deleted(self, told: dict[str, Checked]) -> set[int]:
        gone = {place for place, cell in enumerate(told.pop(targets.DELETED, ())) if endings.is_yes(cell)}
        self.deleted += len(gone)
        return gone

    def _of_system(self, columns: Sequence[Sequence[str]], count: int) -> set[int]:
        """Users of the other system itself, by what their kind or their profile is called."""
        if not (places := self._recognised.places(targets.SYSTEM)):
            return set()
        return {number for number in range(count) if any(meant.is_system(columns[place][number]) for place in places)}

    def _stand(self, found: Drafts, told: dict[str, Checked], columns: Sequence[Sequence[str]]) -> None:
        """Whether accounts are customers: what their own columns tell of level and status goes before."""
        if (said := told.pop(targets.STANDING, None)) is None:
            return
        place = self._places[targets.STANDING]
        for name, column in standings.told(said):
            found.at_least |= {"level"} - told.keys() if name == "level" else set()
            told[name] = Checked(column.spec, endings.instead(told.get(name, [None] * len(column)), column))
        self.respelt.update(standings.respelt(columns[place], said))
        if any(kept := standings.left(columns[place])):
            found.customs[spelt(self._table.headers[place])] = Checked(TEXT, kept)

    def _put(self, found: Drafts, told: dict[str, Checked]) -> None:
        """Every column to its place in the drafts."""
        self._stand_in(found, told)
        self._join(told)
        ends: dict[str, Sequence[Plain]] = {name: told.pop(name) for name in targets.ENDINGS if name in told}
        if ends:
            told["stage"] = endings.ended(told.get("stage", [None] * len(found)), ends)
        self._address(found, told)
        self._choose(found, told)
        for name, column in told.items():
            if name == EXTERNAL:
                found.external = column
            elif targets.link_of(name) in self._known:
                found.foreign[targets.link_of(name)] = column
            elif name in self._known:
                (found.links if self._known[name].kind is Kind.LINK else found.values)[name] = column

    def _stand_in(self, found: Drafts, told: dict[str, Checked]) -> None:
        """Columns that fill what others leave empty."""
        for name in [name for name in told if targets.stands_in_for(name) in self._known]:
            field, other = targets.stands_in_for(name), told.pop(name)
            firsts = told.get(field, [None] * len(other))
            spare = [mine if one and mine != one else None for one, mine in zip(firsts, other, strict=True)]
            if any(spare):  # what did not have to stand in for anything is kept as it is
                cells = [None if mine is None else str(mine) for mine in spare]
                found.customs[spelt(self._table.headers[self._places[name]])] = Checked(TEXT, cells)
            told[field] = Checked(other.spec, endings.instead(firsts, other))

    def _join(self, told: dict[str, Checked]) -> None:
        """Columns that stand behind others, and names that are made of their parts."""
        for name, field in targets.JOINED.items():
            if name in told:
                other = told.pop(name)
                told[field] = Checked(self._known[field], endings.joined(told.get(field, [None] * len(other)), other))
        for name in [name for name in told if targets.link_by_address(name) in self._known]:
            link, addresses = targets.link_by_address(name), told.pop(name)
            names = told.get(link, [None] * len(addresses))
            pairs = zip(names, addresses, strict=True)
            both = [with_address(str(one or ""), str(two or "")) or None for one, two in pairs]
            told[link] = Checked(targets.spec_of(self._kind, link), both)
        parts = [told.pop(name) for name in targets.NAME_PARTS if name in told and name not in self._known]
        if parts:
            made = reduce(endings.joined, parts[1:], list(parts[0]))
            told["name"] = Checked(self._known["name"], endings.instead(told.get("name", [None] * len(made)), made))

    def _refuse(
        self, found: Drafts, columns: Sequence[Sequence[str]], rows: list[Row], wrong: dict[int, Problem]
    ) -> None:
        """Who does not want to be reached how: any column that says so counts; what says neither is kept as it is."""
        for place, target in self._recognised.of_consent().items():
            reader, header = self._readers.consents[place], spelt(self._table.headers[place])
            cells = reader.column(columns[place])
            if reader.refused:
                self._blame(wrong, rows, place, reader)
            said = [usual.compared(str(cell or "")) for cell in cells]
            refuses, silent = meant.refusing(target), meant.silent(target)
            told: list[Plain] = [
                f"{header}: {cell}" if word in refuses else None for cell, word in zip(cells, said, strict=True)
            ]
            refusal = targets.CONSENTS.get(target, target)
            if before := found.refusals.get(refusal):
                told = [first or other for first, other in zip(before, told, strict=True)]
            found.refusals[refusal] = Checked(TEXT, told)
            others = [None if word in refuses | silent else cell for cell, word in zip(cells, said, strict=True)]
            if any(others):
                found.customs[header] = Checked(TEXT, others)

    def _choose(self, found: Drafts, told: dict[str, Checked]) -> None:
        """The first of several that a cell names, where the program writes them so; the whole cell is kept too."""
        form = self._recognised.form
        several = keys_of(form.several) if form else frozenset()
        links = (name for name in self._places if name in told and name in self._known)
        for name in [name for name in links if self._known[name].kind is Kind.LINK]:
            header = self._table.headers[self._places[name]]
            if several.isdisjoint(take_apart(header).names):
                continue
            column, theirs = told[name], told.get(targets.key_of(name), [None] * len(found))
            kept = [cell if endings.is_several(cell) and (not one or endings.is_several(one)) else None
                    for cell, one in zip(column, theirs, strict=True)]  # fmt: skip
            if any(kept):  # one key is of one record, whatever it is called
                found.customs[spelt(header)] = Checked(TEXT, kept)
                firsts = [endings.first_of(str(cell)) if cell else one for cell, one in zip(kept, column, strict=True)]
                told[name] = Checked(column.spec, firsts)

    def _address(self, found: Drafts, told: dict[str, Checked]) -> None:
        """E-mail addresses and telephones, each in a column of its kind."""
        aside = [name for name in told if name in ASIDE and name not in self._known]
        if self._table.has_header:  # no fax is called first; cards say themselves which number is
            aside.sort(key=lambda name: ASIDE[name][2] is PhoneKind.FAX)
        of_people = {name: told.pop(name) for name in aside}
        kinds = {address: told.pop(name) for name in list(told) if (address := targets.kind_of(name))}
        texts = {name: list(map(str, filter(None, column))) for name, column in of_people.items()}
        if not of_people or not (kinds or any(addresses.must_be_parted(name, cells) for name, cells in texts.items())):
            found.asides = of_people
            return
        whole = {name: [str(cell or "") for cell in column] for name, column in of_people.items()}
        words = {name: [str(kind or "") for kind in column] for name, column in kinds.items()}
        columns, spare = addresses.parted(whole, words)
        found.asides = {
            name: Checked(targets.spec_of(self._kind, name), [cell or None for cell in column])
            for name, column in columns.items()
        }
        for name, column in spare.items():
            found.customs[spelt(self._table.headers[self._places[name]])] = Checked(
                TEXT, [cell or None for cell in column]
            )

    def _name(self, found: Drafts, rows: list[Row], wrong: dict[int, Problem]) -> list[int]:
        """A name for every record, made of what there is where the file has none; where nothing else is wrong."""
        made: list[str] = list(names_made(self._kind, found))
        if max(map(len, made)) <= self._names.spec.longest:  # made of what was read, they need no other look
            names = Checked(self._names.spec, made if all(made) else [name or None for name in made])
        else:
            names = self._names.column(made)
        found.values["name"] = names
        found.keys = keys([str(name or "") for name in names])
        missing = [number for number, name in enumerate(names) if name is None and number not in wrong]
        for number in missing:
            why = self._names.refused.get(made[number], _("the row has no name"))
            wrong[number] = Problem(rows[number].line, why, values=rows[number].values)
        return [number for number in missing if not made[number]]
