"""The columns of each file: what they become, how sure that is, and why; all of it can be said otherwise."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.content import Content

from crmtui.domain.nouns import BY_TABLE
from crmtui.exchange.mapping.meanings import MEANINGS
from crmtui.exchange.mapping.recognised import Certainty
from crmtui.exchange.mapping.targets import KEPT, LEFT_OUT, NOTE, SHARED, known, label
from crmtui.paths import is_folder
from crmtui.text import N_, _, key, ngettext
from crmtui.tui import show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.importing.layout import LayoutPanel, laid_out
from crmtui.tui.importing.step import Changed, ListStep
from crmtui.tui.screens.choose import ChooseScreen, Found
from crmtui.tui.widgets.window_list import WindowList
from crmtui.tui.widgets.window_source import ListColumn, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.commands.import_looking import FileLook
    from crmtui.exchange.mapping.recognised import ColumnGuess

COLUMNS: Final = (
    ListColumn(key="header", title=N_("Column"), width=16, widest=24, sortable=False),
    ListColumn(key="becomes", title=N_("Becomes"), width=20, widest=34, sortable=False),
    ListColumn(key="sure", title=N_("Sure?"), width=9, sortable=False),
    ListColumn(key="example", title=N_("Examples"), width=14, flexible=True, sortable=False),
)
_SURE: Final = {Certainty.LIKELY: show.WATCH, Certainty.GUESS: show.ACT, Certainty.SAID: "bold"}


class ColumnsStep(ListStep):
    """What the columns become."""

    NAME = N_("Columns")
    COLUMNS = COLUMNS
    HELP = N_(
        "What each column becomes. Enter says it otherwise; x leaves it out, c makes it a custom field, t a note, and "
        "r what was recognised. a says what the file holds, e how it is laid out; the arrows to the left and right go "
        "from file to file."
    )
    BINDINGS: ClassVar = bindings(
        Action(id="columns.leave_out", key="x", label=N_("Leave out"), does=f"become('{LEFT_OUT}')"),
        Action(id="columns.keep", key="c", label=N_("Custom field"), does=f"become('{KEPT}')", show=False),
        Action(id="columns.note", key="t", label=N_("Note"), does=f"become('{NOTE}')", show=False),
        Action(id="columns.reset", key="r", label=N_("As recognised"), does="reset", show=False),
        Action(id="columns.holds", key="a", label=N_("Holds"), does="holds", help=N_("Say what the file holds.")),
        Action(
            id="columns.layout",
            key="e",
            label=N_("Laid out"),
            does="layout",
            help=N_("Say how the file is laid out: encoding, what parts its cells, sheets, the line of its header."),
        ),
        Action(
            id="columns.anew",
            key="f",
            label=N_("Forget"),
            does="anew",
            help=N_("Forget what was decided about the last file with these columns, or use it again."),
        ),
        Action(id="columns.left", key="left,h", label=N_("File before"), does="turn(-1)", show=False),
        Action(id="columns.right", key="right,l", label=N_("Next file"), does="turn(1)"),
    )
    shown = ""  # the name of the file that is shown; the first one for ''

    @property
    def at(self) -> int:
        """Which of the files is shown: what is said of them changes their order."""
        looks = self.plan.looks
        found = next((place for place, look in enumerate(looks) if look.name == self.shown), None)
        if found is None and self._panel:  # it was laid out otherwise, and is called otherwise
            path = self._panel.look.path
            found = next((place for place, look in enumerate(looks) if look.path == path), None)
        return found or 0

    @property
    def look(self) -> FileLook | None:
        """The file that is shown."""
        return self.plan.looks[self.at] if self.plan.looks else None

    @property
    def guess(self) -> ColumnGuess | None:
        """The column under the cursor."""
        place = self.place
        return self.look.columns[place] if self.look and place is not None and place < len(self.look.columns) else None

    def rows(self) -> list[Row]:
        """A row for each column."""
        look = self.look
        if look is None:
            return []
        return [
            Row(number, (guess.header, _becomes(look, guess), _sure(guess), show.label(example, show.MUTED)))
            for number, (guess, example) in enumerate(zip(look.columns, look.examples, strict=True), 1)
        ]

    def empty(self) -> Content:
        """What is said of files without columns."""
        if self.look and self.look.problem:
            told = (
                [_("Its columns are: {names}.").format(names=", ".join(self.look.headers))] if self.look.headers else []
            )
            told += [_("a says what the file holds, e how it is laid out.")] if self.look.is_table else []
            return show.block("\n".join(told))
        return show.block(_("This file says itself what its rows are."))

    def refresh_rows(self) -> None:
        """Show the file."""
        if self.look:
            self.say(_heading(self.look, self.at, self.plan.looks))
            self.list.set_empty(self.empty())
            if self._panel:
                self._panel.follow(self.look)
        super().refresh_rows()

    def about(self) -> Content:
        """Why the column under the cursor becomes what it becomes."""
        if self.guess is None or self.look is None or self.place is None:
            return Content()
        why = show.label(f"{self.guess.header}: {self.guess.reason}")
        return Content("\n").join([why, show.label(self.look.examples[self.place], show.MUTED)])

    # Deciding

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what there is can be done."""
        if action in ("become", "reset"):
            return self.guess is not None and (
                parameters != (NOTE,) or NOTE in known(self.look.table if self.look else "")
            )
        if action == "anew":
            return self.plan.anew or any(look.remembered for look in self.plan.looks)
        if action == "layout":
            return self.look is not None and self.look.kind is not None and not is_folder(self.look.path)
        if action == "turn":
            return len(self.plan.looks) > 1
        if action == "holds":
            return self.look is not None and self.look.is_table and bool(self.look.table or self.look.problem)
        return super().check_action(action, parameters)

    def action_become(self, target: str) -> None:
        """Let the column become this, and go on to the next."""
        if self.look and self.guess:
            self.plan.become(self.look, self.guess.header, target)
            self.post_message(Changed())

    def action_reset(self) -> None:
        """Leave the column to the file."""
        if self.look and self.guess:
            self.plan.become(self.look, self.guess.header, None)
            self.post_message(Changed())

    def action_anew(self) -> None:
        """Forget what was decided about the last files with these columns, or use it again."""
        self.plan.turn_anew()
        self.post_message(Changed())

    def action_turn(self, by: int) -> None:
        """Go to another file."""
        if self._panel:
            self._panel.action_done()
        self.shown = self.plan.looks[(self.at + by) % len(self.plan.looks)].name
        self.refresh_rows()
        self.refresh_bindings()

    async def action_layout(self) -> None:
        """Say how the file is laid out, above its columns."""
        if self.look and not self._panel:
            self.shown = self.look.name
            await self.mount(LayoutPanel(self.plan, self.look), after="#said")

    @on(LayoutPanel.Done)
    async def _laid_out(self) -> None:
        if self._panel:
            self.shown = self.look.name if self.look else ""
            await self._panel.remove()
        self.list.focus()

    @property
    def _panel(self) -> LayoutPanel | None:
        return next(iter(self.query(LayoutPanel)), None)

    @on(WindowList.Opened)
    def _choose(self) -> None:
        look, guess = self.look, self.guess
        if look is None or guess is None:
            return
        offered = [Found(target, label(look.table, target), _taken(look, target)) for target in known(look.table)]

        def chosen(found: Found[str] | None) -> None:
            if found is not None:
                self.plan.become(look, guess.header, found.key)
                self.post_message(Changed())

        self.app.push_screen(ChooseScreen(guess.header, partial(answering, offered)), chosen)

    def action_holds(self) -> None:
        """Say what the file holds."""
        look = self.look
        if look is None:
            return
        offered = [Found(table, _(BY_TABLE[table].noun.many)) for table in MEANINGS]

        def chosen(found: Found[str] | None) -> None:
            if found is not None:
                self.plan.hold(look, found.key)
                self.post_message(Changed())

        self.app.push_screen(ChooseScreen(look.name, partial(answering, offered)), chosen)


