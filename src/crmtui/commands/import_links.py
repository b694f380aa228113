"""What rows link to: by the key in the other system, else by name; what is nowhere is added by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.commands.import_alike import Called
from crmtui.commands.import_existing import Changed
from crmtui.commands.import_keys import Theirs
from crmtui.commands.import_names import Names
from crmtui.commands.import_naming_rows import NamingRows
from crmtui.commands.import_report import added_notes, unmet_note
from crmtui.domain import values
from crmtui.domain.checked import Checked, checked
from crmtui.domain.fields import Record, specs
from crmtui.domain.workspace import Actor
from crmtui.exchange.mapping.drafting import TEXT
from crmtui.exchange.problems import Problem
from crmtui.store.circles import leads_to
from crmtui.store.writing.bulk import update_many
from crmtui.store.writing.matching import SEVERAL, Index, has_owner, present
from crmtui.text import _, key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from crmtui.commands.import_doubts import Doubts
    from crmtui.commands.import_report import FileReport
    from crmtui.domain.values import Plain
    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.store.unit import UnitOfWork

_NOTHING: Final = Called("")


class _Within(NamedTuple):
    """A link to another record of the same table, which may come later in the file."""

    line: int
    record_id: int
    field: str
    name: str
    theirs: str
    account: int
    only_fills: bool


class Links:
    """The links of one file to what other files and the workspace hold.

    Attributes:
        unmet: keys of the other system that lead nowhere: (record, the header of their column, the key).

    Args:
        unit: the unit of work.
        report: of the file.
        kind: what its rows become.
        sources: what the keys of each table are called that a column may link by, by the header of the column.
        headers: the columns of keys, by the link that they fill.
        spelt: a key as it is compared, of a cell.
        doubts: what tells accounts that are added by name and may be there.
    """

    def __init__(
        self,
        unit: UnitOfWork,
        report: FileReport,
        kind: type[Record],
        sources: Callable[[str, str], Sequence[str]],
        headers: Mapping[str, str],
        spelt: Callable[[str], str],
        doubts: Doubts,
    ) -> None:
        self.unmet: list[tuple[int, str, str]] = []
        self._unit = unit
        self._report = report
        self._kind = kind
        self._sources = sources
        self._headers = headers
        self._spelt = spelt
        self._names = Names(unit, report, doubts)
        self._doubts = doubts
        self._met: dict[str, dict[tuple[str, Called], int | None]] = {}
        self._theirs: dict[str, Theirs] = {}
        self._within: list[_Within] = []

    def fill(self, drafts: Drafts) -> Drafts:
        """The drafts with the keys of what they link to; those whose names are ambiguous go to the rejected rows."""
        refused: dict[int, Problem] = {}
        for field in [*drafts.links, *(field for field in drafts.foreign if field not in drafts.links)]:
            if specs(self._kind)[field].link == self._report.table:
                continue
            names, theirs = drafts.links.pop(field, None), drafts.foreign.pop(field, None)
            targets = self._found(drafts, field, names, theirs)
            if names is not None and SEVERAL in targets:
                refused |= _ambiguous(drafts, field, names, targets)
            drafts.values[field] = checked(specs(self._kind)[field], targets)
        self._report.rejected += refused.values()
        return drafts.picked([place for place in range(len(drafts)) if place not in refused]) if refused else drafts

    def _found(self, drafts: Drafts, field: str, names: Checked | None, theirs: Checked | None) -> Sequence[int | None]:
        """The record that each row links to: the one of the key, else the one of the name."""
        table, nothing = specs(self._kind)[field].link, [None] * len(drafts)
        if theirs is None or not any(theirs):
            if names is None:
                return nothing
            called = self._names.called(drafts, table, names)
            self._names.look_up(drafts, table, called)
            self._names.count_respelt(table, called)
            return self._names.targets(table, called)
        known, met, keys = self._their_keys(field), self._met.setdefault(field, {}), list(map(_text, theirs))
        firsts = [
            name.partition(";")[0].strip() if ";" in one else name
            for one, name in zip(keys, map(_text, names or nothing), strict=True)
        ]
        pairs = list(zip(keys, self._names.called(drafts, table, firsts), strict=True))
        for pair in dict.fromkeys(pairs):
            if pair[0] and pair not in met and (record_id := self._keyed(table, known, pair[0])) is not None:
                met[pair] = record_id
        self._names.look_up(drafts, table, [_NOTHING if pair in met else pair[1] for pair in pairs])
        for pair in dict.fromkeys(pair for pair in pairs if pair[1].name and pair not in met):
            met[pair] = self._adopted(table, known, *pair)
        for pair in dict.fromkeys(pair for pair in pairs if pair[0] and pair not in met):
            if (record_id := known.find(pair[0])) is not None:  # another row has told whose key it is
                met[pair] = record_id
        self._names.count_respelt(table, (called for _theirs, called in pairs))
        found = [met.get(pair) for pair in pairs]
        self._keep_unmet(drafts, field, keys, found)
        return found

    def _keyed(self, table: str, known: Theirs, theirs: str) -> int | None:
        """The record of a key; one of ours may be named instead, as by the user who knows whose it is."""
        found = known.find(theirs)
        if found is None and table == Actor.noun.table:
            named = self._names.there(table, theirs)
            found = None if named == SEVERAL else named
        return found

    def _adopted(self, table: str, known: Theirs, theirs: str, called: Called) -> int | None:
        """The record of a name, which gets the key; a new one of the same name where it has another key there.

        One of ours may have several keys there, and stays one.
        """
        target = self._names.target(table, called)
        if not theirs or target in (None, SEVERAL):
            return target
        if (met := known.find(theirs)) is not None:
            return met
        if table != Actor.noun.table and known.is_claimed(int(target or 0)):
            target = self._names.add(table, called.name)
        known.learn(theirs, int(target or 0))
        return target

    def _their_keys(self, field: str) -> Theirs:
        if field not in self._theirs:
            table = specs(self._kind)[field].link
            self._theirs[field] = Theirs(
                self._unit, table, self._sources(table, self._headers.get(field, "")), self._spelt
            )
        return self._theirs[field]

    def _keep_unmet(self, drafts: Drafts, field: str, theirs: Sequence[str], found: Sequence[int | None]) -> None:
        """Keep keys that lead nowhere, and cells of several keys, as they are."""
        header = self._headers.get(field, "")
        kept = [key_there if key_there and (record is None or ";" in key_there) else None
                for key_there, record in zip(theirs, found, strict=True)]  # fmt: skip
        if header and any(kept):
            drafts.customs[header] = Checked(TEXT, kept)
            lost = sum(1 for one, record in zip(kept, found, strict=True) if one and record is None)
            self._report.unmet[header] += lost

    def remember(
        self, record_ids: Iterable[int], drafts: Drafts, places: Iterable[int], *, only_fills: bool = False
    ) -> None:
        """Keep the links within the table until all its records are there; `only_fills` where earlier rows decide."""
        fields = [*drafts.links, *(field for field in drafts.foreign if field not in drafts.links)]
        if not fields:
            return
        nothing: Sequence[Plain] = [None] * len(drafts)
        accounts = drafts.column("account_id") if has_owner(self._report.table) else nothing
        rows = list(zip(record_ids, places, strict=True))
        for field in fields:
            names, theirs = drafts.links.get(field, nothing), drafts.foreign.get(field, nothing)
            self._within += [
                _Within(
                    drafts.lines[place],
                    record_id,
                    field,
                    _text(names[place]),
                    _text(theirs[place]),
                    int(accounts[place] or 0),
                    only_fills,
                )
                for record_id, place in rows
                if names[place] or theirs[place]
            ]

    def finish(self, may: Callable[[str, bool], bool]) -> tuple[list[Changed], set[int]]:
        """Fill the links within the table, and tell of all that was added.

        Args:
            may: whether a field may be filled that is empty, or that is not.

        Returns:
            What was changed, and the lines of the rows that say something else.
        """
        index = Index(self._unit, self._report.table) if self._within else None
        by_key = {link: self._their_keys(link.field).find(link.theirs) for link in self._within if link.theirs}
        if index is not None:
            missing = [
                link
                for link in self._within
                if link.name and by_key.get(link) is None and index.named(link.name, link.account) is None
            ]
            added = {f"{link.account} {key(link.name)}": (link.name, link.account) for link in missing}
            rows = NamingRows([link.line for link in missing], [link.name for link in missing])
            self._doubts.name(self._report.table, [name for name, _account in added.values()], lambda: rows)
            self._names.add_missing(index, added)
        self._report.tell_first(added_notes(self._names.added))
        found = self._fill_within(index, by_key, may) if index is not None else ([], set())
        ours = {header for link, header in self._headers.items() if specs(self._kind)[link].link == Actor.noun.table}
        self._report.tell_first(
            unmet_note(header, count, of_ours=header in ours) for header, count in self._report.unmet.items() if count
        )
        return found

    def _fill_within(
        self, index: Index, by_key: Mapping[_Within, int | None], may: Callable[[str, bool], bool]
    ) -> tuple[list[Changed], set[int]]:
        changed: list[Changed] = []
        differing: set[int] = set()
        fields = sorted({link.field for link in self._within})
        kept = present(self._unit, self._report.table, fields, {link.record_id for link in self._within})
        joined = {link.record_id for link in self._within if link.only_fills}
        for link in self._within:
            target, now = by_key.get(link), kept[link.record_id][link.field]
            if target is None and link.name:
                target = index.named(link.name, link.account)
            if target is None:
                header = self._headers.get(link.field, "")
                self.unmet.append((link.record_id, header, link.theirs))
                self._report.unmet[header] += 1
            elif target == SEVERAL:
                self._note(link, _("{field}: {name} is not clear, so it was left empty."))
            elif now == target or (target == link.record_id and target in joined):
                continue
            elif (link.only_fills and now is not None) or not may(link.field, now is None):
                differing.add(link.line)
            elif leads_to(self._unit.connection, self._kind, link.field, target, link.record_id):
                self._note(link, _("{field}: {name} would close a circle, so it was left out."))
            else:
                update_many(self._unit, self._kind, (link.field,), [(link.record_id, {link.field: target})])
                kept[link.record_id][link.field] = target
                changed.append(Changed(link.line, link.record_id, link.field, now, target))
        return changed, differing

    def _note(self, link: _Within, sentence: str) -> None:
        label = _(specs(self._kind)[link.field].label)
        self._report.tell_first([sentence.format(field=label, name=values.quoted(link.name or link.theirs))])


def _text(cell: Plain) -> str:
    return str(cell or "")


def _ambiguous(drafts: Drafts, field: str, names: Checked, targets: Sequence[int | None]) -> dict[int, Problem]:
    reason, column = _("several records have this name"), field.removesuffix("_id")
    return {
        place: Problem(drafts.lines[place], reason, column, str(names[place]))
        for place, target in enumerate(targets)
        if target == SEVERAL
    }
