"""A next move as it is shown: its words, its figures, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from crmtui.method.move import Kind
    from crmtui.store.reading.contacts import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class NextMove:
    """A move.

    Attributes:
        kind: what is to be done.
        title: the same in words.
        facts: what is known of whom or what it is about; '' for nothing worth telling.
        account: whose; '' where it is nobody's.
        opportunity: the one that it is about; '' where it is about the account or a person.
        change: what it does to which figure, short.
        gain: what it adds to the expected value, less its cost, in minor units; None where nothing says what is at
            stake.
        rate: the gain an hour, in minor units; None likewise.
        currency: the workspace's, of both.
        is_assumed: whether what is at stake was concluded, not written down.
        hours: that it takes.
        reasons: the terms of the gain, a sentence each, and what was assumed.
        table: whose page to open, with the key there, and the place in it.
        account_id: what a contact or an action about it belongs to; so also opportunity_id, person_id, channel_id.
        plan_id: the communication plan that runs there; None for none.
        day: that a contact is proposed for; None for any.
        mark: what an action for it works on, as actions keep it; '' where it is a contact.
        contact: the one that is planned already and only has to be held; None for none.
    """

    kind: Kind
    title: str
    account: str
    opportunity: str
    change: str
    gain: int | None
    rate: int | None
    currency: str
    is_assumed: bool
    hours: float
    reasons: tuple[str, ...]
    facts: str = ""
    table: str = ""
    key: int = 0
    at: str = ""
    account_id: int | None = None
    opportunity_id: int | None = None
    person_id: int | None = None
    channel_id: int | None = None
    plan_id: int | None = None
    day: dt.date | None = None
    mark: str = ""
    contact: Entry | None = None

    @property
    def identity(self) -> tuple[object, ...]:
        """What stays the same while its figures change."""
        held = self.contact.id if self.contact else None
        return ("move", self.kind, self.account_id, self.opportunity_id, self.person_id, held, self.mark, self.at)

    @property
    def where(self) -> str:
        """`Aurora / Line 4`."""
        return " / ".join(name for name in (self.account, self.opportunity) if name)
