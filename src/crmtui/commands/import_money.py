"""Amounts that rows tell anew, and what they are in: a record has one currency for all of its amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.fields import Kind, specs
from crmtui.domain.money import exponent
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crmtui.commands.import_existing import Modes
    from crmtui.domain.fields import Record
    from crmtui.domain.values import Plain

CURRENCY: Final = "currency"


class Money:
    """Amounts and their currency, which change together or not at all: an amount alone would be another one.

    Attributes:
        fields: the money of the record.
        is_there: whether the rows tell a currency.
    """

    def __init__(
        self, kind: type[Record], columns: Mapping[str, Sequence[Plain]], modes: Modes, bare: Sequence[bool] = ()
    ) -> None:
        self._known = specs(kind)
        self.fields = [name for name, spec in self._known.items() if spec.kind is Kind.MONEY]
        self.is_there = CURRENCY in columns and bool(self.fields)
        self._columns = columns
        self._modes = modes
        self._bare = bare

    def sorted_out(
        self, place: int, now: Mapping[str, Any], differing: list[str], allowed: list[str]
    ) -> tuple[list[str], list[str]]:
        """What differs and what may be changed, when the row may be in another currency than the record."""
        told = self._told(place)
        if CURRENCY not in differing:
            return differing, allowed
        others = [name for name in allowed if name != CURRENCY]
        if self.is_of_record(place, now):
            return [name for name in differing if name != CURRENCY], others
        if not told and self.fields:
            return [name for name in differing if name != CURRENCY], others
        if self._fits(told, now):
            return differing, [*others, CURRENCY]
        return differing, [name for name in others if name not in told]

    def is_of_record(self, place: int, now: Mapping[str, Any]) -> bool:
        """Whether the amounts of a row, which name no currency, are in that of the record, which has some already."""
        is_bare = bool(self._bare) and self._bare[place] and any(now[name] is not None for name in self.fields)
        return is_bare and exponent(str(now[CURRENCY])) == exponent(str(self._columns[CURRENCY][place]))

    def apart(self, place: int, now: Mapping[str, Any], differing: Sequence[str], allowed: Sequence[str]) -> str:
        """Why amounts were kept that might be changed, in a sentence: the record has others in its currency."""
        if CURRENCY not in differing or CURRENCY in allowed:
            return ""
        kept = [_(self._known[name].label) for name in self._told(place) if self._may(name, now)]
        told = _("{fields} kept: the record is in {currency}, the file says {other}")
        said = {"currency": now[CURRENCY], "other": self._columns[CURRENCY][place]}
        return told.format(fields=", ".join(kept), **said) if kept else ""

    def _fits(self, told: Sequence[str], now: Mapping[str, Any]) -> bool:
        """Whether no amount of the record is left in another currency than those that a row tells."""
        held = [name for name in self.fields if now[name] is not None]
        if CURRENCY in self._modes.fields and not self._modes.may(CURRENCY, lacking=not held):
            return False
        return all(name in told and self._may(name, now) for name in held) and any(self._may(one, now) for one in told)

    def _may(self, name: str, now: Mapping[str, Any]) -> bool:
        return self._modes.may(name, lacking=now[name] is None)

    def _told(self, place: int) -> list[str]:
        return [name for name in self.fields if name in self._columns and self._columns[name][place] is not None]
