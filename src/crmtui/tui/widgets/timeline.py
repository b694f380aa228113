"""Everything that happened with an account or a person, as a list, with notes that can be added."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, Self, cast

from textual import on
from textual.containers import Vertical
from textual.content import Content

from crmtui.domain.accounts import Note
from crmtui.domain.action_plan import PlanAction
from crmtui.domain.plans import Contact
from crmtui.domain.words import Source
from crmtui.queries import accounts as queries, contacts, records
from crmtui.queries.accounts import EventKind, Subject
from crmtui.text import N_, _
from crmtui.tui import actions, rooms, show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.jobs import Jobs
from crmtui.tui.screens.why import WhyScreen
from crmtui.tui.widgets import contact_lines
from crmtui.tui.widgets.filter_box import FilterBox
from crmtui.tui.widgets.text_list import TextList
from crmtui.tui.widgets.timeline_source import TimelineSource
from crmtui.tui.widgets.window_list import WindowList

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from crmtui.domain.fields import Record
    from crmtui.queries.accounts import Event
    from crmtui.queries.contacts import Entry
    from crmtui.tui.screens.base import RoomScreen

NEW_NOTE: Final = Action(id="timeline.new", key="n", label=N_("Note"), help=N_("Write a note."))
KINDS: Final = Action(
    id="timeline.kinds", key="f", label=N_("Kind"), help=N_("Show only contacts, only notes, and so on, in turn.")
)
SEE: Final = Action(
    id="timeline.see",
    key="w",
    label=N_("In full"),
    does="see",
    help=N_("Read the contact under the cursor in full, also what came with a file and has no field of its own."),
)
_EDITED: Final = {EventKind.NOTE: Note, EventKind.CONTACT: Contact, EventKind.ACTION: PlanAction}
_OPENED: Final = {
    EventKind.STAGE: "opportunity",
    EventKind.SCORECARD: "opportunity",
    EventKind.ORDER: "sales_order",
}


class Timeline(Vertical):
    """What happened and is to happen, newest first.

    Args:
        room: the screen that it will be on.
        subject: whose.
    """

    HELP = N_("Everything that happened, newest first, with what is planned on top. F shows one kind at a time.")
    BINDINGS: ClassVar = bindings(NEW_NOTE, actions.EDIT, actions.DELETE, SEE, KINDS)
    DEFAULT_CSS = """
    Timeline > .timeline--kind { height: 1; color: $foreground 60%; }
    """

    def __init__(self, room: RoomScreen, subject: Subject, *, id: str = "timeline") -> None:  # noqa: A002 - the name that every widget of Textual has
        super().__init__(id=id)
        self._source = TimelineSource(room.workspace, subject, lambda: room.crm.today)
        empty = _(
            "Nothing has happened yet. n writes a note; contacts, orders and changes of stage show up by themselves."
        )
        told = Content.styled(empty, show.MUTED)
        self.list = TextList(self._source, told, _("Timeline"), read=self._source.written)
        self._filter = FilterBox(self.list, _("words of a message, an outcome, a note"))
        self._jobs = Jobs(self)

    def compose(self) -> ComposeResult:
        """The filter and the list."""
        yield self._filter
        yield self.list

    @property
    def room(self) -> RoomScreen:
        """The screen that it is on."""
        return cast("RoomScreen", self.screen)

    @property
    def kinds(self) -> tuple[EventKind, ...]:
        """The kinds that are shown; empty for all."""
        return self._source.kinds

    def focus(self, scroll_visible: bool = True) -> Self:
        """Put the focus on the list."""
        self.list.focus(scroll_visible)
        return self

    def reload(self) -> None:
        """Read again."""
        self.list.reload()

    def open_filter(self) -> None:
        """Type into the filter."""
        self._filter.open()

    def action_kinds(self) -> None:
        """Show the next kind alone; after the last one all of them."""
        kinds = queries.kinds_of(self._source.subject)
        at = kinds.index(self.kinds[0]) + 1 if self.kinds else 0
        shown = kinds[at : at + 1]
        subject, path = self._source.subject, self._source.path
        self._source = TimelineSource(path, subject, self._source.today, shown)
        self.list.set_source(self._source)
        self.room.say(_("only: {kind}").format(kind=_(shown[0].label)) if shown else _("all kinds"))

    # Records

    @on(WindowList.Highlighted)
    def _highlighted(self) -> None:
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done to this event is offered."""
        if action in ("edit", "delete"):
            return self.list.current is not None and queries.kind_of(self.list.current) in _EDITED
        if action == "see":
            return self.list.current is not None and queries.kind_of(self.list.current) is EventKind.CONTACT
        return super().check_action(action, parameters)

    def _with_event(self, then: Callable[[Event], None]) -> None:
        key = self.list.current
        if key is None:
            return

        def done(found: dict[int, Event]) -> None:
            if key in found:
                then(found[key])

        self._jobs.run("event", partial(queries.event_rows, self.room.workspace, [key]), on_done=done)

    @on(WindowList.Opened)
    def _open(self, event: WindowList.Opened) -> None:
        event.stop()
        self._with_event(self._open_event)

    def _open_event(self, event: Event) -> None:
        table = _OPENED.get(event.kind, "")
        if table in rooms.PAGES:
            key = event.opportunity_id if table == "opportunity" else event.record_id
            if key is not None:
                self.room.crm.open_record(table, key)
        elif event.kind in _EDITED:
            self._edit_event(event)

    def action_edit(self) -> None:
        """Change the note or the contact under the cursor."""
        self._with_event(self._edit_event)

    def _edit_event(self, event: Event) -> None:
        from crmtui.tui.screens import contact, forms

        if event.kind is EventKind.CONTACT:
            contact.edit(self.room, event.record_id)
            return
        work = partial(records.get, self.room.workspace, _EDITED[event.kind], event.record_id)

        def done(record: Record) -> None:
            forms.edit(self.room, record)

        self._jobs.run("edit", work, on_done=done)

    def action_see(self) -> None:
        """Read the contact under the cursor in full."""
        self._with_event(self._see_event)

    def _see_event(self, event: Event) -> None:
        def done(entry: Entry) -> None:
            self.app.push_screen(WhyScreen(_("Contact"), contact_lines.full(entry, self.room.crm.today)))

        self._jobs.run("see", partial(contacts.entry, self.room.workspace, event.record_id), on_done=done)

    def action_delete(self) -> None:
        """Delete the note or the contact under the cursor."""
        self._with_event(self._delete_event)

    def _delete_event(self, event: Event) -> None:
        from crmtui.commands import records as commands

        kind = _EDITED[event.kind]
        work = partial(commands.delete, self.room.workspace, kind, [event.record_id], Source.TUI)
        self.room.change(work, on_done=lambda gone: self.room.crm.tell(commands.said(gone)))

    def action_new(self) -> None:
        """Write a note."""
        from crmtui.tui.screens import forms

        subject = self._source.subject
        self.room.edit(forms.adding(self.room, Note, {f"{subject.table}_id": subject.key}))
