"""The new opportunities of a file that may be there: of the same name at the same account, whose day alone differs.

Those of one file are not compared with one another: deals of one name repeat, and the file itself tells them apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.commands.import_likeliest import Suspect
from crmtui.method.doubles import EVIDENCE, Evidence
from crmtui.text import _

if TYPE_CHECKING:
    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.store.writing.matching import Index

_EVIDENCE = (Evidence.NAME, Evidence.ACCOUNT)


class NewOpportunities:
    """The new opportunities of a file, or of a part of it.

    Attributes:
        lines: of the file.
        names: as they are written.

    Args:
        index: those that were there before.
    """

    def __init__(self, index: Index) -> None:
        self.lines: list[int] = []
        self.names: list[str] = []
        self._known = dict(index.places())
        self._found: dict[int, int] = {}

    def note(self, drafts: Drafts) -> None:
        """Some more of them."""
        accounts = drafts.column("account_id")
        for place, (name, account) in enumerate(zip(drafts.keys, accounts, strict=True), len(self.lines)):
            if record_id := self._known.get((name, int(account or 0))):
                self._found[place] = record_id
        self.lines.extend(drafts.lines)
        self.names.extend(map(str, drafts.values["name"]))

    def suspects(self) -> dict[int, Suspect]:
        """For each row, by its place, the opportunity that it may mean, where there is one."""
        score = 1 - (1 - EVIDENCE[_EVIDENCE[0]]) * (1 - EVIDENCE[_EVIDENCE[1]])
        told = tuple(_(one.label) for one in _EVIDENCE)
        return {place: Suspect(one, self.names[place], score, told) for place, one in self._found.items()}
