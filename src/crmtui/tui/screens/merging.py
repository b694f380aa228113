"""Two records that may be the same, side by side: which value stays, made one, or told to be two."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on

from crmtui.domain.fields import Kind, specs
from crmtui.domain.nouns import BY_TABLE
from crmtui.domain.words import Source
from crmtui.queries import doubles as queries
from crmtui.text import N_, _, line, ngettext
from crmtui.tui import merge_sides, show
from crmtui.tui.actions import Action, bindings
from crmtui.tui.merge_sides import BOTH
from crmtui.tui.screens.base import RoomScreen
from crmtui.tui.widgets import record_facts
from crmtui.tui.widgets.page import Pane
from crmtui.tui.widgets.small_source import SmallSource
from crmtui.tui.widgets.window_list import WindowList
from crmtui.tui.widgets.window_source import ListColumn, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.content import Content

    from crmtui.commands.merging import Merged
    from crmtui.domain.fields import Record
    from crmtui.errors import CrmtuiError
    from crmtui.tui.widgets.record_facts import Told

MERGE: Final = Action(
    id="merge.make", key="m", label=N_("Merge"), does="merge", help=N_("Merge the two; undo makes them two.")
)
APART: Final = Action(
    id="merge.apart",
    key="x",
    label=N_("Not the same"),
    does="apart",
    help=N_("Say that these two are not the same; they are not shown as doubles again."),
)
LEFT: Final = Action(
    id="merge.left", key="left,h", label=N_("Left"), does="choose(0)", help=N_("Keep the value on the left.")
)
RIGHT: Final = Action(
    id="merge.right", key="right,l", label=N_("Right"), does="choose(1)", help=N_("Keep the value on the right.")
)
SWAP: Final = Action(
    id="merge.swap", key="s", label=N_("Swap"), does="swap", help=N_("Let the other one be the one that stays.")
)
BOTH_TEXTS: Final = Action(
    id="merge.both", key="b", label=N_("Both"), does="both", help=N_("Keep one text below the other.")
)
COLUMNS: Final = (
    ListColumn(key="field", title=N_("Field"), width=16, widest=28, sortable=False),
    ListColumn(key="stays", title=N_("The one that stays"), width=26, flexible=True, sortable=False),
    ListColumn(key="goes", title=N_("The one that goes"), width=26, widest=56, sortable=False),
)


class DifferenceList(WindowList):
    """The fields; enter takes the other value, and none is marked."""

    BINDINGS: ClassVar = bindings(Action(id="list.open", key="enter", label=N_("Other value"), show=False))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is done to several."""
        return False if action == "mark" else super().check_action(action, parameters)


