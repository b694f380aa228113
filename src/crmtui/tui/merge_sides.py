"""Which of two records is right about each field in which they differ, before and after the user has said so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.fields import Kind, specs

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from crmtui.domain.fields import Record

BOTH: Final = 0  # in place of a key: one text below the other


def usual(kept: Record, other: Record, names: Collection[str]) -> dict[str, int]:
    """By field, the key of the record that is right about it where nobody says otherwise; `BOTH` for long texts.

    Args:
        kept: the one that stays: it is right where it says something.
        other: the one that goes.
        names: the fields in which they differ.
    """
    return {name: _usual(kept, other, name) for name in names}


def _usual(kept: Record, other: Record, name: str) -> int:
    if _is_split(kept, other) and specs(type(kept))[name].kind is Kind.MONEY:
        return kept.id if any(getattr(kept, money) is not None for money in _moneys(kept)) else other.id
    if _is_blank(getattr(kept, name)):
        return other.id
    return BOTH if can_join(kept, other, name) else kept.id


def can_join(kept: Record, other: Record, name: str) -> bool:
    """Whether both have a text that the other has not."""
    one, two = getattr(kept, name), getattr(other, name)
    return specs(type(kept))[name].kind is Kind.TEXT and not _is_blank(one) and not _is_blank(two) and two not in one


def along(kept: Record, other: Record, name: str, names: Collection[str]) -> Sequence[str]:
    """The fields that are chosen with a field: all amounts, where those of the two are in different currencies."""
    moneys = _moneys(kept)
    if name not in moneys or not _is_split(kept, other):
        return (name,)
    return [money for money in moneys if money in names]


def taken(sides: Mapping[str, int], kept: Record, other: Record) -> dict[str, int]:
    """What `commands.merging.merge` is told: all but the texts that are put one below the other.

    With amounts in another currency come all of that record, the unlike and the like, for a number alone would lie.
    """
    said = {name: key for name, key in sides.items() if key != BOTH}
    if _is_split(kept, other):
        moneys = _moneys(kept)
        if any(said.get(name) == other.id for name in moneys):
            said |= dict.fromkeys(moneys, other.id)
    return said


def _moneys(record: Record) -> list[str]:
    return [name for name, spec in specs(type(record)).items() if spec.kind is Kind.MONEY]


def _is_split(kept: Record, other: Record) -> bool:
    return getattr(kept, "currency", "") != getattr(other, "currency", "")


def _is_blank(value: object) -> bool:
    return value is None or value in ("", ())
