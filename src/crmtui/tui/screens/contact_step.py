"""What became of a contact, in one line: its outcome, or the day that it moves to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Label, Static

from crmtui.domain.dates import parse_day
from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.screens.dialog import Dialog
from crmtui.tui.widgets.line_input import LineInput

if TYPE_CHECKING:
    import datetime as dt

    from textual.app import ComposeResult

    from crmtui.tui.app import CrmtuiApp


@dataclass(frozen=True, slots=True)
class Step:
    """What the user said.

    Attributes:
        outcome: what came of it; '' where that was not asked, or nothing was said.
        day: when it happened, or is to happen; None for the usual day.
        typed: the day as it was typed, to show it again.
    """

    outcome: str = ""
    day: dt.date | None = None
    typed: str = ""


class StepScreen(Dialog[Step]):
    """Asks for one line and a day; enter takes both. Dismissed with a `Step`, or None when the user went back.

    Args:
        title: what is done, translated.
        about: the contacts that it is done to.
        before: what stands in the lines at first.
        asks_outcome: whether the outcome is asked; else the day alone.
        wrong: why it was not taken before; '' at first.
    """

    HELP = N_("Enter takes it. Days are written 2026-03-31, +2w, fri or tomorrow.")
    BINDINGS: ClassVar = bindings(
        Action(id="step.take", key="enter,ctrl+s", label=N_("Save"), does="take", priority=True),
        Action(id="step.next", key="down", label=N_("Next field"), does="app.focus_next", show=False),
        Action(id="step.previous", key="up", label=N_("Previous field"), does="app.focus_previous", show=False),
    )
    DEFAULT_CSS = """
    StepScreen {
        & #about { color: $foreground 60%; height: auto; max-height: 6; margin-bottom: 1; }
        & #about { text-wrap: nowrap; text-overflow: ellipsis; }
        & Horizontal { height: 1; }
        & Label { width: 12; color: $foreground 60%; }
        & LineInput { width: 1fr; }
        & #day { width: 24; }
        & #read { width: 1fr; padding-left: 1; color: $foreground 60%; }
        & #wrong { color: $text-error; height: auto; max-height: 6; }
    }
    """

    def __init__(self, title: str, about: Content, before: Step, *, asks_outcome: bool, wrong: str = "") -> None:
        super().__init__(title)
        self._about = about
        self._before = before
        self._asks_outcome = asks_outcome
        self._wrong = wrong

    def compose_box(self) -> ComposeResult:
        """The lines, and what the day was read as."""
        yield Static(self._about, id="about")
        if self._asks_outcome:
            with Horizontal():
                yield Label(_("Outcome"))
                yield LineInput(self._before.outcome, placeholder=_("what came of it, in a line"), id="outcome")
        with Horizontal():
            yield Label(_("On") if self._asks_outcome else _("To"))
            yield LineInput(self._before.typed, placeholder=self._placeholder, id="day")
            yield Static(id="read")
        yield Static(show.block(self._wrong), id="wrong")

    def on_mount(self) -> None:
        """Type into the first line, and read the day that stands there."""
        self.query(LineInput).first().focus()
        self._read()

    @property
    def _placeholder(self) -> str:
        return _("its own day") if self._asks_outcome else _("+2w, fri, 2026-03-31")

    @property
    def _today(self) -> dt.date:
        return cast("CrmtuiApp", self.app).today

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say which day was typed."""
        event.stop()
        self._read()

    def _read(self) -> None:
        self.query_one("#wrong", Static).update(show.block(self._wrong))
        read = self.query_one("#read", Static)
        try:
            read.update(show.full_date(self._day()) if self._typed("day") else Content())
        except ValueError:
            read.update(Content())

    def _typed(self, name: str) -> str:
        return next((line.value.strip() for line in self.query(LineInput) if line.id == name), "")

    @property
    def has_typed(self) -> bool:
        """Whether the lines are no longer as they were, or hold what was not taken before."""
        return bool(self._wrong) or any(line.value != line.begun for line in self.query(LineInput))

    def _day(self) -> dt.date | None:
        typed = self._typed("day")
        return parse_day(typed, self._today) if typed else None

    def action_take(self) -> None:
        """Give what was typed, if the day is one."""
        try:
            day = self._day()
        except ValueError as error:
            self._refuse(str(error))
            return
        if day is None and not self._asks_outcome:
            self._refuse(_("To which day?"))
        else:
            self.dismiss(Step(self._typed("outcome"), day, self._typed("day")))

    def _refuse(self, sentence: str) -> None:
        self._wrong = sentence
        self.query_one("#wrong", Static).update(show.block(sentence))
        self.query_one("#day").focus()
