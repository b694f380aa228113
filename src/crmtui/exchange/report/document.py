"""What a report says, whatever it is written as: sections of paragraphs, facts, tables, lists and pictures.

Everything is internal unless it is marked as shared: what is for the customer is chosen, never what is not.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from crmtui.plots.plot import Plot


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of a section.

    Attributes:
        shared: whether the customer may see it.
    """

    shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Words(Block):
    """Text, of one or several paragraphs; strong where it begins what follows."""

    text: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts(Block):
    """Labels and what they say."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets(Block):
    """Lines of a list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Block):
    """Rows under headings.

    Attributes:
        headings: of the columns.
        rows: cells, as many as there are headings.
        figures: the places of columns that stand to the right.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture(Block):
    """A plot, or a drawing.

    Attributes:
        caption: what it shows, in words.
        plot: what is drawn; None for a drawing.
        svg: a drawing that this program made, as one `<svg>` element; '' for a plot.
        is_low: whether a plot need not be high: a line over time.
        text: what it says, in lines of words: for those who do not see it, and where nothing can be drawn.
    """

    caption: str
    plot: Plot | None = None
    svg: str = ""
    is_low: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a report that can be left out.

    Attributes:
        id: its name, by which it is chosen.
        title: its heading.
        blocks: what it says; a section without any is not written.
        instead: what is said when there is nothing to say; '' leaves the section out.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]
    instead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report.

    Attributes:
        title: what it is and about whom.
        subtitle: a line below it; '' for none.
        day: the day it was made.
        language: its code, `en`.
        sections: its parts, in order.
        for_customer: whether it leaves our house.
        note: what stands at its foot: who may read it.
        is_on_one_page: whether it is printed small, in two columns, so that one page holds it.
    """

    title: str
    subtitle: str
    day: dt.date
    language: str
    sections: tuple[Section, ...]
    for_customer: bool = False
    note: str = ""
    is_on_one_page: bool = False


def chosen(
    document: Document, sections: Collection[str] = (), *, for_customer: bool = False, note: str = ""
) -> Document:
    """The parts of a report that were asked for; all where none was named.

    For the customer only shared blocks stay, and sections that have any. Columns that say nothing are left out.
    """
    kept = []
    for section in document.sections:
        if sections and section.id not in sections:
            continue
        blocks = tuple(_telling(block) for block in section.blocks if block.shared or not for_customer)
        if blocks:
            kept.append(dataclasses.replace(section, blocks=blocks))
        elif section.instead and not for_customer:
            kept.append(dataclasses.replace(section, blocks=(Words(text=section.instead),)))
    return dataclasses.replace(document, sections=tuple(kept), for_customer=for_customer, note=note)


def _telling(block: Block) -> Block:
    """A table without the columns in which nothing stands; any other block as it is."""
    if not isinstance(block, Table):
        return block
    kept = [place for place in range(len(block.headings)) if any(row[place].strip(" —") for row in block.rows)]
    return dataclasses.replace(
        block,
        headings=tuple(block.headings[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in block.rows),
        figures=frozenset(at for at, place in enumerate(kept) if place in block.figures),
    )
