"""The full screen: rooms, what can be done in all of them, and what is told to their screens."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from rich.text import Text
from textual._styles_cache import StylesCache

from crmtui import config, text
from crmtui.text import _
from crmtui.tui import crash, drafts, rooms, show, themes
from crmtui.tui.actions import bindings, key_name, offers
from crmtui.tui.changes import Changes
from crmtui.tui.everywhere import EVERYWHERE, ROOM_ACTIONS
from crmtui.tui.follow import Follow
from crmtui.tui.glyphs import ASCII
from crmtui.tui.jobs import Jobs
from crmtui.tui.stylesheet import Stylesheet
from crmtui.tui.typed_ahead import TypedAheadApp
from crmtui.tui.widgets import scroll_bars
from crmtui.tui.widgets.header import Header

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.await_complete import AwaitComplete
    from textual.binding import Binding
    from textual.driver import Driver
    from textual.filter import LineFilter

    from crmtui.commands.history import ChangeSet
    from crmtui.config import Config
    from crmtui.domain.words import Source
    from crmtui.errors import CrmtuiError
    from crmtui.tui.actions import Offer
    from crmtui.tui.driver import TerminalBackground
    from crmtui.tui.rooms import Room
    from crmtui.tui.screens.choose import Found

Result = TypeVar("Result")


class CrmtuiApp(TypedAheadApp, inherit_bindings=False):
    """The workbench on one workspace file.

    Args:
        path: the workspace.
        settings: what the user has chosen.

    Attributes:
        path: the workspace.
        settings: what the user has chosen.
        follow: tells screens that the workspace has changed.
        rooms: the rooms under the number keys.
    """

    TITLE = "crmtui"
    CSS_PATH = Path(__file__).with_name("app.tcss")
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = bindings(*ROOM_ACTIONS, *EVERYWHERE)
    MODES: ClassVar = {room.id: room.build for room in rooms.ROOMS}
    rooms: ClassVar[Sequence[Room]] = rooms.ROOMS

    def __init__(self, path: Path, settings: Config | None = None) -> None:
        super().__init__()
        self.stylesheet = Stylesheet(variables=self.get_css_variables())
        self.path = path
        self.settings = settings or config.Config()
        self.follow = Follow(self, path)
        self._jobs = Jobs(self)
        self._changes = Changes(self)
        self._has_begun = False
        self.animation_level = "none"  # nothing moves but what the user moves
        for theme in (themes.PAPER, themes.INK):
            self.register_theme(theme)
        self._dress(show.glyphs() is ASCII)
        self.theme = themes.chosen(self.settings.theme, self.available_themes)
        self.set_keymap(self.settings.keys)

    def compose(self) -> ComposeResult:
        """What is painted first: the names of the rooms."""
        if _is_there(self.path):
            yield Header(self.rooms, self.rooms[0].id)

    def on_mount(self) -> None:
        """Show the first room, or how to begin where there is no workspace."""
        if not self.is_headless:
            crash.heed_signals(self)
        if _is_there(self.path):
            self._begin()
        else:
            from crmtui.tui.screens.welcome import WelcomeScreen

            self.push_screen(WelcomeScreen(self.path, self.today), self._begin)

    def _begin(self, _welcomed: None = None) -> None:
        """Show the first room and open the workspace; what has to be loaded for it waits for the first paint."""
        self._has_begun = True
        if self.rooms[0].is_loaded:
            self.switch_mode(self.rooms[0].id)
        self.call_after_refresh(self._open)

    def _open(self) -> None:
        self._jobs.run("open", self._prepared, on_done=self._opened, on_failed=self._refused)
        if self.current_mode == self.DEFAULT_MODE:
            self._jobs.run("load", self.rooms[0].load, on_done=self._enter)

    def _enter(self, _loaded: None) -> None:
        """Go to the first room, unless the user was quicker and is in another one."""
        if self.current_mode == self.DEFAULT_MODE:
            self.switch_mode(self.rooms[0].id)

    def _prepared(self) -> list[str]:
        """In a thread: the file as this version needs it; the forms that have a draft."""
        from crmtui.commands import opening

        opening.prepare(self.path)
        return drafts.titles(self.path)

    def _opened(self, kept: list[str]) -> None:
        self.follow.start()
        if (wanted := self.settings.theme) and wanted not in self.available_themes:
            told = _(
                "The settings ask for the theme {name}, which there is not; the settings here list those there are."
            )
            self.tell(told.format(name=text.quoted(wanted)), is_wrong=True)
        for title in kept:
            self.tell(_("What you typed into “{form}” is kept: open that form again to go on.").format(form=title))

    def _refused(self, error: CrmtuiError) -> None:
        """A file that cannot be used ends the app, in a sentence and with the exit code of the command line."""
        self.exit(return_code=error.exit_code, message=Text(str(error)))

    # What rooms ask of it

    @property
    def today(self) -> dt.date:
        """The day on the user's calendar."""
        return dt.datetime.now().astimezone().date()

    def change(
        self,
        work: Callable[[], Result],
        *,
        on_done: Callable[[Result], None] | None = None,
        on_failed: Callable[[CrmtuiError], None] | None = None,
    ) -> None:
        """Change the workspace in a thread, after what was asked for before, then reload.

        Every change is answered, in whatever screen one is then.
        """

        def done(result: Result) -> None:
            self.follow.can_undo = True
            self.follow.ask()
            if on_done is not None:
                on_done(result)

        self._changes.make(work, done, on_failed or (lambda error: self.tell(str(error), is_wrong=True)))

    def finish(self) -> None:
        """When the app has ended: wait for the changes under way, then back the workspace up."""
        self._changes.finish()
        self.follow.keep_backup()

    def pop_screen(self) -> AwaitComplete:
        """Go back, and let go of what was drawn there: Textual keeps that of the last thousand widgets."""
        StylesCache.get_inner_outer.cache_clear()
        return super().pop_screen()

    def open_record(self, table: str, key: int, *, at: str = "") -> None:
        """Open the page of a record on top of what is shown, at a place in it; escape comes back."""
        page = rooms.page(table, key)
        page.at = at
        self.push_screen(page)

    def tell(self, sentence: str, *, is_wrong: bool = False) -> None:
        """Show a sentence for a moment; names in it stay text."""
        self.notify(sentence, severity="error" if is_wrong else "information", markup=False)

    def use_ascii(self, wanted: bool) -> None:
        """Draw with ASCII signs only, or with all again."""
        show.use_ascii(wanted)
        self._dress(wanted)
        self.refresh_css()
        self.renew()

    def renew(self) -> None:
        """Build every screen anew, in the language and the signs that were chosen."""
        from crmtui.tui.renewing import renew

        renew(self)

    def _dress(self, is_ascii: bool) -> None:
        self.set_class(is_ascii, "-ascii")
        scroll_bars.use_ascii(is_ascii)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line passes through before it is painted."""
        usual = super().get_line_filters()
        if show.glyphs() is not ASCII:
            return usual
        from crmtui.tui.plain import PlainSigns

        return [*usual, PlainSigns()]

    def get_key_display(self, binding: Binding) -> str:
        """A key as footer, palette and help show it."""
        return key_name(super().get_key_display(binding))

    # What it makes of the terminal, and of its own faults

    def get_driver_class(self) -> type[Driver]:
        """Textual's own, made robust where it is the one for Linux and macOS."""
        usual = super().get_driver_class()
        if usual.__name__ != "LinuxDriver":
            return usual
        from crmtui.tui import driver

        return driver.Driver

    def on_terminal_background(self, event: TerminalBackground) -> None:
        """Where the user has chosen no theme, take ours for the terminal's background."""
        if not self.settings.theme:
            self.theme = (themes.PAPER if event.is_light else themes.INK).name

    def _handle_exception(self, error: Exception) -> None:
        """A fault of the program: keep what was typed, report without data, and end."""
        self._return_code = crash.FAULT
        if self._exception is not None:
            return
        self._exception = error
        self._exception_event.set()
        crash.keep_drafts(self)
        self._exit_renderables.append(Text(crash.sentence(error, crash.report(error))))
        self._close_messages_no_wait()

    # What works everywhere

    def action_room(self, room: str) -> None:
        """Go to a room, as it was left."""
        self.switch_mode(room)

    def action_interrupt(self) -> None:
        """Elsewhere this ends a program; here it would end work in the middle."""
        quit_key = next((offer.keys[0] for offer in offers(self.screen) if offer.action == "quit"), "")
        if quit_key:
            self.tell(_("To leave, press {key}.").format(key=quit_key))

    def action_undo(self) -> None:
        """Take the newest change back."""
        from crmtui.commands import history

        self._step(history.undo, _("Undone: {label}"))

    def action_redo(self) -> None:
        """Bring back what was undone last."""
        from crmtui.commands import history

        self._step(history.redo, _("Redone: {label}"))

    def _step(self, step: Callable[[Path, Source], ChangeSet], told: str) -> None:
        """One step back or forth in the history."""
        from crmtui.domain import words

        work = partial(step, self.path, words.Source.TUI)
        self.change(work, on_done=lambda done: self.tell(told.format(label=done.label)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What cannot be done now is not offered; nothing can be while there is no workspace."""
        if action in ("undo", "redo"):
            can = self.follow.can_undo if action == "undo" else self.follow.can_redo
            return can or self._changes.are_awaited
        if action in ("room", "lists", "history", "doubles", "import_files", "settings"):
            return self._has_begun and (action == "room" or not self._is_bare)
        if action in ("palette", "help"):
            return not self._is_bare
        return super().check_action(action, parameters)

    @property
    def _is_bare(self) -> bool:
        """Whether the first paint is still all there is; what were put over it would go with it."""
        return self.current_mode == self.DEFAULT_MODE and len(self.screen_stack) == 1

    def action_palette(self) -> None:
        """Find what can be done by its name, and do it."""
        from crmtui.tui.screens.palette import PaletteScreen

        def chosen(found: Found[Offer] | None) -> None:
            if found is not None:
                self.call_later(self.run_action, found.key.action, found.key.active.node)

        self.push_screen(PaletteScreen(self.screen), chosen)

    def action_history(self) -> None:
        """See what was changed."""
        from crmtui.tui.screens.history import HistoryScreen

        self.push_screen(HistoryScreen())

    def action_doubles(self) -> None:
        """See who may be in the workspace twice."""
        from crmtui.tui.screens.doubles import DoublesScreen

        self.push_screen(DoublesScreen())

    def action_import_files(self) -> None:
        """Import files into the workspace."""
        from crmtui.tui.screens.importing import ImportScreen

        def closed(told: str | None) -> None:
            if told is not None:
                self.follow.ask()
                self.tell(told)

        self.push_screen(ImportScreen(self.path), closed)

    def action_settings(self) -> None:
        """See and change what can be set."""
        from crmtui.tui.screens.settings import Settings

        Settings(self).open()

    def action_lists(self) -> None:
        """Open one of the lists that serve the rooms."""
        from crmtui.tui.screens import catalogue

        catalogue.ask(self)

    def action_help(self) -> None:
        """Help for what has the focus."""
        from crmtui.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))


def _is_there(path: Path) -> bool:
    """Whether there is a file to open; one that we may not even look at is opened, which then says so."""
    try:
        return path.exists()
    except OSError:
        return True
