"""Judging the power, the attitude or the relationship of a stakeholder in a few keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.containers import Horizontal
from textual.widgets import Static

from crmtui.domain.dmu import Stakeholder
from crmtui.domain.fields import specs
from crmtui.domain.words import Basis
from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.screens.dialog import Dialog
from crmtui.tui.screens.guiding import GUIDE, GuideScreen
from crmtui.tui.widgets.dmu_foretold import of_stakeholder
from crmtui.tui.widgets.line_input import LineInput
from crmtui.tui.widgets.options import Item, Options, unknown

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from crmtui.queries.dmu import DmuPage, Sheet

_SPECS: Final = specs(Stakeholder)


@dataclass(frozen=True, slots=True)
class Graded:
    """What was judged.

    Attributes:
        value: the grade; None for unknown.
        basis: assumed or confirmed.
        according_to: who says so.
    """

    value: int | None
    basis: Basis = Basis.ASSUMED
    according_to: str = ""


class GradeScreen(Dialog[Graded]):
    """A grade, whether it is confirmed, and who says so; dismissed with them, or with None when the user went back.

    The grade that stands is chosen at first; a digit or a first letter chooses another one. Who said so before is
    not taken for whoever says so now, unless the grade stays.

    Args:
        page: the map, whose figures the grade would move.
        sheet: of whom.
        field: what is judged: power, attitude or relationship.
    """

    HELP = N_("Choose a grade by its number, its first letter or the arrows; enter keeps it, as of today.")
    BINDINGS: ClassVar = bindings(
        Action(id="grade.keep", key="enter,ctrl+s", label=N_("Judge"), does="keep", priority=True),
        GUIDE,
    )
    DEFAULT_CSS = """
    GradeScreen {
        & Horizontal { height: auto; margin-top: 1; }
        & .grade--label { width: 14; color: $foreground 60%; }
        & #foretold { height: 1; margin-top: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    def __init__(self, page: DmuPage, sheet: Sheet, field: str) -> None:
        super().__init__(f"{_(_SPECS[field].label)}: {sheet.name}")
        self._who = sheet.name
        stakeholder = sheet.stakeholder
        self._names = _SPECS[field].names
        self._field = field
        self._foretold = of_stakeholder(page, sheet.key)
        self._value: int | None = getattr(stakeholder, field)
        self._basis: Basis = getattr(stakeholder, f"{field}_basis")
        self._source: str = getattr(stakeholder, f"{field}_source")

    def compose_box(self) -> ComposeResult:
        """The grades, then what they rest on."""
        grades = [unknown(), *(Item(str(grade), self._word(grade)) for grade in sorted(self._names))]
        yield Options(grades, ["" if self._value is None else str(self._value)], id="grade")
        with Horizontal():
            yield Static(_("this is"), classes="grade--label")
            yield Options([Item(word.value, _(word.label)) for word in Basis], [self._basis.value], id="basis")
        with Horizontal():
            yield Static(_("according to"), classes="grade--label")
            yield LineInput(self._source, id="source")
        yield Static(id="foretold")

    def on_mount(self) -> None:
        """Tell what the grade that stands does."""
        self._foretell()

    def _foretell(self) -> None:
        self.query_one("#foretold", Static).update(self._foretold({self._field: self.value}))

    def _word(self, grade: int) -> str:
        return (
            f"{grade:+d} {_(self._names[grade])}"
            if grade and min(self._names) < 0
            else (f"{grade} {_(self._names[grade])}")
        )

    def on_options_changed(self, event: Options.Changed) -> None:
        """Another grade is a new judgement: assumed, and nobody's, until said otherwise."""
        event.stop()
        if event.options.id == "grade":
            stays = self.value == self._value
            self.query_one("#basis", Options).choose([self._basis.value if stays else Basis.ASSUMED.value])
            self.query_one("#source", LineInput).value = self._source if stays else ""
            self._foretell()

    @property
    def value(self) -> int | None:
        """The grade that is chosen."""
        chosen = self.query_one("#grade", Options).values
        return int(chosen[0]) if chosen and chosen[0] else None

    @property
    def has_typed(self) -> bool:
        """Whether somebody else was named, who says so; a grade is chosen again in one key."""
        typed = self.query_one("#source", LineInput)
        return typed.value not in ("", typed.begun)

    def action_guide(self) -> None:
        """Arrive at the grade by questions."""
        self.app.push_screen(GuideScreen(self._who, (self._field,), self._foretold), self._guided)

    def _guided(self, arrived: dict[str, Any] | None) -> None:
        if arrived is not None:
            grade = arrived[self._field]
            self.query_one("#grade", Options).choose(["" if grade is None else str(grade)])

    def action_keep(self) -> None:
        """Close with what is chosen."""
        basis = Basis.CONFIRMED if "confirmed" in self.query_one("#basis", Options).values else Basis.ASSUMED
        self.dismiss(Graded(self.value, basis, show.label(self.query_one("#source", LineInput).value).plain))
