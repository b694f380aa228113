"""What was learnt, as a page for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.cli import output
from crmtui.cli.equity_pages import told
from crmtui.cli.tables import Heading, bold, write_table
from crmtui.queries import learning_words

if TYPE_CHECKING:
    from crmtui.queries.learning import Channels, LearningPage
    from crmtui.queries.learning_sheet import Sheet


def write(page: LearningPage, channels: Channels, *, with_why: bool) -> None:
    """Write each thing in a line; its table and terms where they are asked for."""
    found = learning_words.sheets(page, channels)
    if not with_why:
        output.write_lines(told((one.label, f"{one.value}  {one.says}") for one in found))
        return
    for place, one in enumerate(found):
        output.write_lines([*([""] if place else []), bold(f"{one.label}  {one.value}"), f"  {one.says}"])
        _write_table(one)
        output.write_lines(told(one.terms))


def _write_table(sheet: Sheet) -> None:
    if sheet.rows:
        headings = [Heading(label, is_figure=is_figure) for label, is_figure in sheet.columns]
        write_table(headings, sheet.rows)
