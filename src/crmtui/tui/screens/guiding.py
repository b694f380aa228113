"""Help me choose: short questions, one after the other, that arrive at a judgement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from crmtui.domain import values
from crmtui.domain.dmu import Stakeholder
from crmtui.domain.fields import specs
from crmtui.method.guide import walk
from crmtui.text import N_, _
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult

    from crmtui.method.guide import Walk
    from crmtui.tui.widgets.dmu_foretold import Foretold

GUIDE: Final = Action(
    id="dmu.guide",
    key="f2",
    label=N_("Help me choose"),
    does="guide",
    help=N_("Answer a few short questions that arrive at a judgement."),
    priority=True,
)
DIGITS: Final = "123456789"
_SPECS: Final = specs(Stakeholder)


class GuideScreen(Dialog["dict[str, Any]"]):
    """A walk through questions about somebody; dismissed with the fields arrived at, or None when the user went back.

    Args:
        name: of whom, shown as text.
        fields: what is asked for, in this order.
        foretell: what the fields arrived at would do, told before they are kept.
    """

    HELP = N_("Answer by the number or the arrows and enter; backspace takes the last answer back.")
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar = bindings(
        Action(id="guide.take", key="enter", label=N_("Answer"), does="take", priority=True),
        Action(id="guide.back", key="backspace", label=N_("Last question"), does="back"),
    )
    DEFAULT_CSS = """
    GuideScreen {
        & #question { text-style: bold; margin-bottom: 1; height: auto; }
        & OptionList { height: auto; max-height: 12; border: none; padding: 0; background: transparent; }
        & OptionList:focus { border: none; }
        & #arrived { height: auto; margin-top: 1; }
        & #foretold { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    }
    """

    def __init__(self, name: str, fields: Sequence[str], foretell: Foretold) -> None:
        super().__init__(_("Help me choose: {name}").format(name=name))
        self._fields = fields
        self._foretell = foretell
        self._answers: list[int] = []

    def compose_box(self) -> ComposeResult:
        """The question, its answers, and what was arrived at."""
        yield Static(id="question", markup=False)
        yield OptionList(markup=False)
        yield Static(id="arrived", markup=False)
        yield Static(id="foretold", markup=False)

    def on_mount(self) -> None:
        """Ask the first question."""
        self._ask()

    @property
    def walked(self) -> Walk:
        """How far it has come."""
        return walk(self._fields, self._answers)

    def _ask(self) -> None:
        now = self.walked
        options = self.query_one(OptionList)
        options.clear_options()
        if now.question:
            self.query_one("#question", Static).update(Content(_(now.question.text)))
            options.add_options(
                [Option(f"{number} {_(reply.label)}") for number, reply in enumerate(now.question.replies, 1)]
            )
        else:
            self.query_one("#question", Static).update(Content(_("So it would be:")))
            options.add_option(Option(_("keep it")))
        options.highlighted = 0
        self.query_one("#arrived", Static).update(_told(now.arrived))
        self.query_one("#foretold", Static).update(self._foretell(now.arrived))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a question to go back to only after the first answer."""
        return bool(self._answers) if action == "back" else super().check_action(action, parameters)

    def on_key(self, event: Any) -> None:  # noqa: ANN401 - Textual's key event
        """A digit answers."""
        if event.character and event.character in DIGITS and (question := self.walked.question):
            event.stop()
            number = int(event.character) - 1
            if number < len(question.replies):
                self._answer(number)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """An answer was clicked."""
        event.stop()
        self._answer(event.option_index)

    def action_take(self) -> None:
        """Take the answer under the cursor."""
        self._answer(self.query_one(OptionList).highlighted or 0)

    def action_back(self) -> None:
        """Ask the last question again."""
        self._answers.pop()
        self._ask()

    def _answer(self, number: int) -> None:
        if self.walked.question is None:
            self.dismiss(dict(self.walked.arrived))
            return
        self._answers.append(number)
        self._ask()


def _told(arrived: Mapping[str, Any]) -> Content:
    """`roles: decider · power: 4 decisive`."""
    parts = []
    for field, value in arrived.items():
        spec = _SPECS[field]
        said = show.unknown() if value is None or value == () else Content(values.label(spec, value))
        parts.append(Content.assemble((f"{_(spec.label).lower()} ", show.MUTED), said))
    return Content(" · ").join(parts)
