"""A report as Markdown (CommonMark, with tables): words of records stay words, and a picture is told in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crmtui.exchange.report.document import Bullets, Facts, Picture, Table, Words
from crmtui.text import clean, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.exchange.report.document import Block, Document

_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
# What would begin a list, or be a rule or the line under a heading.
_START: Final = re.compile(r"^(\s*)(?:(\d+)(?=[.)](?:\s|$))|(?=[-+](?:\s|$)|--|==|=\s*$))", re.MULTILINE)


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
            yield _START.sub(r"\1\2\\", _MARKS.sub(r"\\\1", clean(block.text)))
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
        yield _words(block.caption)
        yield ""
        yield from (f"- {_words(told)}" for told in clean(block.text).splitlines() if told.strip())


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(_words(cell) for cell in cells) + " |"


def _words(raw: str) -> str:
    """Words on one line that mean nothing but themselves."""
    return _START.sub(r"\1\2\\", _MARKS.sub(r"\\\1", line(raw)))
