"""Rows that mean records which are there: compared with them, and what the user allows is changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from crmtui.commands import import_asides
from crmtui.commands.import_customs import LONGEST_NAME, noted
from crmtui.commands.import_judged import Judgements
from crmtui.commands.import_money import CURRENCY, Money
from crmtui.domain.checked import Checked
from crmtui.domain.fields import specs
from crmtui.domain.words import Level
from crmtui.exchange.cut import is_cut
from crmtui.store.writing.bulk import update_columns
from crmtui.store.writing.matching import present
from crmtui.text import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence, Set as AbstractSet

    from crmtui.commands.import_customs import Customs, Kept
    from crmtui.commands.import_matching import Known
    from crmtui.domain.fields import Record
    from crmtui.domain.values import Plain
    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.store.unit import UnitOfWork


class Existing(Enum):
    """What a row may do to the record that it means."""

    FILL = "fill"  # give it what it lacks
    OVERWRITE = "overwrite"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Modes:
    """What rows may do to the fields of records.

    Attributes:
        usual: what they may do to all that is not in `fields`.
        fields: by field, or by the name of a custom field.
    """

    usual: Existing = Existing.FILL
    fields: Mapping[str, Existing] = field(default_factory=dict)

    def filling(self) -> Modes:
        """The same for rows of a record about which an earlier row has decided: they overwrite nothing."""
        usual = Existing.FILL if self.usual is Existing.OVERWRITE else self.usual
        fields = {name: Existing.FILL if mode is Existing.OVERWRITE else mode for name, mode in self.fields.items()}
        return Modes(usual, fields)

    def may(self, name: str, *, lacking: bool) -> bool:
        """Whether a field may be changed, which is empty so far or is not."""
        mode = self.fields.get(name, self.usual)
        return mode is Existing.OVERWRITE or (mode is Existing.FILL and lacking)


@dataclass(frozen=True, slots=True)
class Changed:
    """A field of a record that a row changes.

    Attributes:
        line: of the row.
        record_id: the record.
        field: its field, or the name of a custom field.
        before: as it is kept.
        after: as it is kept.
        currencies: what an amount is in before and after; nothing where the record tells it.
    """

    line: int
    record_id: int
    field: str
    before: Plain
    after: Plain
    currencies: tuple[str, str] = ("", "")


class Comparison:
    """What rows say, beside what their records say.

    Attributes:
        differing: the places of rows that say something else.
        changed: the places of rows that changed their records.
        changes: each field that was changed, where `is_told`.
        held: each field that differs and was kept as it is, where `is_told`; `after` is what the row says.
        restaged: the rows that brought opportunities to another stage.
        apart: why amounts of a row were kept that might be changed, by its place.

    Args:
        unit: the unit of work.
        modes: what rows may do.
        drafts: the rows.
        known: which records they mean.
        other_names: what records are called too, which is no other name.
        is_told: whether to tell each field.
    """

    def __init__(
        self,
        unit: UnitOfWork,
        modes: Modes,
        drafts: Drafts,
        known: Sequence[Known],
        *,
        other_names: Mapping[int, AbstractSet[str]] | None = None,
        is_told: bool = False,
    ) -> None:
        self.differing: set[int] = set()
        self.changed: set[int] = set()
        self.changes: list[Changed] = []
        self.held: list[Changed] = []
        self.restaged: list[Known] = []
        self.apart: dict[int, str] = {}
        self._unit = unit
        self._modes = modes
        self._drafts = drafts
        self._known = known
        self._other_names = other_names or {}
        self._is_told = is_told

    def fields(self, kind: type[Record]) -> None:
        """Give the records the values that they lack, or that may be overwritten."""
        columns = self._drafts.values
        money = Money(kind, columns, self._modes, self._drafts.bare)
        judged = Judgements(kind, columns)
        names = dict.fromkeys((*columns, *money.fields, *judged.begun))
        kept = present(self._unit, kind.noun.table, names, (record_id for record_id, _place in self._known))
        changes: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Known]] = {}
        for record_id, place in self._known:
            now = kept[record_id]
            differing = self._differing(place, now)
            if "name" in differing and key(str(columns["name"][place])) in self._other_names.get(record_id, ()):
                differing.remove("name")
            there = {name: None if judged.lacks(name, now) else now[name] for name in differing}
            allowed = [name for name in differing if self._may(name, there[name], columns[name][place])]
            if money.is_there:
                differing, allowed = money.sorted_out(place, now, differing, allowed)
                if apart := money.apart(place, now, differing, allowed):
                    self.apart[place] = apart
            if differing:
                self.differing.add(place)
            told, blank = judged.follow(place, now, allowed)
            allowed += told
            if allowed:
                changes.setdefault((tuple(allowed), tuple(blank)), []).append((record_id, place))
                if "stage" in allowed:
                    self.restaged.append((record_id, place))
            if self._is_told:
                is_other = money.is_there and not money.is_of_record(place, now)
                self.changes += self._told((record_id, place), allowed, now, is_other=is_other)
                line = self._drafts.lines[place]
                self.changes += (Changed(line, record_id, one, now[one], judged.begun[one]) for one in blank)
                left = [one for one in differing if one not in allowed]
                self.held += self._told((record_id, place), left, now, is_other=is_other)
        for (fields, blanks), rows in changes.items():
            places = [place for _id, place in rows]
            self.changed.update(places)
            picked = {name: columns[name].picked(places) for name in fields}
            picked |= {one: Checked(specs(kind)[one], [judged.begun[one]] * len(places)) for one in blanks}
            update_columns(self._unit, kind, [record_id for record_id, _place in rows], picked)

    def _differing(self, place: int, now: Mapping[str, Any]) -> list[str]:
        """The fields of which a row tells something else; a customer is a buyer at least, and may be more."""
        columns, more = self._drafts.values, (Level.ACCOUNT, Level.PARTNER)
        found = [name for name in columns if columns[name][place] not in (None, now[name])]
        if not self._drafts.at_least.intersection(found):
            return found
        is_more = {name for name in self._drafts.at_least if now[name] in more and columns[name][place] == Level.BUYER}
        return [name for name in found if name not in is_more]

    def _may(self, name: str, now: Plain, cell: Plain) -> bool:
        """Whether a cell may change what is kept; one that was cut off replaces nothing, an address is no name."""
        lacking = now in (None, "") or (name == "name" and "@" in str(now) and "@" not in str(cell))
        return self._modes.may(name, lacking=lacking) and (lacking or not is_cut(cell))

    def _told(self, row: Known, names: Sequence[str], now: Mapping[str, Any], *, is_other: bool) -> Iterator[Changed]:
        """Fields before and after; `is_other` where the row may be in another currency than its record."""
        record_id, place = row
        line, values = self._drafts.lines[place], self._drafts.values
        was = str(now.get(CURRENCY) or "")
        currencies = (was, str(values[CURRENCY][place] or was) if is_other else was)
        return (Changed(line, record_id, name, now[name], values[name][place], currencies) for name in names)

    def asides(self) -> None:
        """The same for the e-mail addresses and telephone numbers of people."""
        kept = import_asides.Kept(self._unit, self._drafts, self._known)
        for name, cells in self._drafts.asides.items():
            untold = kept.untold(name)
            beside = kept.beside(name, untold)
            allowed = [
                (person_id, place)
                for person_id, place in untold
                if self._modes.may(name, lacking=person_id not in beside)
            ]
            kept.write(name, allowed, beside)
            self.differing.update(place for _id, place in untold)
            self.changed.update(place for _id, place in allowed)
            was = {person_id: entry.value for person_id, entry in beside.items()}
            self._note(name, cells, allowed, _without(untold, allowed), was)

    def customs(self, customs: Customs) -> None:
        """The same for custom fields and notes."""
        record_ids = [record_id for record_id, _place in self._known]
        kept = customs.kept(record_ids) if self._drafts.customs else {}
        for name in self._drafts.customs:
            self._custom(customs, name, kept)
        texts = customs.noted(record_ids) if self._drafts.notes else {}
        for name, cells in self._drafts.notes.items():
            fresh = [
                (record_id, place)
                for record_id, place in self._known
                if cells[place] is not None
                and noted(name, cells[place]) not in texts.get(record_id, ())
                and not is_cut(cells[place])
            ]
            self.differing.update(place for _id, place in fresh)
            may = self._modes.may(name, lacking=True)
            self._note(name, cells, fresh if may else [], [] if may else fresh, {})
            if may:
                self.changed.update(place for _id, place in fresh)
                customs.note(name, [one for one, _place in fresh], cells.picked([place for _one, place in fresh]))

    def _custom(self, customs: Customs, name: str, kept: Kept) -> None:
        cells, short = self._drafts.customs[name], name[:LONGEST_NAME]
        was = {record_id: kept[record_id, short] for record_id, _place in self._known if (record_id, short) in kept}
        differing = [
            (record_id, place)
            for record_id, place in self._known
            if cells[place] is not None and all(cells[place] != value for _key, value in was.get(record_id, ()))
        ]
        allowed = [
            (record_id, place)
            for record_id, place in differing
            if self._may(name, was[record_id][0][1] if record_id in was else "", cells[place])
        ]
        self.differing.update(place for _id, place in differing)
        self.changed.update(place for _id, place in allowed)
        first = {record_id: values[0][1] for record_id, values in was.items()}
        self._note(name, cells, allowed, _without(differing, allowed), first)
        fresh = [(record_id, place) for record_id, place in allowed if record_id not in was]
        there = [(was[record_id][0][0], place) for record_id, place in allowed if record_id in was]
        customs.write(name, [one for one, _place in fresh], cells.picked([place for _one, place in fresh]))
        customs.rewrite([one for one, _place in there], cells.picked([place for _one, place in there]))

    def _note(
        self, name: str, cells: Checked, changed: Sequence[Known], held: Sequence[Known], was: Mapping[int, str]
    ) -> None:
        """Tell what a column changes and what it does not, where that is told."""
        for rows, told in ((changed, self.changes), (held, self.held)) if self._is_told else ():
            told.extend(
                Changed(self._drafts.lines[place], record_id, name, was.get(record_id), cells[place])
                for record_id, place in rows
            )


def _without(rows: Sequence[Known], allowed: Sequence[Known]) -> list[Known]:
    """The rows that may change nothing."""
    left = set(allowed)
    return [row for row in rows if row not in left]
