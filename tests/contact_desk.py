"""A small workspace with an account and three people, for tests of all that is planned and logged there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

from crmtui.commands import contacts, records, workspace
from crmtui.domain.accounts import Account
from crmtui.domain.dmu import DmuMap, Stakeholder
from crmtui.domain.fields import Record
from crmtui.domain.people import Consent, Person
from crmtui.domain.plans import Channel, Contact, ContactPerson, Plan
from crmtui.domain.words import Source
from crmtui.queries import records as reading

if TYPE_CHECKING:
    from collections.abc import Sequence

TODAY = dt.date(2026, 3, 12)  # a Thursday
NOW = dt.datetime(2026, 3, 12, 9, 30, tzinfo=dt.UTC)
TUI = Source.TUI
R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class ContactDesk:
    """The file, its one account and the people there."""

    path: Path
    account: int
    conti: int
    ferrari: int
    bianchi: int

    def channel(self, code: str) -> int:
        """The key of a channel."""
        return reading.find(self.path, Channel, code)

    def _given(self, code: str, given: dict[str, Any]) -> dict[str, Any]:
        return {"channel_id": self.channel(code), "account_id": self.account, **given}

    def plan(self, code: str, day: dt.date, persons: Sequence[int] = (), **given: Any) -> int:
        """A contact to come."""
        return contacts.plan_contact(self.path, self._given(code, {"day": day, **given}), persons, TUI)

    def log(self, code: str, persons: Sequence[int] = (), **given: Any) -> int:
        """A contact that happened."""
        return contacts.log(self.path, self._given(code, given), persons, TUI, NOW)

    def programme(self, starts: dt.date, ends: dt.date, **given: Any) -> int:
        """A communication plan of the account."""
        fields = {"objective": "Meet them all", "starts_on": starts, "ends_on": ends, "account_id": self.account}
        return records.add(self.path, Plan, {**fields, **given}, TUI)

    def refuse(self, person: int, code: str, source: str = "") -> None:
        """Let a person refuse a channel."""
        day = dt.date(2026, 3, 2)
        fields = {"person_id": person, "channel_id": self.channel(code), "state": "refused", "day": day}
        records.add(self.path, Consent, {**fields, "source": source}, TUI)

    def get(self, contact: int) -> Contact:
        """A contact as it is kept."""
        return reading.get(self.path, Contact, contact)

    def people(self, contact: int) -> list[int]:
        """The interlocutors of a contact."""
        return [entry.person_id for entry in reading.belonging(self.path, ContactPerson, "contact_id", contact)]

    def all(self, kind: type[R]) -> list[R]:
        """Every record of a kind."""
        found = reading.suggest(self.path, kind.noun.table, "", 1_000)
        return [reading.get(self.path, kind, key) for key, _title in found]

    def stakeholders(self) -> list[Stakeholder]:
        """Everybody on the account's map."""
        maps = reading.belonging(self.path, DmuMap, "account_id", self.account)
        return reading.belonging(self.path, Stakeholder, "map_id", maps[0].id) if maps else []

    def count(self) -> int:
        """How many contacts there are."""
        return len(self.all(Contact))


def begin(folder: Path) -> ContactDesk:
    """Make the file: a copy of the one that is made first."""
    image, keys = _made()
    path = folder / "contacts.db"
    path.write_bytes(image)
    return ContactDesk(path, *keys)


@cache
def _made() -> tuple[bytes, tuple[int, int, int, int]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "contacts.db"
        workspace.create(path, name="Contacts")
        account = records.add(path, Account, {"name": "Aurora Spa"}, TUI)
        conti, ferrari, bianchi = (
            records.add(path, Person, {"name": name, "title": title, "account_id": account}, TUI)
            for name, title in (("Conti", "Operations"), ("Ferrari", "CFO"), ("Bianchi", "COO"))
        )
        return path.read_bytes(), (account, conti, ferrari, bianchi)
