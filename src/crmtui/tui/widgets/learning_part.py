"""What was learnt: were the probabilities right, why was won and lost, was done what was planned, what to change."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from textual import on
from textual.content import Content

from crmtui.queries import calibration_plot, learning as queries, learning_words as words
from crmtui.queries.calibration_words import CALIBRATION
from crmtui.text import N_, _
from crmtui.tui import actions, show
from crmtui.tui.actions import bindings
from crmtui.tui.screens import catalogue
from crmtui.tui.screens.portfolio import PortfolioPart
from crmtui.tui.screens.told import ToldScreen
from crmtui.tui.widgets import terms
from crmtui.tui.widgets.export_key import EXPORT
from crmtui.tui.widgets.held_source import HeldSource
from crmtui.tui.widgets.plot_view import drawn
from crmtui.tui.widgets.told import Told
from crmtui.tui.widgets.window_list import WindowList
from crmtui.tui.widgets.window_source import ListColumn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.widget import Widget

    from crmtui.plots.plot import Plot
    from crmtui.queries.learning import Channels, LearningPage
    from crmtui.queries.learning_sheet import Sheet
    from crmtui.tui.screens.portfolio import PortfolioScreen

COLUMNS: Final = (
    ListColumn(key="label", title=N_("Learnt"), width=21, widest=24, sortable=False),
    ListColumn(key="value", title=N_("Figure"), width=7, widest=10, justify="right", sortable=False),
    ListColumn(key="says", title=N_("Says"), width=8, flexible=True, priority=1, sortable=False),
)
PLOT: Final = 15  # lines of the plot
WIDEST: Final = 64  # cells across of it
LEAST: Final = 40  # cells across of it beside its table
GAP: Final = 2
NARROWEST: Final = 8  # cells of a column of words

Line = tuple[int, "Sheet"]


class LearningPart(PortfolioPart):
    """What was learnt."""

    HELP = N_(
        "What outcomes say of our judgements: probabilities against what came, why we won and lost, what the maps of "
        "lost ones had in common, plan and done, moves on the ladder, and what to change. Enter leads to where it is "
        "changed: the template, the channels, the opportunities; w tells it in a box; tab goes to the table."
    )
    BINDINGS: ClassVar = bindings(actions.WHY, EXPORT)
    DEFAULT_CSS = """
    LearningPart WindowList { height: 9; }
    LearningPart Told { height: 1fr; border-top: solid $foreground 25%; }
    """

    def __init__(self, room: PortfolioScreen) -> None:
        super().__init__(room)
        self._page: LearningPage | None = None
        self._channels: Channels | None = None
        self._source: HeldSource[Line] = HeldSource(COLUMNS, _key, lambda one: one[1].label, _cells, {})
        self.main = self.list = WindowList(self._source, Content.styled(_("Loading …"), show.MUTED))
        self._told = Told()

    def compose(self) -> ComposeResult:
        """What was learnt in lines; below them the plot, the table and the terms of one."""
        yield self.list
        yield self._told

    # Reading

    def reload(self) -> None:
        """Learn again."""
        self.ask("learning", queries.page, self._show)

    def _show(self, page: LearningPage) -> None:
        """Show what was learnt; then compare the channels, whose maps are to be solved for it."""
        self._page = page
        self._show_lines()
        self.refresh_bindings()
        self.call_after_refresh(self.ask, "channels", queries.channels, self._show_channels)

    def _show_channels(self, channels: Channels) -> None:
        self._channels = channels
        self._show_lines()

    def _show_lines(self) -> None:
        if self._page is not None:
            self._source.hold(tuple(enumerate(words.sheets(self._page, self._channels))))
            self.list.reload()
            self._tell(from_top=False)

    # Telling

    @property
    def _sheet(self) -> Sheet | None:
        line = self._source.get(self.list.current)
        return line[1] if line else None

    @on(WindowList.Highlighted)
    def _highlighted(self) -> None:
        self._tell()

    @on(WindowList.Counted)
    def _counted(self) -> None:
        self._tell(from_top=False)

    def _tell(self, *, from_top: bool = True) -> None:
        if sheet := self._sheet:
            self._told.tell(self._drawn(sheet, self._told.scrollable_content_region.width), from_top=from_top)
            self.say(show.label(sheet.says))

    def on_resize(self) -> None:
        """The plot and the table have more or less room."""
        self.call_after_refresh(self._tell, from_top=False)

    def _drawn(self, sheet: Sheet, width: int, *, is_titled: bool = False) -> Content:
        is_said_below = any(sheet.says in row for row in sheet.rows)
        heading = [] if is_titled else [show.label(sheet.label, "bold")]
        heading += [] if is_said_below else [show.label(sheet.says, show.MUTED)]
        parts = [Content("  ").join(heading)] if heading else []
        rows = list(table(sheet, width)) if sheet.rows else []
        if sheet.id == CALIBRATION and self._page and (plot := calibration_plot.calibration(self._page.calibration)):
            parts += _plotted(plot, rows, width)
        elif rows:
            parts.append(Content("\n").join(rows))
        if sheet.terms:
            parts.append(terms.lines(sheet.terms, width))
        return Content("\n\n").join(parts)

    # Doing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to tell before it has been read."""
        if action in ("why", "export"):
            return self._page is not None
        return super().check_action(action, parameters)

    def open_row(self, _rows: Widget, _key: int) -> None:
        """A line leads to where something is done about it; else it tells what it rests on."""
        lead = self._sheet.lead if self._sheet else None
        if lead is None:
            self.action_why()
        elif lead.key is not None:
            self.room.crm.open_record("scorecard_template", lead.key)
        else:
            catalogue.go_to(self.room.crm, lead.noun, lead.words)

    def action_export(self) -> None:
        """Ask for the format and the file."""
        from crmtui.tui.learning_outgoing import Learnt
        from crmtui.tui.screens import exporting

        exporting.ask(self, Learnt(self.room.workspace, self.room.crm.today, self.list.marks))

    def action_why(self) -> None:
        """Tell it in a box of its own."""
        if sheet := self._sheet:
            self.app.push_screen(ToldScreen(sheet.label, self._drawn(sheet, WIDEST, is_titled=True)))


