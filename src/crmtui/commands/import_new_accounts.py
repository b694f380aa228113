"""The new accounts of a file, and those that rows name: which may be there, or one another, is looked for at once."""

from __future__ import annotations

from functools import partial
from itertools import chain, compress
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crmtui.commands.import_meeting import Meeting, as_row, columns, dialled
from crmtui.commands.import_naming_rows import domains as domains_of, first_lines
from crmtui.method.blocking import BLOCK, END, SHARED
from crmtui.method.namesakes import are_alike, cores, domain_of, sound
from crmtui.store.reading import doubles as rows
from crmtui.store.reading.doubles import Compared
from crmtui.text import key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from crmtui.commands.import_meeting import Finding, Pairs
    from crmtui.commands.import_naming_rows import NamingRows
    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.store.unit import UnitOfWork


_LOOKED_AT: Final = ("name", "website", "email", "phone", "parent_id")
_THERE: Final = """SELECT account.id, account.name, account.website, account.email, account.phone, whole.name
    FROM account LEFT JOIN account AS whole ON whole.id = account.parent_id WHERE account.id <= ?"""
_FIELDS: Final = ("name", "website", "email", "phone", "city", "country", "parent_id")


class NewAccounts:
    """The new accounts of a file, or of a part of it.

    Attributes:
        lines: of the file.
        names: as they are written.
        named: the places of those that no row describes, but rows name.

    Args:
        unit: the unit of work.
        last: the key of the newest account that was there before; 0 for none.
    """

    def __init__(self, unit: UnitOfWork, last: int) -> None:
        self.lines: list[int] = []
        self.named: set[int] = set()
        self._unit = unit
        self._last = last
        self._naming: list[NamingRows] = []
        self._added: dict[str, None] = {}
        self._columns: dict[str, list[Any]] = {name: [] for name in _FIELDS}

    @property
    def names(self) -> list[str]:
        """What they are called."""
        return self._columns["name"]

    def note(self, drafts: Drafts) -> None:
        """Some more that rows describe."""
        self.lines.extend(drafts.lines)
        for name, cells in self._columns.items():
            cells.extend(drafts.column(name))

    def name(self, rows: NamingRows, added: Sequence[str]) -> None:
        """Some more rows that name accounts, and what they name that is to be added."""
        self._added.update(dict.fromkeys(added))
        self._naming.append(rows.of(self._added))

    def _name(self) -> None:
        """Put accounts that are named behind those that rows describe, with the first line that names each."""
        lines, domains = first_lines(self._naming, self._added), domains_of(self._naming, self._added)
        self.named.update(range(len(self.lines), len(self.lines) + len(lines)))
        self.lines.extend(lines.values())
        for name, cells in self._columns.items():
            cells.extend(lines if name == "name" else [None] * len(lines))
        self._columns["website"][len(self.lines) - len(lines) :] = [domains.get(name) for name in lines]

    def compared(self, places: Collection[int]) -> list[Compared]:
        """Some of them as they are compared."""
        found = []
        for place in places:
            told = {name: str(cells[place] or "") for name, cells in self._columns.items()}
            found.append(
                Compared(
                    id=as_row(place),
                    name=told["name"],
                    mails=(told["email"],) if told["email"] else (),
                    phones=(told["phone"],) if told["phone"] else (),
                    website=told["website"],
                    city=told["city"],
                    country=told["country"],
                )
            )
        return found

    def there(self, record_ids: Collection[int]) -> list[Compared]:
        """Some that are there as they are compared."""
        return rows.accounts(self._unit.connection, record_ids)

    def gather(self) -> Finding:
        """Gather what needs nothing of the workspace; returns what finds which are to be compared, by asking it."""
        self._name()
        told = _Told(range(len(self.lines)), *(self._columns[name] for name in _LOOKED_AT))
        bare = cores(self.names)
        return partial(self._found, bare, [Meeting(*way) for way in _ways(told, bare)])

    def _found(self, bare: Sequence[str], meetings: Sequence[Meeting[str]]) -> tuple[Pairs, list[Meeting[str]]]:
        """Which are to be compared, and who has which telephone, by its last digits, and which domain."""
        columns_of_rows = (bare, self.names, self._columns["parent_id"])
        spelt, called, parents = ({as_row(place): one for place, one in enumerate(each)} for each in columns_of_rows)
        if self._last:
            there = _Told(*columns(self._unit.connection.execute(_THERE, (self._last,)), len(_Told._fields)))
            known = cores(there.names)
            for meeting, way in zip(meetings, _ways(there, known), strict=True):
                meeting.meet(*way)
            called.update(zip(there.owners, there.names, strict=True))
            spelt.update(zip(there.owners, known, strict=True))
            parents.update(zip(there.owners, there.parents, strict=True))
        *names, phones, domains = meetings
        found = {
            (one, other)
            for one, other in chain.from_iterable(meeting.pairs(BLOCK) for meeting in names)
            if spelt[one] == spelt[other] or are_alike(spelt[one], spelt[other], companies=True)
        }
        found.update(domains.pairs(SHARED), phones.pairs(SHARED))
        return {pair for pair in found if not _is_family(*pair, called, parents)}, [phones, domains]


def _is_family(one: int, other: int, called: Mapping[int, str], parents: Mapping[int, str | None]) -> bool:
    """Whether one is part of the other, as is told: a group and its part are two."""
    pairs = ((one, other), (other, one))
    return any((parent := parents[part]) and key(parent) == key(called[whole]) for part, whole in pairs)


class _Told(NamedTuple):
    """What accounts are looked for by: of each its key or place, and what is told."""

    owners: Sequence[int]
    names: Sequence[str]
    websites: Sequence[str | None]
    mails: Sequence[str | None]
    phones: Sequence[str | None]
    parents: Sequence[str | None]


def _ways(told: _Told, bare: list[str]) -> Iterator[tuple[list[str], Sequence[int]]]:
    """How accounts are looked for: how their name is heard, begins, ends, telephones, domains; each with whose it is.

    Args:
        told: the accounts.
        bare: their names as `core` writes them.
    """
    letters = [name.replace(" ", "") for name in bare]
    yield [sound(name) or name for name in bare], told.owners
    yield [name[:END] for name in letters], told.owners
    yield [name[-END:] for name in letters], told.owners
    yield dialled("\n".join(filter(None, told.phones)), list(compress(told.owners, told.phones)))
    found = [
        (domain, one)
        for one, *hosts in zip(told.owners, told.websites, told.mails, strict=True)
        for domain in {domain_of(host or "") for host in hosts}
        if domain
    ]
    yield [domain for domain, _one in found], [one for _domain, one in found]
