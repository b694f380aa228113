"""What a contact that is yet to be written down is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from textual.content import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a new contact is about; the form begins with it.

    Attributes:
        account_id: the account.
        opportunity_id: the opportunity.
        plan_id: the communication plan that it belongs to.
        persons: keys of the interlocutors.
        day: planned for; today when None.
        foretell: what the values of its form would do, as a form tells it; None where that is not told.
        channel_id: how; the one that the first person prefers when None.
        proposition_id: the line of the value proposition that its message carries.
        win_of_id: the stakeholder whose personal win it carries.
    """

    account_id: int | None = None
    opportunity_id: int | None = None
    plan_id: int | None = None
    persons: tuple[int, ...] = ()
    day: dt.date | None = None
    foretell: Callable[[Mapping[str, Any]], Content] | None = None
    channel_id: int | None = None
    proposition_id: int | None = None
    win_of_id: int | None = None


NOTHING: Final = About()
