"""A list of records with all that can be done to them: filter, sort, open, make, change, delete."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, Self, cast

from textual import on
from textual.containers import Vertical
from textual.content import Content

from crmtui.domain.nouns import BY_TABLE
from crmtui.domain.words import Source
from crmtui.queries import lists, records
from crmtui.text import N_, _
from crmtui.tui import actions, rooms, show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.jobs import Jobs
from crmtui.tui.widgets.filter_box import FilterBox
from crmtui.tui.widgets.noun_list import NounList
from crmtui.tui.widgets.noun_source import NounSource
from crmtui.tui.widgets.text_list import TextList
from crmtui.tui.widgets.window_list import WindowList

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from crmtui.domain.fields import Record
    from crmtui.domain.values import Value
    from crmtui.tui.screens.base import RoomScreen
    from crmtui.tui.widgets.window_source import WindowSource


SAVED: Final = Action(
    id="list.filters",
    key="F",
    label=N_("Saved filters"),
    help=N_("Take a filter that you kept, or keep the one in use; choosing the one in use forgets it."),
    does="filters",
    show=False,
)
MERGED: Final = ("account", "person", "competitor", "offering", "actor")  # the kinds of which two can be made one
TWO: Final = 2
MERGE: Final = Action(
    id="list.merge",
    key="M",
    label=N_("Merge"),
    help=N_("See the two marked records side by side, and make one of them."),
    does="merge_marked",
)


class RecordTable(Vertical):
    """A filter above a list.

    Args:
        source: where the rows come from.
        kind: what they are.
        empty: what an empty list says, translated.
        given: fields that a new record has already.
        hint: what can be typed into the filter, translated; empty for what every list understands.
    """

    BINDINGS: ClassVar = bindings(actions.NEW, actions.EDIT, actions.DELETE, SAVED, MERGE)

    def __init__(
        self,
        source: WindowSource,
        kind: type[Record],
        empty: str,
        *,
        given: Mapping[str, Value] | None = None,
        hint: str = "",
        id: str | None = None,  # noqa: A002 - the name that every widget of Textual has
    ) -> None:
        super().__init__(id=id)
        self.kind = kind
        self.given = dict(given or {})
        told = Content.styled(empty, show.MUTED)
        self.list = (
            NounList(source, told) if isinstance(source, NounSource) else TextList(source, told, _(kind.noun.many))
        )
        self._filter = FilterBox(self.list, hint)
        self._jobs = Jobs(self)
        self._is_empty = True

    def compose(self) -> ComposeResult:
        """The filter and the list."""
        yield self._filter
        yield self.list

    @property
    def room(self) -> RoomScreen:
        """The screen that it is on."""
        return cast("RoomScreen", self.screen)

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

    @on(WindowList.SortRequested)
    def _sort(self, event: WindowList.SortRequested) -> None:
        self.list.set_sort(event.sort)

    @on(WindowList.Opened)
    def _open(self, event: WindowList.Opened) -> None:
        """Open the record's page, or its form where it has none."""
        event.stop()
        if self.kind.noun.table in rooms.PAGES:
            self.room.crm.open_record(self.kind.noun.table, event.key)
        else:
            self.action_edit()

    @on(WindowList.Highlighted)
    def _highlighted(self, event: WindowList.Highlighted) -> None:
        """What can be done changes when the list becomes empty, or is no longer."""
        if (event.key is None) != self._is_empty:
            self._is_empty = event.key is None
            self.refresh_bindings()

    @on(WindowList.Marked)
    def _marked(self) -> None:
        """Two can be merged."""
        if self.kind.noun.table in MERGED:
            self.refresh_bindings()

    # Filters

    def action_filters(self) -> None:
        """Take a kept filter, keep the one in use, or forget it."""
        from crmtui.tui import saved_filters
        from crmtui.tui.screens.choose import ChooseScreen, Found

        name, now = self.id or self.kind.noun.table, self.list.words

        def find(words: str) -> list[Found[str]]:
            kept = [one for one in saved_filters.of(name) if words.casefold() in one.casefold()]
            return [Found(one, one, _("in use; choosing it forgets it") if one == now else "") for one in kept]

        def keep(words: str) -> Found[str]:
            saved_filters.keep(name, words)
            return Found(words, words)

        def chosen(found: Found[str] | None) -> None:
            if found is None:
                return
            if found.detail:
                saved_filters.forget(name, found.key)
                self.room.crm.tell(_("This filter is forgotten: {words}").format(words=found.key))
            else:
                self._filter.show_words(found.key)

        self.app.push_screen(ChooseScreen(_("Saved filters"), find, create=keep, words=now), chosen)

    # Changing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs a record is not offered without one."""
        if action in ("edit", "delete"):
            return self.list.current is not None
        if action == "merge_marked":
            return self.kind.noun.table in MERGED and len(self.list.marks) == TWO
        return super().check_action(action, parameters)

    def action_new(self) -> None:
        """Fill in the form of a new record, and go to it."""
        from crmtui.tui.screens import forms

        self.room.edit(forms.adding(self.room, self.kind, self.given), self.list.goto)

    def action_edit(self) -> None:
        """Fill in the form of the record under the cursor."""
        if self.list.current is not None:
            work = partial(records.get, self.room.workspace, self.kind, self.list.current)
            self._jobs.run("edit", work, on_done=self._edit)

    def _edit(self, record: Record) -> None:
        from crmtui.tui.screens import forms

        forms.edit(self.room, record)

    def action_merge_marked(self) -> None:
        """See the two that are marked side by side; the older one stays until they are swapped."""
        from crmtui.tui.screens.merging import MergeScreen

        first, second = sorted(self.list.marks)
        self.app.push_screen(MergeScreen(self.kind.noun.table, (first, second)))

    def action_delete(self) -> None:
        """Delete the marked records, or the one under the cursor."""
        from crmtui.commands import records as commands

        if keys := sorted(self.list.chosen):
            work = partial(commands.delete, self.room.workspace, self.kind, keys, Source.TUI)
            self.room.change(
                work, on_done=lambda gone: self.room.crm.tell(commands.said(gone)), repeat=self.action_delete
            )


def of_noun(
    room: RoomScreen,
    noun: str,
    empty: str,
    *,
    account_id: int | None = None,
    keys: tuple[str, ...] = (),
    hint: str = "",
) -> RecordTable:
    """The table of a noun.

    Args:
        room: the screen that it will be on.
        noun: which list, as `queries.lists.NOUNS` names it.
        empty: what it says when there is nothing, translated.
        account_id: only the records of an account, new ones among them.
        keys: the columns; all when empty.
        hint: what can be typed into the filter, translated.
    """
    only = "" if account_id is None else f"account_id:{account_id}"
    given = {} if account_id is None else {"account_id": account_id}
    source = NounSource(room.workspace, noun, lambda: room.crm.today, only, keys)
    return RecordTable(source, BY_TABLE[lists.table_of(noun)], empty, given=given, hint=hint, id=noun)
