"""A small workspace with a map of a decision-making unit, for tests of all that works on maps."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crmtui.commands import dmu, dmu_lines, records, workspace
from crmtui.domain.accounts import Account
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Person
from crmtui.domain.plans import Channel, Contact, ContactPerson
from crmtui.domain.words import Source
from crmtui.queries import dmu as asked, records as found

if TYPE_CHECKING:
    from crmtui.queries.dmu import DmuPage, Sheet

TODAY = dt.date(2026, 3, 12)
TUI = Source.TUI
TEAM = {"Bianchi, Laura": "COO", "Conti, Gino": "Operations", "Ferrari, Ada": "CFO"}


@dataclass(frozen=True)
class Maps:
    """The file, the account `Aurora Spa`, its opportunity `Line 4`, and people of the account by name."""

    path: Path
    account: int
    line4: int
    people: dict[str, int]

    @property
    def of_account(self) -> dmu.Place:
        return dmu.Place(account_id=self.account)

    @property
    def of_line4(self) -> dmu.Place:
        return dmu.Place(opportunity_id=self.line4)

    def add(self, name: str, at: dmu.Place | None = None, **given: Any) -> int:
        """Put somebody of the team on a map, the account's unless told otherwise."""
        fields = {"person_id": self.people[name], **given}
        return dmu.add_stakeholder(self.path, at or self.of_account, fields, TUI, TODAY)

    def judge(self, key: int, **judged: Any) -> None:
        """Judge one field or several, one by one."""
        for field, value in judged.items():
            dmu.judge(self.path, key, field, value, TUI, TODAY)

    def link(self, source: int, target: int, **given: Any) -> int:
        """Draw a line."""
        return dmu_lines.link(self.path, source, target, given, TUI, TODAY)

    def met(self, name: str, day: dt.date, channel: str = "call") -> None:
        """Write down a contact that happened."""
        key = found.find(self.path, Channel, channel)
        fields = {"account_id": self.account, "day": day, "channel_id": key, "status": "done"}
        contact = records.add(self.path, Contact, fields | {"done_at": dt.datetime.now(dt.UTC)}, TUI)
        records.add(self.path, ContactPerson, {"contact_id": contact, "person_id": self.people[name]}, TUI)

    def page(self, at: dmu.Place | None = None) -> DmuPage:
        """A map, the account's unless told otherwise."""
        return asked.page_at(self.path, at or self.of_account, TODAY)

    def sheet(self, name: str, at: dmu.Place | None = None) -> Sheet:
        """Somebody on a map."""
        return next(sheet for sheet in self.page(at).sheets if sheet.name == name)


def begin(folder: Path) -> Maps:
    """Make the file, as a copy of one that is made once; nobody is on a map yet."""
    made, content = _made()
    path = folder / "maps.db"
    path.write_bytes(content)
    return replace(made, path=path)


@cache
def _made() -> tuple[Maps, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "maps.db"
        workspace.create(path, name="Maps")
        account = records.add(path, Account, {"name": "Aurora Spa"}, TUI)
        line4 = records.add(path, Opportunity, {"name": "Line 4", "account_id": account, "stage": "engaging"}, TUI)
        people = {
            name: records.add(path, Person, {"name": name, "title": title, "account_id": account}, TUI)
            for name, title in TEAM.items()
        }
        return Maps(path, account, line4, people), path.read_bytes()
