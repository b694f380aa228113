"""The findings of a map as sentences, and what each would gain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from crmtui.domain.words import Rank
from crmtui.figures import Figure
from crmtui.method.dmu import RECENT
from crmtui.method.dmu_findings import Fact
from crmtui.method.what_if import Effect
from crmtui.queries.coverage_words import points
from crmtui.text import N_, _, ngettext

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from crmtui.domain.dmu import Stakeholder
    from crmtui.method.dmu import Figures
    from crmtui.method.dmu_findings import Finding

LONGEST_NAME: Final = 60  # characters of a name in a sentence
MOST_NAMED: Final = 2  # listeners that a sentence names


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

    @property
    def reach(self) -> str:
        """The channel that covers most."""

    @property
    def stakeholder(self) -> Stakeholder:
        """The record."""


def told(finding: Finding, who: Mapping[int, Named], figures: Figures, today: dt.date) -> str:
    """A finding in the user's language; `who` are all on the map."""
    about = [who[key] for key in finding.keys]
    if finding.fact is Fact.UNKNOWN_POWER:
        return ngettext(
            "the power of {count} stakeholder is not judged",
            "the power of {count} stakeholders is not judged",
            len(about),
        )
    first = about[0] if about else None
    if finding.fact is Fact.NOT_MET and first and first.last_contact:
        days = (today - first.last_contact).days
        return _("{name}: no contact for {count} days").format(name=_short(first.name), count=days)
    is_open = finding.fact is Fact.UNKNOWN_ATTITUDE and finding.gain.effect is Effect.WEIGHS
    sentence = _(_OPEN if is_open else _SENTENCES[finding.fact]).format(
        name=_short(first.name) if first else "",
        competitor=_short(first.competitor) if first else "",
        roles=", ".join(_(role.label) for role in finding.roles),
        rank=_(first.stakeholder.rank.label) if first and isinstance(first.stakeholder.rank, Rank) else "",
        count=len(about) if finding.fact is Fact.FEW_SUPPORTERS else RECENT,
        all=len(figures.leverage.key_people),
        share=f"{figures.leverage.of(finding.keys[0]) * 100:.0f} %" if finding.keys else "",
    )
    return sentence + _reaching(finding, who, figures)


def _reaching(finding: Finding, who: Mapping[int, Named], figures: Figures) -> str:
    """Whom somebody against us influences."""
    if finding.fact not in (Fact.AGAINST, Fact.BLOCK):
        return ""
    source = finding.keys[0]
    listeners = [term.key for term in figures.leverage.terms if any(key == source for key, _weight in term.listens)]
    names = [_short(who[key].name) for key in listeners[:MOST_NAMED]]
    if len(listeners) > MOST_NAMED:
        names.append(ngettext("{count} more", "{count} more", len(listeners) - MOST_NAMED))
    return _(", and influences {names}").format(names=", ".join(names)) if names else ""


def gain(finding: Finding, who: Mapping[int, Named]) -> str:
    """What it would bring to see to a finding, in the user's language."""
    found = finding.gain
    key = found.key if found.key is not None else finding.keys[0] if finding.keys else None
    named = who.get(key) if key is not None else None
    value = found.value
    sentence = _MEETING_OTHER if found.effect is Effect.MEETING and found.key is not None else _GAINS[found.effect]
    change = f"{Figure(value):+.2f}" if found.is_something else f"{Figure(0):.2f}"
    return _(sentence).format(
        width=f"{Figure(value):.2f}",
        change=points(value) if found.effect in _OF_COVERAGE else change,
        share=f"{value * 100:.0f} %",
        name=_short(named.name) if named else "",
        channel=_short(named.reach) if named and named.reach else _("contact"),
    )


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"


_OF_COVERAGE: Final = frozenset({Effect.MEETING, Effect.CLOSER})
_SENTENCES: Final = {
    Fact.NO_DECIDER: N_("no decider is known"),
    Fact.NO_ROLE: N_("nobody is known to be: {roles}"),
    Fact.BLOCK: N_("{name} has a veto and is against us"),
    Fact.AGAINST: N_("{name} weighs {share} and is against us"),
    Fact.UNKNOWN_ATTITUDE: N_("{name} weighs {share} and has an unknown attitude"),
    Fact.FEW_SUPPORTERS: N_("{count} of the {all} who weigh most are not for us"),
    Fact.RIVAL: N_("{competitor} is stronger than we are with {name}"),
    Fact.NEVER_MET: N_("{name} weighs {share} and was never met"),
    Fact.NOT_MET: N_("{name}: no contact for long"),
    Fact.UNCOVERED: N_("nobody of ours looks after {name}"),
    Fact.LEVEL: N_("nobody of ours is at the level of {name} ({rank})"),
    Fact.NAMELESS: N_("“{name}” has no name yet"),
    Fact.ONE_PERSON: N_("every contact of the last {count} days was with {name}"),
    Fact.NO_WIN: N_("no personal win for {name}"),
    Fact.NO_OPPONENT: N_("no opponent found yet: then we have not looked"),
}
_OPEN: Final = N_("{name} has an unknown attitude")  # what the person weighs is told as the gain
_GAINS: Final = {
    Effect.NARROWS: N_("narrows favour by {width}"),
    Effect.STEP: N_("one step: favour {change}"),
    Effect.MEETING: N_("{channel}: coverage {change}"),
    Effect.CLOSER: N_("one step closer: coverage {change}"),
    Effect.WEIGHS: N_("weighs {share}"),
    Effect.WOULD_WEIGH: N_("would weigh {share}"),
    Effect.RISK: N_("were {name} a critic: favour {change}"),
}
_MEETING_OTHER: Final = N_("{channel} with {name}: coverage {change}")
