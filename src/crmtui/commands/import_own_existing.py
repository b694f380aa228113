"""What rows of our own format may change in records that are there: as little, or as much, as rows of other files.

A judgement goes with its basis, day, source and reason, amounts go with their currency, and a text that was cut off
makes room for the whole one. A refusal counts whatever else rows may do, as in other files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.commands.import_existing import Existing, Modes
from crmtui.commands.import_judged import Judgements
from crmtui.commands.import_money import CURRENCY
from crmtui.domain.fields import Kind, specs
from crmtui.domain.people import Consent
from crmtui.domain.words import ConsentState
from crmtui.exchange.cut import is_cut
from crmtui.store.writing.rules import broken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crmtui.domain.fields import Record
    from crmtui.store.unit import UnitOfWork


class Allowed:
    """What rows may change in the records of one kind.

    Args:
        unit: the unit of work.
        kind: of record.
        existing: what rows may do to records that are there.

    Attributes:
        needed: the fields that decide about others, so that what is kept of them must be known.
    """

    def __init__(self, unit: UnitOfWork, kind: type[Record], existing: Existing) -> None:
        self._unit = unit
        self._kind = kind
        self._modes = Modes(existing)
        self._is_free = existing is Existing.OVERWRITE
        self._judged = Judgements(kind, dict.fromkeys(specs(kind), ()))
        moneys = [name for name, spec in specs(kind).items() if spec.kind is Kind.MONEY]
        self._moneys = moneys if CURRENCY in specs(kind) else []
        self.needed = () if self._is_free else (*self._judged.begun, *self._moneys)

    def of(self, record_id: int, now: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
        """The part of a change that may be made; `now` is what is kept of all of its fields and of those needed."""
        if self._is_free or (self._kind is Consent and change.get("state") is ConsentState.REFUSED):
            return dict(change)
        names = {name for name in change if self.may(name, now)}
        for name, others in self._judged.along.items():
            if name in change:
                together = {name, *others} & change.keys()
                names = names | together if self._may(lacking=self._judged.lacks(name, now)) else names - together
        if CURRENCY in change:
            told = {name for name in self._moneys if name in change}
            is_other = not told or any(now[name] is not None for name in self._moneys)
            names = names - told if is_other else names | ({CURRENCY} if names & told else set())
        allowed = {name: change[name] for name in change if name in names}
        is_part = 0 < len(allowed) < len(change)  # which may not fit to what is kept
        return {} if is_part and broken(self._unit.connection, self._kind, record_id, allowed) else allowed

    def may(self, name: str, now: Mapping[str, Any]) -> bool:
        """Whether one field may be changed."""
        return self._may(lacking=now[name] in (None, "") or is_cut(now[name]))

    def _may(self, *, lacking: bool) -> bool:
        return self._modes.may("", lacking=lacking)