def answering(offered: Sequence[Found[str]], words: str) -> list[Found[str]]:
    """Those of which a label holds every word."""
    wanted = [key(word) for word in words.split()]
    return [one for one in offered if all(word in key(f"{one.label} {one.key}") for word in wanted)]


def _taken(look: FileLook, target: str) -> str:
    """The column that becomes this already, where only one may."""
    if target in SHARED:
        return ""
    return next((guess.header for guess in look.columns if guess.field == target), "")


def _becomes(look: FileLook, guess: ColumnGuess) -> Content:
    style = show.MUTED if guess.field in (LEFT_OUT, KEPT) else ""
    return show.label(label(look.table, guess.field), style)


def _sure(guess: ColumnGuess) -> Content:
    told = _("said") if guess.certainty is Certainty.SAID else _(guess.certainty.label)
    return show.label(told, _SURE.get(guess.certainty, show.MUTED))


def _heading(look: FileLook, at: int, looks: Sequence[FileLook]) -> Content:
    """Which file it is, what it holds, and how that is known; and whether another one cannot be read."""
    count, broken = len(looks), sum(bool(one.problem) for one in looks if one is not look)
    parts = [show.label(look.name, "bold")]
    if look.table in BY_TABLE and not look.problem:
        parts.append(Content(_(BY_TABLE[look.table].noun.many)))
    if look.program:
        parts.append(Content(_("as {program} exports it").format(program=look.program)))
    if look.remembered:
        parts.append(show.label(_("read as {file} was").format(file=look.remembered)))
    if count > 1:
        parts.append(Content(_("file {number} of {count}").format(number=at + 1, count=count)))
    if broken:
        told = ngettext("{count} other file cannot be read", "{count} other files cannot be read", broken)
        parts.append(Content.styled(told, show.ACT))
    heading = [Content(" · ").join(parts)]
    if said := laid_out(look):
        heading.append(show.label(said, show.MUTED))
    if look.problem:
        heading.append(show.block(look.problem, show.ACT))
    return Content("\n").join(heading)
