"""Whom and what a row about an activity or a note names: by the keys of the other program, else by name.

What nobody here is called is added by its name, like elsewhere in tables; but no opportunity is, since a name alone
says nothing of what may be sold.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from crmtui.commands.import_alike import CalledAccounts
from crmtui.commands.import_doubts import Doubts
from crmtui.commands.import_keys import Theirs
from crmtui.commands.import_names import named
from crmtui.commands.import_naming_rows import NamingRows
from crmtui.commands.import_participants import Participants
from crmtui.commands.import_report import added_notes, closing_notes, unmet_note
from crmtui.domain.nouns import BY_TABLE
from crmtui.exchange.entries import Named
from crmtui.method.namesakes import domain_of
from crmtui.store.writing.bulk import insert_many
from crmtui.store.writing.matching import SEVERAL, Index
from crmtui.text import key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.commands.import_report import FileReport
    from crmtui.exchange.entries import Entry
    from crmtui.store.unit import UnitOfWork

NOBODY = Named()
_A_NAME: Final = 2  # parts of a name with a comma in it


class Naming(Participants):
    """Who and what is in the workspace, as rows of one file name it.

    Args:
        unit: the unit of work.
        sources: what the keys of a table may be called, of which a column is: by table and header.
        spelt: a key as it is compared, of a cell.
        report: of the file.
    """

    def __init__(
        self,
        unit: UnitOfWork,
        sources: Callable[[str, str], Sequence[str]],
        spelt: Callable[[str], str],
        report: FileReport,
    ) -> None:
        super().__init__(unit)
        self._unit = unit
        self._sources = sources
        self._spelt = spelt
        self._report = report
        self._indexes: dict[str, Index] = {}
        self._theirs: dict[tuple[str, str], Theirs] = {}
        self._accounts_called: CalledAccounts | None = None
        self._doubts = Doubts(unit, report)
        self._added: set[str] = set()  # accounts by name
        self._people_called: set[str] = set()  # as they are compared, once somebody asks
        self._names_of_channels: dict[str, int] = {}
        self._unmet: dict[str, str] = {}
        self._line = 0
        self._unmet_on: dict[str, int] = {}  # the line on which something of a column was unmet last
        self._respelt_on = 0  # the last line whose account is called otherwise
        self._ours = ""  # the column of keys of ours
        self._added_names: defaultdict[str, list[str]] = defaultdict(list)  # what was added, by table

    def people(self, entry: Entry) -> list[int]:
        """The people that it names, and those whose addresses it tells."""
        said = entry.named or NOBODY
        self._unmet, self._line = {}, entry.line
        mailed, account = super().people(entry), self._named_account(said, entry)
        found = []
        for name, theirs in zip_longest(self._apart(said), said.people_keys, fillvalue=""):
            person = self._by_key("person", said.headers.get("people_keys", ""), theirs)
            if person is None and name:
                person = self._person(name, theirs, account, mailed, said)
            if person is None and theirs:
                self._miss(said, "people_keys", theirs)
            found.append(person)
        found.append(self._by_key("person", said.headers.get("related_key", ""), said.related_key))
        return list(dict.fromkeys(person for person in (*found, *mailed) if person is not None))

    def _apart(self, said: Named) -> list[str]:
        """The names of people, those apart that stand in one with commas between them."""
        return [
            part
            for name in said.people
            for part in (self._parted(name) if "," in name and len(said.people) != len(said.people_keys) else [name])
        ]

    def _parted(self, name: str) -> list[str]:
        """One name, or several: a family name before a given name is one, as far as that can be told."""
        if not self._people_called:
            self._people_called |= {of for (of, _account), _one in self._index("person").places()}
        parts = [part for one in name.split(",") if (part := one.strip())]
        turned = " ".join(reversed(parts))
        if self._is_called(name):
            return [name]
        if all(map(self._is_called, parts)):
            return parts
        if len(parts) <= _A_NAME and self._is_called(turned):
            return [turned]
        return parts if all(" " in part for part in parts) else [name]

    def _is_called(self, name: str) -> bool:
        return key(name) in self._people_called

    def _person(self, name: str, theirs: str, account: int | None, mailed: list[int], said: Named) -> int | None:
        """The person of a name: one who is mailed too, one of the account, the only one of the name, or a new one."""
        index = self._index("person")
        if any(key(index.name(person)) == key(name) for person in mailed):
            return None
        person = index.named(name, account or 0)
        if person is None:
            everywhere = [one for (of, _account), one in index.places() if of == key(name)]
            person = None if account and everywhere else (everywhere[0] if len(everywhere) == 1 else None)
            person = SEVERAL if person is None and len(everywhere) > 1 and not account else person
        if person == SEVERAL:
            self._miss(said, "people", name)
            return None
        return person or self._add("person", said.headers.get("people_keys", ""), name, theirs, account or 0)

    def account(self, entry: Entry, people: list[int], opportunity: int | None = None) -> int | None:
        """The account that it names, or else that of its opportunity, or of its people."""
        said = entry.named or NOBODY
        found = self._named_account(said, entry)
        if found is None:
            self._miss(said, "account_key", said.account_key)
        return found or self._account_of_deal(opportunity) or super().account(entry, people)

    def _named_account(self, said: Named, entry: Entry) -> int | None:
        found = self._by_key("account", said.headers.get("account_key", ""), said.account_key)
        if found is None and said.account:
            found = self._account(said, entry)
        return found or self._related_account(said)

    def _related_account(self, said: Named) -> int | None:
        """The account that it names where it may name an opportunity too."""
        found = self._by_key("account", said.headers.get("related_key", ""), said.related_key)
        named_so = self._index("account").named(said.related) if said.related else None
        return found or (named_so if named_so != SEVERAL else None)

    def _account(self, said: Named, entry: Entry) -> int | None:
        """The account of a name, which may be written otherwise, or a new one."""
        called = self._accounts_called = self._accounts_called or CalledAccounts(self._unit, self._index("account"))
        domains = tuple(filter(None, (domain_of(mail) for mail in entry.mails if mail not in self._actors)))
        found = called.find(said.account, domains)
        if found == SEVERAL:
            self._miss(said, "account", said.account)
            return None
        row = NamingRows([entry.line], [said.account], [[domain] for domain in domains])
        if found is None:
            self._doubts.name("account", [said.account], lambda: row)
            self._added.add(said.account)
            found = self._add("account", said.headers.get("account_key", ""), said.account, said.account_key)
            called.note(said.account)
        if (now := self._index("account").name(found)) != said.account and self._respelt_on != entry.line:
            self._respelt_on = entry.line  # each row is asked several times
            self._report.respelt[said.account, now] += 1
        if said.account in self._added and found == self._index("account").named(said.account):
            self._doubts.name("account", [], lambda: row)
        return found

    def finish(self) -> None:
        """Report what was added by name, what leads nowhere, and accounts that may be there all the same."""
        self._report.tell_first(added_notes(self._added_names))
        self._report.tell_first(
            unmet_note(header, count, of_ours=header == self._ours) for header, count in self._report.unmet.items()
        )
        self._report.notes += closing_notes(self._report, {})
        self._doubts.tell()

    def _account_of_deal(self, opportunity: int | None) -> int | None:
        if opportunity is None:
            return None
        row = self._unit.connection.execute(
            "SELECT account_id FROM opportunity WHERE id = ?", (opportunity,)
        ).fetchone()
        return int(row[0]) if row and row[0] else None

    def opportunity(self, entry: Entry) -> int | None:
        """The opportunity that it names, within its account where that is told."""
        said = entry.named or NOBODY
        found = self._by_key("opportunity", said.headers.get("opportunity_key", ""), said.opportunity_key)
        found = found or self._by_key("opportunity", said.headers.get("related_key", ""), said.related_key)
        if found is None and (name := said.opportunity or said.related):
            found = self._opportunity(name, self._named_account(said, entry))
        if found is None:
            self._miss(said, "opportunity", said.opportunity)
            self._miss(said, "opportunity_key", said.opportunity_key)
            if self._related_account(said) is None and self._by_key("person", "", said.related_key) is None:
                self._miss(said, "related", said.related)
                self._miss(said, "related_key", said.related_key)
        return found

    def _opportunity(self, name: str, account: int | None) -> int | None:
        index = self._index("opportunity")
        if account and (found := index.named(name, account)) not in (None, SEVERAL):
            return found
        everywhere = [] if account else [one for (of, _account), one in index.places() if of == key(name)]
        return everywhere[0] if len(everywhere) == 1 and everywhere[0] != SEVERAL else None

    def actor(self, entry: Entry) -> int | None:
        """Who of ours it names; the user where it names nobody."""
        said = entry.named or NOBODY
        found = self._by_key("actor", said.headers.get("actor_key", ""), said.actor_key)
        for told in (said.actor_key, said.actor):  # who knows whose key it is may have said so
            actor = self._index("actor").named(told) if told and found is None else None
            found = actor if actor not in (None, SEVERAL) else found
            if actor is None and found is None and told == said.actor != "":
                found = self._add("actor", said.headers.get("actor_key", ""), said.actor, said.actor_key)
        if found is None:
            self._miss(said, "actor", said.actor)
            self._miss(said, "actor_key", said.actor_key)
        is_named = said.actor or said.actor_key
        return found if is_named else super().actor(entry)

    def channel(self, entry: Entry) -> int:
        """How it was held: as the file tells by code or name, else by its words."""
        if not self._names_of_channels:
            rows = self._unit.connection.execute("SELECT code, name, id FROM channel").fetchall()
            self._names_of_channels = {key(name): channel for code, title, channel in rows for name in (code, title)}
        if (found := self._names_of_channels.get(key(entry.channel))) is not None:
            return found
        self._miss(entry.named or NOBODY, "channel", entry.channel)
        return super().channel(entry)

    def unmet(self, entry: Entry) -> dict[str, str]:
        """What the entry that was looked at last names and nobody here is called, by the header of its column."""
        return dict(self._unmet) if entry.named else {}

    def _miss(self, said: Named, what: str, cell: str) -> None:
        if cell:
            header = said.headers.get(what, what)
            before = self._unmet.get(header)
            self._unmet[header] = f"{before}; {cell}" if before and before != cell else cell
            if what != "channel" and self._unmet_on.get(header) != self._line:
                self._unmet_on[header] = self._line
                self._report.unmet[header] += 1
            self._ours = header if what == "actor_key" else self._ours

    def _by_key(self, table: str, header: str, theirs: str) -> int | None:
        return self._keys(table, header).find(theirs) if theirs else None

    def _keys(self, table: str, header: str) -> Theirs:
        if (table, header) not in self._theirs:
            self._theirs[table, header] = Theirs(self._unit, table, self._sources(table, header), self._spelt)
        return self._theirs[table, header]

    def _index(self, table: str) -> Index:
        if table not in self._indexes:
            self._indexes[table] = Index(self._unit, table)
        return self._indexes[table]

    def _add(self, table: str, header: str, name: str, theirs: str, account: int = 0) -> int:
        """One more record of which nothing but its name is known, and its key."""
        (record_id,) = insert_many(self._unit, BY_TABLE[table], [named(table, name, account)])
        self._index(table).add(record_id, name, account)
        if theirs:
            self._keys(table, header).learn(theirs, record_id)
        if table == "person" and self._people_called:
            self._people_called.add(key(name))
        if table == "person" and account:
            self._account_of[record_id] = account
        self._report.linked[table] += 1
        self._added_names[table].append(name)
        return record_id
