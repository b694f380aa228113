"""A report as Markdown (CommonMark, with tables): words of records stay words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crmtui.exchange.report.document import Bullets, Facts, Picture, Table, Words
from crmtui.plots import terminal
from crmtui.text import clean, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.exchange.report.document import Block, Document

_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
_START: Final = re.compile(r"^(\s*)([-+=]|\d+[.)])", re.MULTILINE)  # would begin a list, a rule or a heading
_PLOT: Final = (72, 18)


def write(document: Document) -> str:
    """The report as one text, ended by a line end."""
    parts = [f"# {_words(document.title)}"]
    if document.subtitle:
        parts.append(f"*{_words(document.subtitle)}*")
    for section in document.sections:
        parts.append(f"## {_words(section.title)}")
        parts += [text for block in section.blocks if (text := "\n".join(_block(block)))]
    if document.note:
        parts += ["---", f"*{_words(document.note)}*"]
    return "\n\n".join(parts) + "\n"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Words):
        if block.is_strong:
            yield f"**{_words(block.text)}**"
        else:
            yield _START.sub(r"\1\\\2", _MARKS.sub(r"\\\1", clean(block.text)))
    elif isinstance(block, Facts):
        yield from (f"- **{_words(label)}**: {_words(value)}" for label, value in block.pairs)
    elif isinstance(block, Bullets):
        yield from (f"- {_words(item)}" for item in block.items)
    elif isinstance(block, Table):
        yield _row(block.headings)
        yield (
            "| " + " | ".join("--:" if place in block.figures else ":--" for place in range(len(block.headings))) + " |"
        )
        yield from map(_row, block.rows)
    elif isinstance(block, Picture):
        yield f"{_words(block.caption)}"
        yield ""
        yield "```text"
        yield (_drawn(block) or "").replace("```", "'''")
        yield "```"


def _drawn(picture: Picture) -> str:
    if picture.plot is None:
        return clean(picture.text)
    rows = terminal.draw(picture.plot, *_PLOT)
    return "\n".join("".join(span.text for span in row).rstrip() for row in rows)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(_words(cell) for cell in cells) + " |"


def _words(raw: str) -> str:
    """Words on one line that mean nothing but themselves."""
    return _START.sub(r"\1\\\2", _MARKS.sub(r"\\\1", line(raw)))
