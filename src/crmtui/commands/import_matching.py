"""Which rows of a file become new records, and which mean one that is there."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple, cast

from crmtui.commands.import_alike import Alike, domains_of, tells_domains
from crmtui.commands.import_apart import Apart
from crmtui.exchange.mapping.meanings import ASIDE, EXTERNAL
from crmtui.exchange.problems import Problem
from crmtui.method.mailboxes import is_of
from crmtui.method.namesakes import turned
from crmtui.store.writing.matching import SEVERAL, Identity, Index, has_owner
from crmtui.text import _, key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.commands.import_apart import Cells
    from crmtui.domain.values import Plain
    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.store.unit import UnitOfWork

Known = tuple[int, int]  # the key of a record, and the place of the row that means it
Place = tuple[str, int]  # a name as it is compared, and the account within which it counts


class Sorted(NamedTuple):
    """What rows mean.

    Attributes:
        fresh: the places of those that become new records.
        known: those that mean a record which is there, each another one.
        more: those that mean a record which an earlier row means too, since it was two in the other system.
    """

    fresh: list[int]
    known: list[Known]
    more: list[Known]


class Matching:
    """The matching of one file's rows, against the workspace as it was before the file and against each other.

    Attributes:
        problems: rows that repeat an earlier one, or whose name is that of several records.
        respelt: how many rows call a record otherwise than it is called, by both names.
    """

    def __init__(self, unit: UnitOfWork, index: Index) -> None:
        self.problems: list[Problem] = []
        self.respelt: Counter[tuple[str, str]] = Counter()
        self._index = index
        self._unit = unit
        self._alike: Alike | None = None
        self._is_asked = index.table == "account" and len(index) > 0  # whether domains may tell what a row means
        self._externals: set[str] = set()
        self._marks: dict[Place, str] = {}  # by name and account, of the first row
        self._more_marks: set[Identity] = set()
        self._apart = Apart(unit, index.table)
        self._cells: dict[Place, Cells] = {}  # what the first row of a name tells, where no address tells it apart
        self._more_cells: defaultdict[Place, list[Cells]] = defaultdict(list)  # and what those after it tell
        self._taken: dict[int, Place] = {}  # by what the first row calls them that means them
        self._addresses: set[str] = set()  # of the rows that mean a record

    def sort(self, drafts: Drafts) -> Sorted:
        """Tell rows that become new records from rows that mean one."""
        who, marks = _who(drafts, self._index.table), _marks(drafts, self._index.table)
        rows = dict(zip(who, marks, strict=True))
        if self._are_all_fresh(drafts, rows):
            self._marks |= rows
            self._cells.update(zip(who, self._apart.cells(drafts), strict=False))  # of which there may be none
            return Sorted(list(range(len(drafts))), [], [])
        result = Sorted([], [], [])
        told = list(zip(who, marks, drafts.column(EXTERNAL), strict=True))
        is_asked = self._is_asked and tells_domains(drafts)
        met = [is_asked or bool(external) or self._index.is_met(one, mark) for one, mark, external in told]
        claimed = {self._index.exact(_identity(*one)) for one in compress(told, met)} - {None}
        of_domain = self._of_domain(drafts, [_identity(*one) for one in told]) if is_asked else {}
        names = drafts.values["name"]
        cells = list(self._apart.cells(drafts)) or [()] * len(drafts)
        often = {one for one, count in Counter(who).items() if count > 1}
        for place, one in enumerate(told):
            if not met[place] and one[0] not in self._marks:  # as most are
                self._marks[one[0]] = one[1]
                self._cells[one[0]] = cells[place]
                result.fresh.append(place)
                continue
            row = _identity(*one)
            asked = row if self._is_of(row, str(names[place])) else row._replace(mark="")
            own = self._own(asked)
            found = self._index.find(asked) if own is None else own
            found = of_domain.get(place, found)
            if own is None and found in claimed and self._index.exact(row) != found:
                found = None  # another row means it for sure
            is_two = bool(cells[place]) and not row.external and self._are_two(one[0], cells[place])
            if cells[place] and own is None and place not in of_domain and not row.external:
                found = self._of_name(one[0], found, cells[place], is_strict=is_two or one[0] in often)
            is_joined = found in self._index.other_names and self._taken.get(found, one[0]) != one[0]
            is_again = self._is_repeated(row) or (found in self._taken and not (row.external or row.mark or is_joined))
            if is_again and not is_two:
                self._refuse(drafts, place, _("an earlier row is the same record"))
            elif found == SEVERAL:
                self._refuse(drafts, place, _("several records have this name"))
            elif found is None or (own is None and found in self._taken and not is_joined):
                result.fresh.append(place)
            else:
                (result.more if found in self._taken else result.known).append((found, place))
                self._taken.setdefault(found, one[0])
                self._addresses.add(row.mark)
                if asked.mark and self._index.holder(row.mark) == found:
                    self._note_respelt(row, str(names[place]), found)
        return result

    def _is_of(self, row: Identity, name: str) -> bool:
        """Whether the one person who has the row's address may be meant; not where another name is told beside it."""
        holder = self._index.holder(row.mark) if row.mark else None
        if holder is None or self._index.is_called(holder, row):  # as most are
            return True
        return is_of(row.mark, name, self._index.name(holder))

    def _note_respelt(self, row: Identity, name: str, person_id: int) -> None:
        """Count a row whose address means somebody whom it calls otherwise."""
        if self._index.is_called(person_id, row) or "@" in name:
            return
        called = self._index.name(person_id)
        if "@" not in called and turned(name) != turned(called):
            self.respelt[name, called] += 1

    def _of_domain(self, drafts: Drafts, rows: Sequence[Identity]) -> dict[int, int]:
        """By the places of rows the accounts that their domains and names mean together, where names alone do not.

        None that another row means is meant, nor the one that the row is part of.
        """
        alike = self._alike = self._alike or Alike(self._unit)  # of what was there before the file's first rows
        sure = [self._index.find(row) for row in rows]
        meant = {*sure, *self._taken}
        open_ones = [place for place, found in enumerate(sure) if found in (None, SEVERAL)]
        names, parents, keys = drafts.column("name"), drafts.column("parent_id"), drafts.foreign.get("parent_id")
        result: dict[int, int] = {}
        for place, domains in domains_of(drafts, open_ones).items():
            found = alike.of_domain(str(names[place]), domains, meant)
            if found is None or (rows[place].external and self._index.is_claimed(found)):
                continue
            name = alike.name(found)
            parent = self._index.keyed(Identity("", external=str(keys[place]))) if keys and keys[place] else None
            if parent != found and key(str(parents[place] or "")) != key(name):
                result[place] = found
                meant.add(found)
                if names[place] != name:
                    self.respelt[str(names[place]), name] += 1
        return result

    def _own(self, row: Identity) -> int | None:
        """The record that the row's own key means, or its own address: one that no earlier row shares."""
        keyed = self._index.keyed(row)
        return self._index.addressed(row) if keyed is None and row.mark not in self._addresses else keyed

    def _are_two(self, who: Place, cells: Cells) -> bool:
        """Whether a row is none of those before it that have its name; it is one of them from now on."""
        before = [self._cells[who], *self._more_cells[who]] if self._cells.get(who) else []
        if not before:
            self._cells[who] = cells
            return False
        self._more_cells[who].append(cells)
        return all(self._apart.are_two(cells, one) for one in before)

    def _of_name(self, who: Place, found: int | None, cells: Cells, *, is_strict: bool) -> int | None:
        """The record of its name that a row means by what else it tells; by a former name there is only one."""
        sharing = self._index.sharing(who)
        if not sharing or who[0] in self._index.other_names.get(sharing[0], ()):
            return found
        return self._apart.meant(sharing, cells, is_strict=is_strict)

    def _are_all_fresh(self, drafts: Drafts, rows: dict[Place, str]) -> bool:
        """Whether no row means a record that is there, nor what another row means; told for all at once."""
        return (
            not (any(drafts.external) or (self._is_asked and tells_domains(drafts)))
            and len(rows) == len(drafts)
            and self._marks.keys().isdisjoint(rows)
            and not self._index.are_met(rows)
        )

    def _is_repeated(self, row: Identity) -> bool:
        """Whether an earlier row is the same: two of one name and account differ if both tell marks that differ."""
        if row.external:
            repeated = row.external in self._externals
            self._externals.add(row.external)
            return repeated
        who = (row.name_key, row.within)
        if who not in self._marks:
            self._marks[who] = row.mark
            return False
        repeated = not row.mark or self._marks[who] in ("", row.mark) or row in self._more_marks
        self._more_marks.add(row)
        return repeated

    def _refuse(self, drafts: Drafts, place: int, why: str) -> None:
        self.problems.append(Problem(drafts.lines[place], why, "", str(drafts.values["name"][place])))


def _who(drafts: Drafts, table: str) -> list[Place]:
    accounts = drafts.column("account_id") if has_owner(table) else [0] * len(drafts)
    told = cast("Sequence[int]", accounts if all(accounts) else [account or 0 for account in accounts])
    return list(zip(drafts.keys, told, strict=True))


def _marks(drafts: Drafts, table: str) -> list[str]:
    """What tells the row from namesakes: the first e-mail address in lower case, or the day of closing; '' for none."""
    found = [""] * len(drafts)
    if table == "opportunity":
        days = zip(drafts.column("closed_on"), drafts.column("expected_on"), strict=True)
        return [str(closed or expected or "") for closed, expected in days]
    if table == "actor":
        return [str(mail or "").lower() for mail in drafts.column("email")]
    for name in reversed(drafts.asides) if table == "person" else ():
        if ASIDE[name][0] == "person_email":
            mails = cast("Sequence[str]", drafts.asides[name])
            if all(mails):
                found = list(map(str.lower, mails))
            else:
                found = [mail.lower() if mail else former for mail, former in zip(mails, found, strict=True)]
    return found


def _identity(who: Place, mark: str, external: Plain) -> Identity:
    return Identity(*who, str(external or ""), mark)
