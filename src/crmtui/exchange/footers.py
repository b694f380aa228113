"""Lines at the end of a report that are no rows: who made it and when, whose it is, totals."""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from crmtui.text import _, line as one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crmtui.exchange.reading import Row

_LONGEST: Final = 10
_MOST_TOTALS: Final = 3  # of a part, of all of it, of all pages
_NARROWEST: Final = 3  # every row of a narrower table looks like a footer
_SHOWN: Final = 100
_TOTAL: Final = re.compile(
    r"(?:(?:grand|overall|gran)\s+|sub-?)?tota(?:ls?|le|li)(?:\s*\([^)]*\))?:?|sum|somma:?", re.IGNORECASE
)
_FIGURE: Final = re.compile(r"[-(]?\s*(?:[A-Z]{3}|[€$£¥])?\s*-?[0-9][0-9.,'\s]*%?\)?\s*(?:[A-Z]{3}|[€$£¥])?")
_values: Final = attrgetter("values")
_MAKER: Final = re.compile(
    r"©|copyright|confidential|riservat|generated|generato|created by|creato da|printed|stampato|exported|esportato"
    r"|\breport\b|as of\b|source:|fonte:|page \d|pagina \d|filter",
    re.IGNORECASE,
)


def without_footer(stretches: Iterable[Sequence[Row]], width: int, footer: list[Row]) -> Iterator[list[Row]]:
    """The rows of a table without blank ones and without its footer, which is put in `footer`; many at a time.

    A footer is the last rows as far as they are totals, at most three, and lines after a blank one that have one cell;
    where those are as wide as the table, like those of a spreadsheet, one of them must say who made the report or whose
    it is.

    Args:
        stretches: all rows in their order, blank ones too; those that are not as wide as the table are passed on.
        width: how many columns the table has.
        footer: empty.
    """
    held: list[Row] = []
    last: list[Row] = []  # the last rows that are none of a footer's lines; they may be totals
    after_blank = False
    for rows in stretches:
        passed = last
        if not after_blank and all(map(any, map(_values, rows))):
            passed.extend(rows)
        else:
            for row in rows:
                if not any(row.values):
                    after_blank = True
                elif after_blank and width >= _NARROWEST and len(held) < _LONGEST and sum(map(bool, row.values)) == 1:
                    held.append(row)
                else:
                    passed.extend(held)
                    passed.append(row)
                    held, after_blank = [], False
        last = passed[-_MOST_TOTALS:]
        yield passed[:-_MOST_TOTALS]
    while last and width >= _NARROWEST and _is_total(last[-1].values):
        footer.insert(0, last.pop())
    yield last
    if footer or any(len(row.values) < width or _MAKER.search("".join(row.values)) for row in held):
        footer.extend(held)
    else:
        yield held


def _is_total(cells: Sequence[str]) -> bool:
    """Whether a row begins with a word for totals and has nothing but figures after it: Total in Paris is a company."""
    filled = list(filter(None, map(str.strip, cells)))
    return bool(filled) and _TOTAL.fullmatch(filled[0]) is not None and all(map(_FIGURE.fullmatch, filled[1:]))


def told(footer: Sequence[Row]) -> str:
    """A sentence on a footer that is not empty."""
    text = one_line(" / ".join(" ".join(filter(None, row.values))[:_SHOWN] for row in footer))
    return _("Lines below the table, from line {line}, were skipped: {text}").format(line=footer[0].line, text=text)
