"""A report as one page of HTML: no script, nothing from elsewhere, pictures inside, and a style for printing.

What comes from records is escaped by the template; only pictures are put in as they are, and those this program draws.
"""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from crmtui.exchange.report.document import Bullets, Facts, Picture, Table, Words
from crmtui.plots import svg
from crmtui.text import clean, line

if TYPE_CHECKING:
    from crmtui.exchange.report.document import Block, Document

_SHORT: Final = 18  # letters
_UNIT: Final = re.compile(r"(?<=\d) (?=%|[A-Z]{3}\b|h\b|pt\b)")
_DAY: Final = re.compile(r"\b(\d{1,2}) (\w{3,4}) (\d{4})\b")


def write(document: Document) -> str:
    """The report as one page."""
    import jinja2
    from markupsafe import Markup

    environment = jinja2.Environment(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters |= {"line": _line, "paragraphs": _paragraphs}
    environment.tests["short"] = _is_short
    source = resources.files("crmtui.exchange.report").joinpath("page.html.jinja").read_text("utf-8")
    sections = [(section, [_block(block, Markup) for block in section.blocks]) for section in document.sections]
    return environment.from_string(source).render(document=document, sections=sections)


def _line(raw: str) -> str:
    """Words on one line, in which figures stay with their units, and days with their months."""
    return _DAY.sub("\\1\N{NO-BREAK SPACE}\\2\N{NO-BREAK SPACE}\\3", _UNIT.sub("\N{NO-BREAK SPACE}", line(raw)))


def _paragraphs(raw: str) -> list[str]:
    return [_line(part) for part in clean(raw).split("\n") if part.strip()]


def _is_short(cell: str) -> bool:
    """Whether no word of it need ever be broken."""
    return all(len(word) <= _SHORT for word in line(cell).split())


def _block(block: Block, markup: type[Any]) -> dict[str, Any]:
    """A block as the template knows it."""
    if isinstance(block, Words):
        return {"kind": "words", "text": block.text, "is_strong": block.is_strong}
    if isinstance(block, Facts):
        return {"kind": "facts", "pairs": block.pairs}
    if isinstance(block, Bullets):
        return {"kind": "bullets", "lines": block.items}
    if isinstance(block, Table):
        return {"kind": "table", "headings": block.headings, "rows": block.rows, "figures": block.figures}
    if isinstance(block, Picture):
        high = svg.LOW if block.is_low else svg.HEIGHT
        drawn = svg.draw(block.plot, block.text, height=high) if block.plot is not None else block.svg
        return {"kind": "picture", "caption": block.caption, "svg": markup(drawn)}
    raise TypeError(type(block).__name__)