class MergeScreen(RoomScreen):
    """Two records of one kind.

    Args:
        table: which kind.
        keys: the one that stays, and the one that goes, until they are swapped.
        why: what speaks for it that they are the same, and against; '' where the user says so.
    """

    HELP = N_(
        "Two records that may be the same, and the fields in which they differ. The arrows to the left and right, or "
        "enter, choose the value that stays, which has the mark before it; b keeps both of two long texts. All that "
        "hangs on either hangs on the one that stays. s swaps the two."
    )
    AUTO_FOCUS = "WindowList"
    BINDINGS: ClassVar = bindings(MERGE, APART, LEFT, RIGHT, SWAP, BOTH_TEXTS)

    def __init__(self, table: str, keys: tuple[int, int], why: str = "") -> None:
        super().__init__()
        self.table, self.keys, self.why = table, keys, why
        self._told: dict[int, Told] = {}
        self._names: Sequence[str] = ()
        self._said: dict[str, int] = {}
        self._is_merging = False

    def compose_body(self) -> ComposeResult:
        """The fields in which they differ."""
        same = show.block(_("They differ in no field. m makes one of them; x says that they are two all the same."))
        yield Pane(DifferenceList(SmallSource(COLUMNS, self._rows), same), id="main")

    @property
    def fields(self) -> WindowList:
        """The fields."""
        return self.query_one(WindowList)

    @property
    def sides(self) -> dict[str, int]:
        """By field, the key of the record that is right about it, or `BOTH`."""
        if not self._told:
            return {}
        kept, other = (self._told[key].record for key in self.keys)
        return merge_sides.usual(kept, other, self._names) | self._said

    # Reading

    def reload(self) -> None:
        """Read both again; what was chosen stays chosen."""
        work = partial(_read, self.workspace, self.table, self.keys)
        self.jobs.run("two", work, on_done=self._show, on_failed=self._lost)

    def _lost(self, error: CrmtuiError) -> None:
        """One of them has gone."""
        if not self._is_merging:
            self.crm.tell(str(error), is_wrong=True)
            self._leave()

    def _leave(self) -> None:
        if self.is_current:
            self.dismiss(None)

    def _show(self, found: tuple[dict[int, Told], Sequence[str]]) -> None:
        self._told, self._names = found
        self._said = {name: key for name, key in self._said.items() if name in self._names}
        self._tell()

    def _tell(self) -> None:
        """Show the names, the fields, and what stays."""
        stays, goes = (self._title(key) for key in self.keys)
        self.query_one("#main", Pane).entitle(
            _("Merge {other} into {record}").format(other=goes, record=stays), self.why
        )
        count = len(self._names)
        self.say(
            _("{stays} stays, {goes} goes · {differ}").format(
                stays=stays,
                goes=goes,
                differ=ngettext("{count} field differs", "{count} fields differ", count),
            )
        )
        self.fields.reload()
        self.refresh_bindings()

    def _title(self, key: int) -> str:
        record = self._told[key].record
        return line(str(getattr(record, record.noun.title)))

    def _rows(self) -> list[Row]:
        sides = self.sides
        return [self._row(number, name, sides[name]) for number, name in enumerate(self._names, 1)]

    def _row(self, number: int, name: str, side: int) -> Row:
        spec = specs(BY_TABLE[self.table])[name]
        cells = [_cell(record_facts.shown(self._told[key], name), is_right=side in (key, BOTH)) for key in self.keys]
        return Row(number, (_(spec.label), *cells))

    # Choosing

    @property
    def _current(self) -> str:
        """The field under the cursor; '' for none."""
        number = self.fields.current
        return self._names[number - 1] if number is not None and number <= len(self._names) else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing can be chosen where nothing differs, and of some kinds nobody looks for doubles."""
        if action == "choose":
            return bool(self._names)
        if action == "both":
            return any(merge_sides.can_join(*self._records, name) for name in self._names)
        if action in ("swap", "merge"):
            return bool(self._told)
        if action == "apart":
            return bool(self._told) and self.table in queries.NOUNS.values()
        return super().check_action(action, parameters)

    @property
    def _records(self) -> tuple[Record, Record]:
        kept, other = (self._told[key].record for key in self.keys)
        return kept, other

    def _choose(self, name: str, side: int) -> None:
        self._said |= dict.fromkeys(merge_sides.along(*self._records, name, self._names), side)
        self.fields.reload()

    def action_choose(self, at: int) -> None:
        """Keep the value on the left, or on the right."""
        if name := self._current:
            self._choose(name, self.keys[at])

    def action_both(self) -> None:
        """Keep both of two texts."""
        if (name := self._current) and merge_sides.can_join(*self._records, name):
            self._choose(name, BOTH)

    @on(WindowList.Opened)
    def _turn(self) -> None:
        """Enter, or a click on the line under the cursor: the other value."""
        if name := self._current:
            kept, other = self.keys
            self._choose(name, kept if self.sides[name] == other else other)

    def action_swap(self) -> None:
        """Let the other one stay."""
        self.keys = (self.keys[1], self.keys[0])
        self._tell()

    # Deciding

    def action_merge(self) -> None:
        """Make one of them."""
        from crmtui.commands import merging

        if self._is_merging:
            return
        self._is_merging = True
        kept, other = self.keys
        right = merge_sides.taken(self.sides, *self._records)
        work = partial(merging.merge, self.workspace, self.table, kept, [other], Source.TUI, right)
        self.change(work, on_done=self._merged, on_failed=self._refused)

    def _merged(self, merged: Merged) -> None:
        moved = ngettext("{count} record moved along", "{count} records moved along", merged.moved)
        self.crm.tell(f"{merged.label} ({moved}).")
        self._leave()

    def _refused(self, error: CrmtuiError) -> None:
        self._is_merging = False
        self.crm.tell(str(error), is_wrong=True)

    def action_apart(self) -> None:
        """Say that they are two."""
        keep_apart(self, self.table, self.keys, self._leave)


def keep_apart(screen: RoomScreen, table: str, keys: tuple[int, int], then: Callable[[], None] = lambda: None) -> None:
    """Say of two records that they are not the same."""
    from crmtui.commands import merging

    def done(_nothing: None) -> None:
        screen.crm.tell(_("They will not be told as doubles again."))
        then()

    screen.change(partial(merging.keep_apart, screen.workspace, table, *keys, Source.TUI), on_done=done)


def _read(path: Path, table: str, keys: tuple[int, int]) -> tuple[dict[int, Told], Sequence[str]]:
    """In a thread: both records, and the fields in which they differ; amounts say their currency themselves."""
    kind = BY_TABLE[table]
    told = {key: record_facts.read(path, kind, key) for key in keys}
    differ = queries.differences(path, table, keys)
    return told, [name for name in differ if specs(kind)[name].kind is not Kind.CURRENCY]


def _cell(value: Content, *, is_right: bool) -> Content:
    """A value with the mark of the one that stays."""
    mark = show.glyphs().marked if is_right else " "
    return show.label(f"{mark} {line(value.plain)}", "bold" if is_right else show.MUTED)
