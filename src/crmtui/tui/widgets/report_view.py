"""A report told in a box on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from crmtui.exchange.report import plain
from crmtui.exchange.report.document import chosen
from crmtui.tui import show

if TYPE_CHECKING:
    from crmtui.exchange.report.document import Document

WIDTH: Final = 68  # cells of a box at 80 columns
_STYLES: Final = {plain.Rank.TITLE: "bold", plain.Rank.HEADING: "bold $primary", plain.Rank.WORDS: ""}


def told(found: Document) -> Content:
    """The report in lines; its title is that of the box."""
    lines = [one for one in plain.write(chosen(found), WIDTH) if one.rank is not plain.Rank.TITLE]
    return Content("\n").join(show.block(one.text, _STYLES[one.rank]) for one in lines)
