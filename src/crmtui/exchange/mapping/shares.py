"""Percentages in columns of amounts: what is a share of another amount of its row is worked out from that."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.checked import Checked, checker
from crmtui.domain.fields import Kind, Spec
from crmtui.exchange.mapping.amounts import NAMES_MONEY
from crmtui.exchange.mapping.headers import words_of
from crmtui.exchange.values import NumberStyle, parse_percentage

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crmtui.domain.values import Plain

# Amounts that files may tell as a share of another one, by noun and field, with that one.
WHOLES: Final = {("opportunity", "margin"): "value"}
SHARE: Final = Spec(kind=Kind.NUMBER, label="")
_WORDS: Final = frozenset("percent percentage pct perc percentuale prozent pourcentage porcentaje".split())  # noqa: SIM905 - a list of words


def says_percent(header: str) -> bool:
    """Whether a header says that its figures are percentages."""
    return "%" in header or not _WORDS.isdisjoint(words_of(header))


def is_share(header: str, cell: str) -> bool:
    """Whether a cell is a percentage, by itself or by its header."""
    return cell.rstrip().endswith("%") or (bool(cell.strip()) and says_percent(header) and not NAMES_MONEY.search(cell))


def apart(header: str, cells: Sequence[str]) -> tuple[list[str], list[str]]:
    """The cells that are amounts, and those that are percentages; '' where they are the other."""
    are_shares = [is_share(header, cell) for cell in cells]
    pairs = list(zip(cells, are_shares, strict=True))
    return ["" if share else cell for cell, share in pairs], [cell if share else "" for cell, share in pairs]


class Percentages:
    """How the percentages of one column are read: three decimals are no thousands there.

    Args:
        cells: all of them.
    """

    def __init__(self, cells: Iterable[str]) -> None:
        self._style = NumberStyle.COMMA if any("," in cell for cell in cells) else NumberStyle.POINT

    def __call__(self, cell: str) -> float:
        """The percentage in a cell, in points; ValueError with a sentence when it is none."""
        return float(parse_percentage(cell, self._style))


def worked_out(spec: Spec, shares: Sequence[Plain], wholes: Sequence[Plain], amounts: Sequence[Plain]) -> Checked:
    """The amounts of a column, those of percentages worked out; None where that is not known of which."""
    check = checker(spec)

    def part(share: Any, whole: Any) -> Plain:  # noqa: ANN401 - figures as they are kept
        try:
            return None if whole is None else check(round(Decimal(str(share)) * whole / 100))
        except ValueError:  # more than fits
            return None

    rows = zip(shares, wholes, amounts, strict=True)
    return Checked(spec, [amount if share is None else part(share, whole) for share, whole, amount in rows])
