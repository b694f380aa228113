"""The findings of a map as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from crmtui.method.dmu import RECENT
from crmtui.method.dmu_findings import Fact
from crmtui.text import N_, _, ngettext

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from crmtui.method.dmu_findings import Finding

LONGEST_NAME: Final = 60  # characters of a name in a sentence


class Named(Protocol):
    """What a sentence says of somebody."""

    @property
    def name(self) -> str:
        """The name, on one line."""

    @property
    def competitor(self) -> str:
        """The strongest competitor with the person."""

    @property
    def last_contact(self) -> dt.date | None:
        """The day of the last contact."""


def told(finding: Finding, who: Sequence[Named], today: dt.date) -> str:
    """A finding in the user's language; `who` are those that it is about."""
    if finding.fact is Fact.UNKNOWN_POWER:
        return ngettext(
            "the power of {count} stakeholder is not judged",
            "the power of {count} stakeholders is not judged",
            len(who),
        )
    first = who[0] if who else None
    if finding.fact is Fact.NOT_MET and first and first.last_contact:
        days = (today - first.last_contact).days
        return _("{name}: no contact for {count} days").format(name=_short(first.name), count=days)
    return _(_SENTENCES[finding.fact]).format(
        name=_short(first.name) if first else "",
        competitor=_short(first.competitor) if first else "",
        roles=", ".join(_(role.label) for role in finding.roles),
        count=RECENT,
    )


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"


_SENTENCES: Final = {
    Fact.NO_DECIDER: N_("no decider is known"),
    Fact.NO_ROLE: N_("nobody is known to be: {roles}"),
    Fact.BLOCK: N_("{name} has a veto and is against us"),
    Fact.AGAINST: N_("{name} has a strong say and is against us"),
    Fact.UNKNOWN_ATTITUDE: N_("{name} has a strong say and an unknown attitude"),
    Fact.RIVAL: N_("{competitor} is stronger than we are with {name}"),
    Fact.NEVER_MET: N_("{name} has a strong say and was never met"),
    Fact.NOT_MET: N_("{name}: no contact for long"),
    Fact.UNCOVERED: N_("nobody of ours looks after {name}"),
    Fact.NAMELESS: N_("“{name}” has no name yet"),
    Fact.ONE_PERSON: N_("every contact of the last {count} days was with {name}"),
    Fact.NO_WIN: N_("no personal win for {name}"),
    Fact.NO_OPPONENT: N_("no opponent found yet: then we have not looked"),
}