def _key(line: Line) -> int:
    return line[0] + 1


def _cells(line: Line) -> tuple[Content | str, ...]:
    sheet = line[1]
    return show.label(sheet.label), show.label(sheet.value, "bold"), show.label(sheet.says, show.MUTED)


def table(sheet: Sheet, width: int) -> Iterator[Content]:
    """A table in so many cells: figures whole, the widest words cut where there is no room."""
    if len(sheet.columns) == 1:
        for row in sheet.rows:
            yield Content.assemble((show.glyphs().move, show.WATCH), " ", show.label(row[0]))
        return
    shown = [max(cell_len(row[at]) for row in (_heads(sheet), *sheet.rows)) for at in range(len(sheet.columns))]
    words = [at for at, (_label, is_figure) in enumerate(sheet.columns) if not is_figure]
    while sum(shown) + GAP * (len(shown) - 1) > width and words:
        widest = max(words, key=lambda at: shown[at])
        if shown[widest] <= NARROWEST:
            break
        shown[widest] -= 1
    yield _line(sheet, _heads(sheet), shown).stylize(show.MUTED)
    for row in sheet.rows:
        yield _line(sheet, row, shown)


def _plotted(plot: Plot, rows: list[Content], width: int) -> list[Content]:
    """The plot and its table, side by side where there is room for both."""
    room = min(WIDEST, width - GAP - max(row.cell_length for row in rows))
    if room < LEAST:
        return [drawn(plot, min(width, WIDEST), PLOT), Content("\n").join(rows)]
    lines = zip_longest(drawn(plot, room, PLOT).split("\n"), rows, fillvalue=Content())
    return [Content("\n").join(Content.assemble(show.cells(left, room), " " * GAP, right) for left, right in lines)]


def _heads(sheet: Sheet) -> tuple[str, ...]:
    return tuple(label for label, _is_figure in sheet.columns)


def _line(sheet: Sheet, row: tuple[str, ...], widths: list[int]) -> Content:
    cells = (
        show.cells(show.label(cell), wide, "right" if is_figure else "left")
        for cell, wide, (_label, is_figure) in zip(row, widths, sheet.columns, strict=True)
    )
    return Content(" " * GAP).join(cells)
