"""Who may be in the workspace twice: pairs of accounts and of people, with what speaks for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual import on
from textual.containers import Vertical
from textual.content import Content

from crmtui.queries import doubles as queries
from crmtui.text import N_, _, ngettext
from crmtui.tui import show
from crmtui.tui.actions import bindings
from crmtui.tui.screens.merging import APART, MergeScreen, keep_apart
from crmtui.tui.screens.tabbed import Tabbed
from crmtui.tui.widgets.filter_box import FilterBox
from crmtui.tui.widgets.held_source import HeldSource
from crmtui.tui.widgets.tab_line import Tab
from crmtui.tui.widgets.text_list import TextList
from crmtui.tui.widgets.window_list import WindowList
from crmtui.tui.widgets.window_source import ListColumn

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import Self

    from textual.app import ComposeResult
    from textual.widget import Widget

    from crmtui.queries.doubles import Double

COLUMNS: Final = (
    ListColumn(key="score", title=N_("Score"), width=6, justify="right", sortable=False),
    ListColumn(key="one", title=N_("One"), width=18, widest=40, sortable=False),
    ListColumn(key="other", title=N_("Other"), width=18, widest=40, sortable=False),
    ListColumn(key="because", title=N_("Because"), width=22, flexible=True, sortable=False),
)
COMPARING: Final = {
    "account": N_("Comparing every account with those like it. You can go elsewhere meanwhile."),
    "person": N_("Comparing every person with those like them. You can go elsewhere meanwhile."),
}
NONE: Final = {
    "account": N_(
        "No two accounts look alike. Doubles come with imports and in haste: one name written in two ways, or one "
        "website, e-mail address or telephone on two accounts. Where you know of two yourself, mark both with the "
        "space bar in the room of accounts and press M."
    ),
    "person": N_(
        "No two people look alike. Doubles come with imports and in haste: one name written in two ways, or one "
        "e-mail address or telephone on two people. Where you know of two yourself, mark both with the space bar in "
        "the list of people (L) and press M."
    ),
}


class PairSource(HeldSource[tuple[int, "Double"]]):
    """The pairs that were found, with their numbers; a filter is that of the list of their kind.

    Args:
        path: the workspace.
        table: the kind.
        today: the day.
    """

    def __init__(self, path: Path, table: str, today: Callable[[], dt.date]) -> None:
        super().__init__(COLUMNS, key=lambda held: held[0], said=lambda held: held[1].name, cells=_cells, by={})
        self._path, self._table, self._today = path, table, today

    def answering(self, things: Sequence[tuple[int, Double]], words: str) -> Sequence[tuple[int, Double]]:
        """The pairs of which one answers."""
        answers = queries.answering(self._path, self._table, words, self._today())
        return [held for held in things if answers(held[1])]


class DoublesList(Vertical):
    """The pairs of one kind, the likeliest first.

    Args:
        screen: the screen that it will be on.
        table: the kind.
    """

    BINDINGS: ClassVar = bindings(APART)

    def __init__(self, room: DoublesScreen, table: str) -> None:
        super().__init__()
        self.room, self.table = room, table
        self.pairs: Sequence[Double] | None = None
        self._source = PairSource(room.workspace, table, lambda: room.crm.today)
        self.list = TextList(self._source, Content(), _("Doubles"))
        self._filter = FilterBox(self.list)

    def compose(self) -> ComposeResult:
        """The filter and the list."""
        yield self._filter
        yield self.list

    def open_filter(self) -> None:
        """Type into the filter."""
        self._filter.open()

    def focus(self, scroll_visible: bool = True) -> Self:
        """Put the focus on the list."""
        self.list.focus(scroll_visible)
        return self

    @property
    def current(self) -> Double | None:
        """The pair under the cursor."""
        held = self._source.get(self.list.current)
        return held[1] if held else None

    def reload(self) -> None:
        """Compare all of them again."""
        comparing = _(COMPARING[self.table])
        self.list.set_empty(show.block(comparing, show.MUTED))
        self.room.say(show.label(comparing, show.MUTED))
        work = partial(queries.find, self.room.workspace, self.table)
        self.room.jobs.run(self.table, work, on_done=self._show)

    def _show(self, found: Sequence[Double]) -> None:
        self.pairs = found
        self._source.hold(list(enumerate(found, 1)))
        self.list.set_empty(show.block(_(NONE[self.table]), show.MUTED))
        self.list.reload()

    @on(WindowList.Counted)
    def _counted(self) -> None:
        if self.pairs is not None:
            self.room.counted(self)

    @on(WindowList.Highlighted)
    def _highlighted(self) -> None:
        self.refresh_bindings()

    @on(WindowList.Opened)
    def _open(self) -> None:
        if pair := self.current:
            self.app.push_screen(
                MergeScreen(self.table, (pair.one, pair.other), "; ".join((*pair.reasons, *_but(pair))))
            )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is said of a pair is not offered without one."""
        return self.current is not None if action == "apart" else super().check_action(action, parameters)

    def action_apart(self) -> None:
        """Say of the pair under the cursor that they are two."""
        if pair := self.current:
            keep_apart(self.room, self.table, (pair.one, pair.other))


class DoublesScreen(Tabbed):
    """The pairs of accounts, and those of people."""

    HELP = N_(
        "Accounts and people that may be the same, the likeliest pairs first, with what speaks for it and against. "
        "Enter shows the two side by side, to choose which values stay and to make one of them; x says that they "
        "are two. The arrows to the left and right go from accounts to people; a filter leaves the pairs of which one "
        "answers to it."
    )
    TABS = (Tab("account", N_("Accounts")), Tab("person", N_("People")))

    def build(self, tab: str) -> Widget:
        """Make a list."""
        return DoublesList(self, tab)

    def reload_tab(self, part: Widget) -> None:
        """Compare again."""
        cast("DoublesList", part).reload()

    def counted(self, part: DoublesList) -> None:
        """A list has been worked out: tell how many pairs there are."""
        count = len(part.pairs or ())
        self.tabs.counts = {**self.tabs.counts, part.table: count}
        if part is self.part:
            told = [ngettext("{count} pair", "{count} pairs", part.list.count)]
            told += [_("filter: {words}").format(words=part.list.words)] if part.list.words else []
            self.say(" · ".join(told))
        self.refresh_bindings()


def _cells(held: tuple[int, Double]) -> tuple[Content | str, ...]:
    _number, pair = held
    return (
        show.percent(pair.score),
        pair.name,
        pair.other_name,
        Content.assemble(
            show.label("; ".join(pair.reasons)), show.label("".join(f"; {one}" for one in _but(pair)), show.MUTED)
        ),
    )


def _but(pair: Double) -> list[str]:
    return [_("but {reason}").format(reason=reason) for reason in pair.against]
