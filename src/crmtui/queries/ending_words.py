"""Why opportunities were won and lost, and what the maps of lost ones had in common, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.figures import count as digits
from crmtui.method.dmu_findings import Fact
from crmtui.queries.learning_sheet import NAMED, NOTHING, Lead, Sheet, part, points, whole
from crmtui.text import N_, _, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crmtui.method.lessons import Reason
    from crmtui.queries.learning import LearningPage
    from crmtui.queries.learning_sheet import Row

FINDINGS: Final = {
    Fact.NO_DECIDER: N_("no decider known"),
    Fact.NO_ROLE: N_("a role that nobody fills"),
    Fact.BLOCK: N_("a veto against us"),
    Fact.AGAINST: N_("a key person against us"),
    Fact.UNKNOWN_ATTITUDE: N_("a key person of unknown attitude"),
    Fact.FEW_SUPPORTERS: N_("most key people not for us"),
    Fact.RIVAL: N_("a competitor stronger with a key person"),
    Fact.NEVER_MET: N_("a key person never met"),
    Fact.NOT_MET: N_("a key person not met for long"),
    Fact.UNCOVERED: N_("a key person whom nobody of ours looks after"),
    Fact.LEVEL: N_("nobody of ours at the level of a key person"),
    Fact.NAMELESS: N_("somebody without a name"),
    Fact.ONE_PERSON: N_("all contacts with one person"),
    Fact.UNKNOWN_POWER: N_("power that nobody judged"),
    Fact.NO_WIN: N_("no personal win for a key person"),
    Fact.NO_OPPONENT: N_("no opponent found"),
}
LOST: Final = Lead("opportunities", words="stage:lost")
_FACTS: Final = {fact.value: fact for fact in Fact}


def finding(code: str) -> str:
    """A finding in words, by its code; the code itself where it is none of ours."""
    fact = _FACTS.get(code)
    return _(FINDINGS[fact]) if fact else line(code)


def reasons(page: LearningPage) -> Sheet:
    """Why opportunities were won and lost."""
    found = page.reasons
    lost, won = (sum(bool(one.is_won) is which for one in page.closed.values()) for which in (False, True))
    rows = [*_reasons(_("lost"), found.lost), *_reasons(_("won"), found.won)]
    columns = ((_("ended"), False), (_("reason"), False), (_("how many"), True), (_("share"), True))
    terms = []
    if found.silent.count:
        silent = found.silent.count
        told = ngettext("{count} without a reason: ask", "{count} without a reason: ask", silent)
        terms.append((_("missing"), told))
    if not page.closed:
        says = _("nothing was won or lost yet")
    elif found.lost and found.lost[0].share.count == 1:
        says = _("each lost for a reason of its own")
    elif found.lost:
        says = _("lost most for “{reason}”").format(reason=line(found.lost[0].text))
    else:
        says = _("no reason of a loss is written down")
    counts = _("{won} won, {lost} lost").format(won=digits(won), lost=digits(lost))
    return Sheet(
        "reasons", _("won and lost"), f"{won}:{lost}" if page.closed else NOTHING,
        f"{counts}; {says}" if page.closed else says, tuple(terms), columns if rows else (), tuple(rows), LOST,
    )  # fmt: skip


def _reasons(ended: str, found: Sequence[Reason]) -> Iterator[Row]:
    for one in found:
        yield ended, line(one.text), part(one.share), whole(one.share)


def shared(page: LearningPage) -> Sheet:
    """What lost opportunities had in common on their maps."""
    lessons = [one for one in page.shared if one.is_lesson]
    columns = (
        *((_("finding"), False), (_("lost"), True), (_("won"), True), (_("points"), True)),
        (_("says"), False),
    )
    rows = tuple(
        (
            finding(one.code),
            part(one.lost),
            part(one.won),
            points(one.difference),
            _("a lesson") if one.is_lesson else _("may be chance"),
        )
        for one in page.shared
    )
    if lessons:
        says = "; ".join(finding(one.code) for one in lessons[:NAMED])
    elif page.mapped:
        says = ngettext(
            "nothing that chance does not explain, on {count} map",
            "nothing that chance does not explain, on {count} maps",
            page.mapped,
        )
    else:
        says = _("kept from the map when an opportunity is closed; none yet")
    terms = (
        (_("compared"), _("a finding counts where the lost had it more often than the won, 19 times in 20")),
        (_("looked at"), _("{mapped} of {closed} closed opportunities had a map").format(
            mapped=digits(page.mapped), closed=digits(len(page.closed)))),
    )  # fmt: skip
    return Sheet(
        "findings",
        _("findings of lost ones"),
        str(len(lessons)) if page.mapped else NOTHING,
        says,
        terms,
        columns if rows else (),
        rows,
        LOST,
    )
