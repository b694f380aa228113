"""Cells of lists and values of fields as text, for tables and pages."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain import money, values
from crmtui.domain.fields import Kind, Spec
from crmtui.figures import Figure
from crmtui.queries.lists import Shape
from crmtui.text import _

if TYPE_CHECKING:
    from crmtui.queries.lists import Column

_DIGITS: Final = 2  # behind the point, where a column does not say how many
MIXED: Final = "≠"  # a sum over several currencies, which is none
FIGURES: Final = frozenset({Shape.NUMBER, Shape.SHARE, Shape.MONEY})


def of_list(column: Column, cell: Any) -> str:  # noqa: ANN401 - a cell of any shape
    """A cell of a list as its table shows it; '' when there is nothing, since missing is not zero."""
    if column.shape is Shape.MONEY:
        return _whole_amount(*cell)
    if cell is None or cell == "":
        return ""
    if column.words is not None:
        return next((_(word.label) for word in column.words if word.value == cell), str(cell))
    return _plain(column, cell)


def _plain(column: Column, cell: Any) -> str:  # noqa: ANN401 - a cell that is neither nothing, money nor a word
    if column.shape is Shape.FLAG:
        return _("yes") if cell else _("no")
    if column.shape is Shape.SHARE:
        return f"{_rounded(Decimal(str(cell)) * 100)} %"
    if column.decimals:
        return f"{Figure(cell):{'+' if column.signed else ''}.{column.decimals}f}"
    return f"{Figure(round(cell, _DIGITS)):g}" if isinstance(cell, float) else str(cell)


def of_field(spec: Spec, kept: Any, currency: str) -> str:  # noqa: ANN401 - a value of any kind
    """A field's value, as it is kept, for a page: words and grades by their labels, money in full."""
    if kept is None or kept == "":
        return ""
    if spec.kind is Kind.MONEY:
        return money.format_amount(kept, currency)
    return values.label(spec, values.loaded(spec, kept))


def _whole_amount(minor: int | None, currency: str | None) -> str:
    if minor is None:
        return ""
    if currency is None:
        return MIXED
    units = _rounded(Decimal(minor).scaleb(-money.exponent(currency)))
    return f"{money.format_number(units)} {money.sign_of(currency)}"


def _rounded(value: Decimal) -> Decimal:
    whole = value.quantize(Decimal(1), ROUND_HALF_UP)
    return whole or abs(whole)
