"""Names in rows to records of the workspace; what is named and nowhere to be found is added by its name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from crmtui.domain import values
from crmtui.domain.checked import checked
from crmtui.domain.fields import Record, specs
from crmtui.domain.nouns import BY_TABLE
from crmtui.exchange.problems import Problem
from crmtui.store.circles import leads_to
from crmtui.store.writing.bulk import insert_many, update_many
from crmtui.store.writing.matching import SEVERAL, Index, has_owner, present
from crmtui.text import _, key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crmtui.commands.import_report import FileReport
    from crmtui.domain.checked import Checked
    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.store.unit import UnitOfWork

MOST_NAMED: Final = 5
Targets = dict[str, "int | None"]  # the record of each name; SEVERAL where that is not clear


class _Within(NamedTuple):
    """A link to another record of the same table, which may come later in the file."""

    record_id: int
    field: str
    name: str
    account: int


class Links:
    """The links of one file, by name, to what other files and the workspace hold."""

    def __init__(self, unit: UnitOfWork, report: FileReport, kind: type[Record]) -> None:
        self._unit = unit
        self._report = report
        self._kind = kind
        self._indexes: dict[str, Index] = {}
        self._targets: dict[str, Targets] = {}
        self._respelt: dict[str, dict[str, str]] = {}
        self._within: list[_Within] = []
        self._added: dict[str, list[str]] = {}

    def _look_up(self, field: str, names: Checked) -> None:
        """Find the records of names that were not yet met, and add those that are missing."""
        targets, respelt = self._targets.setdefault(field, {}), self._respelt.setdefault(field, {})
        fresh = [str(name) for name in dict.fromkeys(names) if name and name not in targets]
        if not fresh:
            return
        table = specs(self._kind)[field].link
        index = self._indexes.get(table) or self._indexes.setdefault(table, Index(self._unit, table))
        self._add_missing(index, {key(name): (name, 0) for name in fresh if index.named(name) is None})
        for name in fresh:
            targets[name] = record_id = index.named(name)
            if record_id not in (None, SEVERAL) and (now := index.name(int(record_id or 0))) != name:
                respelt[name] = now

    def fill(self, drafts: Drafts) -> Drafts:
        """The drafts with the keys of what they link to; those whose names are ambiguous go to the rejected rows."""
        refused: dict[int, Problem] = {}
        for field in [field for field in drafts.links if specs(self._kind)[field].link != self._report.table]:
            names = drafts.links.pop(field)
            self._look_up(field, names)
            targets = [self._targets[field][str(name)] if name else None for name in names]
            if SEVERAL in targets:
                refused |= _ambiguous(drafts, field, names, targets)
            self._count_respelt(field, names)
            drafts.values[field] = checked(specs(self._kind)[field], targets)
        self._report.rejected += refused.values()
        return drafts.picked([place for place in range(len(drafts)) if place not in refused])

    def _count_respelt(self, field: str, names: Checked) -> None:
        if respelt := self._respelt[field]:
            for name, count in Counter(map(str, names)).items():
                if name in respelt:
                    self._report.respelt[name, respelt[name]] += count

    def remember(self, record_ids: Iterable[int], drafts: Drafts, places: Iterable[int]) -> None:
        """Keep the links within the table until all its records are there."""
        for field, names in drafts.links.items():
            accounts = drafts.column("account_id") if has_owner(self._report.table) else [0] * len(drafts)
            self._within += [
                _Within(record_id, field, str(names[place]), int(accounts[place] or 0))
                for record_id, place in zip(record_ids, places, strict=True)
                if names[place]
            ]

    def finish(self, *, overwrite: bool) -> None:
        """Fill the links within the table, only those that are empty unless they may be overwritten; tell of all."""
        index = Index(self._unit, self._report.table) if self._within else None
        if index is not None:
            missing = [link for link in self._within if index.named(link.name, link.account) is None]
            self._add_missing(
                index, {f"{link.account} {key(link.name)}": (link.name, link.account) for link in missing}
            )
        self._tell_added()
        if index is not None:
            self._fill_within(index, overwrite=overwrite)

    def _fill_within(self, index: Index, *, overwrite: bool) -> None:
        fields = sorted({link.field for link in self._within})
        kept = present(self._unit, self._report.table, fields, {link.record_id for link in self._within})
        for link in self._within:
            target, now = index.named(link.name, link.account), kept[link.record_id][link.field]
            if target in (None, SEVERAL):
                self._note(link, _("{field}: {name} is not clear, so it was left empty."))
            elif now == target or not (now is None or overwrite):
                continue
            elif leads_to(self._unit.connection, self._kind, link.field, target, link.record_id):
                self._note(link, _("{field}: {name} would close a circle, so it was left out."))
            else:
                update_many(self._unit, self._kind, (link.field,), [(link.record_id, {link.field: target})])

    def _note(self, link: _Within, sentence: str) -> None:
        label = _(specs(self._kind)[link.field].label)
        self._report.notes.append(sentence.format(field=label, name=values.quoted(link.name)))

    def _add_missing(self, index: Index, missing: Mapping[str, tuple[str, int]]) -> None:
        """Add records by name; of people also the account within which their name counts."""
        if not missing:
            return
        kind, wanted = BY_TABLE[index.table], list(missing.values())
        rows = ({"name": name, **({"account_id": account} if account else {})} for name, account in wanted)
        for record_id, (name, account) in zip(insert_many(self._unit, kind, rows), wanted, strict=True):
            index.add(record_id, name, account)
        self._report.linked[index.table] += len(wanted)
        self._added.setdefault(index.table, []).extend(name for name, _account in wanted)

    def _tell_added(self) -> None:
        for table, names in self._added.items():
            few = ", ".join(map(values.quoted, names[:MOST_NAMED]))
            self._report.notes.append(
                _("{count} {records} added by name, since no row describes them: {names}.").format(
                    count=len(names),
                    records=_(BY_TABLE[table].noun.many),
                    names=few + ("…" if names[MOST_NAMED:] else ""),
                )
            )


def _ambiguous(drafts: Drafts, field: str, names: Checked, targets: list[int | None]) -> dict[int, Problem]:
    reason, column = _("several records have this name"), field.removesuffix("_id")
    return {
        place: Problem(drafts.lines[place], reason, column, str(names[place]))
        for place, target in enumerate(targets)
        if target == SEVERAL
    }
