"""How opportunities ended, where other columns than the stage tell; and columns that are read into others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.checked import Checked
from crmtui.domain.fields import specs
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.words import Stage
from crmtui.exchange.mapping.usual import STAGES, YES, compared
from crmtui.text import key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.domain.values import Plain

CLOSED: Final = frozenset(stage.value for stage in Stage if stage.is_closed)
_ENDINGS: Final = {key(name): stage for stage in CLOSED for name in STAGES[stage]}


def is_yes(cell: Plain) -> bool:
    """Whether a cell says yes."""
    return compared(str(cell or "")) in _YES


_YES: Final = frozenset(map(compared, YES))


def ended(stages: Sequence[Plain], told: Mapping[str, Sequence[Plain]]) -> Checked:
    """The stages, those of opportunities that are won or lost by what other columns tell.

    Args:
        stages: of each row, None where it is unknown.
        told: the columns `outcome`, `is_won`, `is_lost` and `is_closed`, those that there are.
    """
    nothing: Sequence[Plain] = [None] * len(stages)
    columns = (told.get(name, nothing) for name in ("outcome", "is_won", "is_lost", "is_closed"))
    knows_won = "is_won" in told
    found: list[Plain] = []
    for stage, outcome, won, lost, closed in zip(stages, *columns, strict=True):
        said = _ENDINGS.get(key(str(outcome or "")))
        if is_yes(won) or said == Stage.WON:
            found.append(Stage.WON.value)
        elif is_yes(lost) or said == Stage.LOST or (is_yes(closed) and knows_won and stage != Stage.WON):
            found.append(Stage.LOST.value)
        else:
            found.append(stage)
    return Checked(specs(Opportunity)["stage"], found)


def expected(values: dict[str, Checked], count: int) -> None:
    """The day on which something open closes is the day on which that is expected."""
    if "closed_on" not in values:
        return
    nothing: Sequence[Plain] = [None] * count
    ends = values["closed_on"]
    is_closed = [stage in CLOSED for stage in values.get("stage", nothing)]
    hoped = values.get("expected_on", nothing)
    values["closed_on"] = Checked(
        ends.spec, [day if closed else None for day, closed in zip(ends, is_closed, strict=True)]
    )
    values["expected_on"] = Checked(
        specs(Opportunity)["expected_on"],
        [was if closed else day or was for day, was, closed in zip(ends, hoped, is_closed, strict=True)],
    )


def instead(first: Sequence[Plain], other: Sequence[Plain]) -> list[Plain]:
    """A column, and where it is empty another one."""
    return [one or two for one, two in zip(first, other, strict=True)]


def joined(first: Sequence[Plain], other: Sequence[Plain]) -> list[Plain]:
    """A column with another one behind it."""
    return [f"{one} {two}" if one and two else one or two for one, two in zip(first, other, strict=True)]


def is_several(cell: Plain) -> bool:
    """Whether a cell names several, where a program writes them so."""
    return ";" in str(cell or "")


def first_of(cell: str) -> str | None:
    """The first of several names in a cell."""
    return next(filter(None, map(str.strip, cell.split(";"))), None)
