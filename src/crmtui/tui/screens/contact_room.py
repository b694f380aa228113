"""What can be done to contacts, the same wherever they are shown."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.content import Content

from crmtui.domain.words import ContactStatus, Source
from crmtui.text import N_, NP_, _, ngettext
from crmtui.tui import actions, show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.screens.base import RoomScreen
from crmtui.tui.screens.contact_about import NOTHING
from crmtui.tui.widgets import contact_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from crmtui.errors import CrmtuiError
    from crmtui.queries.contacts import Entry
    from crmtui.tui.screens.contact_about import About
    from crmtui.tui.screens.contact_step import Step

DONE: Final = Action(
    id="contact.done",
    key="x",
    label=N_("Mark done"),
    does="finish",
    help=N_("Say that it happened, and what came of it."),
)
MOVE: Final = Action(id="contact.move", key="m", label=N_("Move"), does="move", help=N_("Put it on another day."))
PLAN: Final = Action(id="contact.plan", key="n", label=NP_("action", "Plan"), does="plan", help=N_("Plan a contact."))
CANCEL: Final = Action(
    id="contact.cancel", key="X", label=N_("Call off"), does="cancel", help=N_("Call the contact off."), show=False
)
REOPEN: Final = Action(
    id="contact.reopen",
    key="r",
    label=N_("Plan again"),
    does="reopen",
    help=N_("Plan a contact again that was done or called off."),
    show=False,
)
MOST_TOLD: Final = 5


class ContactRoom(RoomScreen):
    """A screen with contacts on it. It says which are chosen and what a new one would be about."""

    BINDINGS: ClassVar = bindings(DONE, MOVE, actions.CONTACT, PLAN, actions.EDIT, CANCEL, REOPEN, actions.DELETE)

    @property
    def chosen(self) -> Sequence[Entry]:
        """The marked contacts, else the one under the cursor."""
        return ()

    @property
    def about(self) -> About:
        """What a new contact would be about."""
        return NOTHING

    def unmark(self) -> None:
        """Take all marks away: what was asked has been done to them."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What does not fit the chosen contacts is not offered."""
        if action in ("finish", "move", "cancel"):
            return bool(self._unfinished) and all(entry.status is not ContactStatus.DONE for entry in self.chosen)
        if action == "reopen":
            return bool(self.chosen) and not any(entry.is_open for entry in self.chosen)
        if action == "edit":
            return len(self.chosen) == 1
        if action == "delete":
            return bool(self.chosen)
        return super().check_action(action, parameters)

    @property
    def _unfinished(self) -> list[Entry]:
        return [entry for entry in self.chosen if entry.is_open]

    # New ones, and all of one

    def action_plan(self) -> None:
        """Plan a contact."""
        from crmtui.tui.screens import contact

        contact.plan(self, self.about)

    def action_contact(self) -> None:
        """Write down a contact that happened."""
        from crmtui.tui.screens import contact

        contact.log(self, self.about)

    def action_edit(self) -> None:
        """Change the contact."""
        from crmtui.tui.screens import contact

        contact.edit(self, self.chosen[0].id)

    # What became of them

    def action_finish(self) -> None:
        """Ask for the outcome, then mark as done."""
        self._ask(_("Done"), self._finish, asks_outcome=True)

    def action_move(self) -> None:
        """Ask for the day, then move."""
        self._ask(_("Move"), self._move, asks_outcome=False)

    def _ask(
        self,
        title: str,
        then: Callable[[Sequence[Entry], Step], None],
        *,
        asks_outcome: bool,
        again: tuple[Sequence[Entry], Step, str] | None = None,
    ) -> None:
        from crmtui.tui.screens.contact_step import StepScreen

        entries, before, wrong = again or (tuple(self.chosen), self._usual(asks_outcome=asks_outcome), "")
        screen = StepScreen(title, _told(entries, self.crm.today), before, asks_outcome=asks_outcome, wrong=wrong)
        self.app.push_screen(screen, lambda step: then(entries, step) if step is not None else None)

    def _usual(self, *, asks_outcome: bool) -> Step:
        """The day a single contact most likely happened on; none for several, nor for a move."""
        from crmtui.commands import contacts
        from crmtui.tui.screens.contact_step import Step

        if not asks_outcome or len(self.chosen) != 1:
            return Step()
        day = contacts.day_of(self.chosen[0], self.crm.today)
        return Step(outcome=self.chosen[0].outcome.partition("\n")[0], day=day, typed=day.isoformat())

    def _finish(self, entries: Sequence[Entry], step: Step) -> None:
        from crmtui.commands import contacts
        from crmtui.tui.screens.contact_step import Step

        keys = [entry.id for entry in entries]
        now = dt.datetime.now(dt.UTC)
        work = partial(contacts.done, self.workspace, keys, _whole(entries, step), Source.TUI, now, day=step.day)
        again = partial(self._ask, _("Done"), self._finish, asks_outcome=True)
        self._do(
            work, lambda: self._finish(tuple(self.chosen), Step(step.outcome)), partial(_retry, again, entries, step)
        )

    def _move(self, entries: Sequence[Entry], step: Step) -> None:
        from crmtui.commands import contacts

        if step.day is None:
            return
        work = partial(contacts.move, self.workspace, [entry.id for entry in entries], step.day, Source.TUI)
        again = partial(self._ask, _("Move"), self._move, asks_outcome=False)
        self._do(work, lambda: self._move(tuple(self.chosen), step), partial(_retry, again, entries, step))

    def _do(
        self,
        work: Callable[[], None],
        repeat: Callable[[], None],
        on_failed: Callable[[CrmtuiError], None] | None = None,
    ) -> None:
        self.change(work, on_done=lambda _done: self.unmark(), on_failed=on_failed, repeat=repeat)

    def action_cancel(self) -> None:
        """Call the contacts off."""
        from crmtui.commands import contacts

        keys = [entry.id for entry in self.chosen]
        self._do(partial(contacts.cancel, self.workspace, keys, Source.TUI), self.action_cancel)

    def action_reopen(self) -> None:
        """Plan the contacts again."""
        from crmtui.commands import contacts

        keys = [entry.id for entry in self.chosen]
        self._do(partial(contacts.reopen, self.workspace, keys, Source.TUI), self.action_reopen)

    def action_delete(self) -> None:
        """Delete the contacts; undo brings them back."""
        from crmtui.commands import records
        from crmtui.domain.plans import Contact

        keys = [entry.id for entry in self.chosen]
        work = partial(records.delete, self.workspace, Contact, keys, Source.TUI)
        self.change(work, on_done=lambda deleted: self.crm.tell(records.said(deleted)), repeat=self.action_delete)


def _retry(again: Callable[..., None], entries: Sequence[Entry], step: Step, error: CrmtuiError) -> None:
    """Ask once more, with what was typed and why it was not taken."""
    again(again=(entries, step, str(error)))


def _whole(entries: Sequence[Entry], step: Step) -> str:
    """The outcome with the lines that were not shown, where the contact had some already."""
    rest = entries[0].outcome.partition("\n")[2] if len(entries) == 1 else ""
    return f"{step.outcome}\n{rest}" if step.outcome and rest else step.outcome


def _told(entries: Sequence[Entry], today: dt.date) -> Content:
    """The contacts a question is about, a line each."""
    lines = [contact_lines.brief(entry, today) for entry in entries[:MOST_TOLD]]
    if more := len(entries) - len(lines):
        lines.append(Content.styled(ngettext("and {count} more", "and {count} more", more), show.MUTED))
    return Content("\n").join(lines)
