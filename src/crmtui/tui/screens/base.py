"""What every room and page is made of, and how to write one.

A room is a screen under a number key; a page shows one record and is put on top of what was there, so that
escape goes back to the same row and scroll. Both say:

    class AccountsScreen(RoomScreen):
        ROOM = "accounts"                                   # the tab that is lit
        HELP = N_("All customers. ...")                     # what `?` says of the screen
        BINDINGS = bindings(actions.NEW, actions.EDIT, Action(id="accounts.merge", key="m", label=N_("Merge")))

        def compose_body(self) -> ComposeResult:            # panes; a SidePane folds below 100 columns
            yield Pane(FilterBox(self._list), self._list, title=_("Accounts"))
            yield side(Told(), _("Preview"))

        def reload(self) -> None:                           # read everything again, the cursor stays
            self._list.reload()

        def action_new(self) -> None:
            self.edit(form.adding(self.workspace, Account), on_saved=self._list.go_to)

- `begin` is called when the workspace can be read: as `reload`, but for widgets that read by themselves (WindowList).
- `reload` is called when anybody has changed it (this app, another process), and when a screen comes back that has
  missed a change.
- Reading: `self.jobs.run(key, work, on_done=...)`; never SQL on the UI thread.
- Changing: `self.change(work, repeat=...)`; its answer is heard even when the screen has gone, and every screen
  reloads after it. `repeat` is what `.` does later, with the record that is then under the cursor.
- `check_action` returns False for what cannot be done now; footer, palette and help leave it out. After something
  that it looks at has changed, call `self.refresh_bindings()`.
- Forms: `form.adding` and `form.editing` for a plain record; `FormScreen` (see there) where fields are left out or
  added, links are looked for in a part of the workspace only, or saving is another command. Import it in the method.
- Going elsewhere: `self.crm.open_record("account", key)`, `self.crm.action_room("plans")`.
- Asking: `self.app.push_screen(AskScreen(...), callback)`; choosing a record: `ChooseScreen`.
- `HELP` on a widget is what `?` says of it when it has the focus.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar, cast

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.widgets import Static

from crmtui.tui import actions
from crmtui.tui.actions import bindings
from crmtui.tui.compositor import Compositor
from crmtui.tui.follow import WorkspaceChanged
from crmtui.tui.jobs import Jobs
from crmtui.tui.widgets.filter_box import FilterBox
from crmtui.tui.widgets.footer import Footer
from crmtui.tui.widgets.header import Header
from crmtui.tui.widgets.page import SidePane
from crmtui.tui.widgets.window_messages import Judged

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.app import ComposeResult

    from crmtui.errors import CrmtuiError
    from crmtui.tui.app import CrmtuiApp
    from crmtui.tui.screens.form import FormScreen, Saved

Result = TypeVar("Result")
BREAKPOINTS: Final = [(0, "-narrow"), (100, "-wide")]


class RoomScreen(Screen[None]):
    """A screen with the rooms above, the keys that work below, and a line for what is to be said.

    Attributes:
        ROOM: the id of the room that it belongs to; empty for pages, which belong to the room they were opened in.
        HELP: what it is for, untranslated.
    """

    ROOM: ClassVar[str] = ""
    HELP: ClassVar[str | None] = None
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    BINDINGS: ClassVar = bindings(actions.BACK, actions.FILTER, actions.REPEAT, actions.PANE)
    DEFAULT_CSS = """
    RoomScreen {
        & > #body { layers: base over; }
        & > #status { height: 1; padding: 0 1; color: $foreground 60%; text-wrap: nowrap; text-overflow: ellipsis; }
        &.-narrow SidePane { display: none; layer: over; dock: right; width: 52; background: $background; }
        &.-narrow.-pane SidePane { display: block; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._compositor = Compositor()
        self._news = 0
        self._repeat: Callable[[], None] | None = None

    # What a room or page says of itself

    def compose_body(self) -> ComposeResult:
        """The panes, from left to right."""
        yield from ()

    def reload(self) -> None:
        """Read again what is shown; cursor and scroll stay."""

    def begin(self) -> None:
        """Read for the first time; lists that read by themselves have begun already."""
        self.reload()

    # What it is given

    @property
    def crm(self) -> CrmtuiApp:
        """The app."""
        return cast("CrmtuiApp", self.app)

    @property
    def workspace(self) -> Path:
        """The file that is open."""
        return self.crm.path

    @cached_property
    def jobs(self) -> Jobs:
        """Blocking work whose answers are for this screen."""
        return Jobs(self)

    def say(self, line: str | Content) -> None:
        """Write the status line: counts, the filter, what is marked."""
        status = self.query_one("#status", Static)
        status.update(Content(line) if isinstance(line, str) else line)

    def change(
        self,
        work: Callable[[], Result],
        *,
        on_done: Callable[[Result], None] | None = None,
        on_failed: Callable[[CrmtuiError], None] | None = None,
        repeat: Callable[[], None] | None = None,
    ) -> None:
        """Change the workspace in a thread, then reload every screen.

        Args:
            work: blocking; calls one command.
            on_done: receives what it returned, also when this screen has gone meanwhile.
            on_failed: receives an error; a notification shows it when left out.
            repeat: makes the same change to what is then under the cursor; `.` calls it.
        """
        if repeat is not None:
            self._repeat = repeat
            self.refresh_bindings()
        self.crm.change(work, on_done=on_done, on_failed=on_failed)

    def edit(self, form: FormScreen[Result], on_saved: Callable[[Result], None] | None = None) -> None:
        """Let the user fill in a form; screens reload when it has been saved."""

        def closed(saved: Saved[Result] | None) -> None:
            if saved is not None:
                self.crm.follow.ask()
                if on_saved is not None:
                    on_saved(saved.result)

        self.app.push_screen(form, closed)

    # What it does by itself

    def compose(self) -> ComposeResult:
        """Header, body, status and footer."""
        yield Header(self.crm.rooms, self.ROOM or self.app.current_mode)
        with Horizontal(id="body"):
            yield from self.compose_body()
        yield Static(id="status", markup=False)
        yield Footer()

    @on(WorkspaceChanged)
    def _reload_changed(self, event: WorkspaceChanged) -> None:
        """Somebody has changed the workspace."""
        self._catch_up(event.news)

    def on_screen_resume(self) -> None:
        """The screen has come back, and may have missed a change."""
        self._catch_up(self.crm.follow.news)

    def _catch_up(self, news: int) -> None:
        header = self.query_one(Header)
        header.workspace, header.is_sample = self.crm.follow.name, self.crm.follow.is_sample
        if news != self._news:
            is_first, self._news = not self._news, news
            read = self.begin if is_first and self.crm.follow.is_as_found else self.reload
            read()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What cannot be done now is not offered."""
        if action == "back":
            return self._can_go_back
        if action == "pane":
            return self.has_class("-narrow") and bool(self.query(SidePane))
        if action == "repeat":
            return self._repeat is not None
        if action == "filter":
            return bool(self.query(FilterBox))
        return super().check_action(action, parameters)

    @property
    def _can_go_back(self) -> bool:
        return self.has_class("-pane") or self._box_in_use is not None or len(self.app.screen_stack) > 1

    @property
    def _box_in_use(self) -> FilterBox | None:
        """The filter that what is shown answers to."""
        boxes = (box for box in self.query(FilterBox) if box.value)
        return next((box for box in boxes if all(node.display for node in box.ancestors_with_self)), None)

    def action_back(self) -> None:
        """Fold the pane, take the filter away, or leave the page."""
        if self.has_class("-pane"):
            self.action_pane()
        elif box := self._box_in_use:
            box.action_clear()
        else:
            self.app.pop_screen()

    def action_pane(self) -> None:
        """Show the pane on the right over the others, or fold it."""
        self.toggle_class("-pane")
        self.refresh_bindings()

    def action_filter(self) -> None:
        """Type into the filter box."""
        with suppress(NoMatches):
            self.query(FilterBox).first().open()

    @on(Judged)
    def _judge_filter(self, event: Judged) -> None:
        """A list says what is wrong with its filter: the box above it tells."""
        for box in self.query(FilterBox):
            box.judge(event.sentence)

    def action_repeat(self) -> None:
        """Make the last change once more."""
        if self._repeat is not None:
            self._repeat()


class PageScreen(RoomScreen):
    """A screen that shows one record.

    Args:
        key: the record's integer key.

    Attributes:
        at: the place in it to begin with, as the page names its places; '' for the usual one.
    """

    at = ""

    def __init__(self, key: int, **_more: object) -> None:
        super().__init__()
        self.key = key

    def leave(self, error: CrmtuiError) -> None:
        """Say that the record is no longer there, and go back."""
        self.crm.tell(str(error), is_wrong=True)
        if self.is_current:
            self.dismiss(None)
