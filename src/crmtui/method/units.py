"""What the effort of a period is counted and divided in: hours, or whole contacts (method.md section 4).

The one definition of a unit. What a contact takes of the capacity follows from it, and so do labels, columns, plots and
sentences wherever a territory is told.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from crmtui.domain.words import EffortUnit
from crmtui.method.territory_plan import Note, Why
from crmtui.text import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmtui.method.territory_plan import Line, Plan

__all__ = ["CONTACTS", "HOURS", "UNITS", "EffortUnit", "Unit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit of effort, and how it is spoken of; all texts are still to be translated.

    Attributes:
        word: which.
        label: the heading of figures in it.
        today: the heading of those of today.
        more: what one more of it is called, as a heading.
        one_more: the same within a line.
        one_fewer: what one fewer is called.
        figures: a plan in a line.
        nothing_known: what is said of a plan in which nothing can be weighed.
        nobody: what is said where there is no account.
        curve: the title of the gain curve.
        too_few: what is said where minimums and pins take more than there is.
        impossible: what is said of a capacity that cannot be.
        reasons: why an account gets what it gets, where the unit matters.
        notes: what has to be said of a plan, likewise.
    """

    word: EffortUnit
    label: str
    today: str
    more: str
    one_more: str
    one_fewer: str
    figures: str
    nothing_known: str
    nobody: str
    curve: str
    too_few: str
    impossible: str
    reasons: Mapping[Why, str] = field(default_factory=dict)
    notes: Mapping[Note, str] = field(default_factory=dict)

    @property
    def is_contacts(self) -> bool:
        """Whether effort is divided in whole contacts: then hours only cost, and trips take none of the capacity."""
        return self.word is EffortUnit.CONTACTS

    def now(self, line: Line) -> float:
        """What an account gets today."""
        return line.today if self.is_contacts else line.hours_today

    def proposed(self, line: Line) -> float:
        """What it gets in the plan."""
        return line.proposed if self.is_contacts else line.hours

    def used_today(self, plan: Plan) -> float:
        """What today's effort takes of the capacity."""
        return sum(line.today for line in plan.lines) if self.is_contacts else plan.hours_today

    def used(self, plan: Plan) -> float:
        """What the plan takes of the capacity."""
        return sum(line.proposed for line in plan.lines) if self.is_contacts else plan.hours

    def reason(self, why: Why) -> str:
        """Why an account gets what it gets."""
        return self.reasons.get(why, why.label)

    def note(self, note: Note) -> str:
        """What has to be said of a plan."""
        return self.notes.get(note, note.label)


HOURS: Final = Unit(
    word=EffortUnit.HOURS,
    label=N_("Hours"),
    today=N_("Hours today"),
    more=N_("One hour more"),
    one_more=N_("one hour more"),
    one_fewer=N_("one hour less"),
    figures=N_("{used} of {capacity} h · gain {gain} ({band}) · one hour more brings {more}"),
    nothing_known=N_(
        "no hours to share out yet: of no account it is known what it buys, with what margin, and what effort it gets"
    ),
    nobody=N_("There is no account to share hours out to."),
    curve=N_("Gain over the hours there are"),
    too_few=N_(
        "minimums, pins, accounts that stay as today and their trips take {needed} hours, and there are {capacity}: "
        "lower a minimum or a pin, or give more hours"
    ),
    impossible=N_("there cannot be {value:g} hours: give 0 or more"),
    reasons={
        Why.EVEN: N_("one hour more would bring less here than elsewhere, or than it costs; one fewer would lose more"),
        Why.WHOLE: N_("kept as today, down to whole hours: nobody has said what it buys, with what margin and effort"),
    },
)
CONTACTS: Final = Unit(
    word=EffortUnit.CONTACTS,
    label=N_("Contacts"),
    today=N_("Contacts today"),
    more=N_("One contact more"),
    one_more=N_("one contact more"),
    one_fewer=N_("one contact fewer"),
    figures=N_("{used} of {capacity} contacts · gain {gain} ({band}) · one more brings {more}"),
    nothing_known=N_(
        "no contacts to share out yet: of no account it is known what it buys, with what margin, and what effort it "
        "gets"
    ),
    nobody=N_("There is no account to share contacts out to."),
    curve=N_("Gain over the contacts there are"),
    too_few=N_(
        "minimums, pins and accounts that stay as today take {needed} contacts, and there are {capacity}: lower a "
        "minimum or a pin, or give more contacts"
    ),
    impossible=N_("there cannot be {value:g} contacts: give 0 or more"),
    reasons={
        Why.EVEN: N_(
            "one contact more would bring less here than elsewhere, or than it costs; one fewer would lose more"
        ),
        Why.LEAST: N_("nothing that it could get would bring as much as its contacts bring elsewhere, or cost"),
        Why.AWAY: N_("what its area would bring is less than the trip costs, and its contacts bring elsewhere"),
    },
    notes={
        Note.NO_HOURS: N_("There are no contacts to share out: nobody gets more than nothing."),
        Note.TODAY_OVER: N_("Today's effort takes more contacts than there are: part of the plan is to do less."),
        Note.LEFT_OVER: N_("There are more contacts than these accounts may get, or are worth."),
    },
)
UNITS: Final[Mapping[EffortUnit, Unit]] = {one.word: one for one in (HOURS, CONTACTS)}
