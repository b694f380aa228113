"""What people have refused, as files tell it: a refusal is taken from a file, a consent never is."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from crmtui.domain.people import Consent
from crmtui.domain.words import ConsentState
from crmtui.exchange.mapping.targets import REFUSALS
from crmtui.store.writing import bulk
from crmtui.text import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from crmtui.commands.import_matching import Known
    from crmtui.domain.values import Plain
    from crmtui.exchange.mapping.drafts import Drafts
    from crmtui.store.unit import UnitOfWork


class Refusals:
    """The refusals in one file.

    Args:
        unit: the unit of work.
        source: the program or the file, as it is shown.
        today: the day on which we learn of it.
    """

    def __init__(self, unit: UnitOfWork, source: str, today: dt.date) -> None:
        self._unit = unit
        self._source = source
        self._today = today

    def add(self, drafts: Drafts, person_ids: Sequence[int]) -> None:
        """Write what new people refuse."""
        for channel, cells in self._by_channel(drafts).items():
            self._write(channel, [(one, cell) for one, cell in zip(person_ids, cells, strict=True) if cell])

    def complete(self, drafts: Drafts, known: Sequence[Known]) -> set[int]:
        """The same for people who are there, whatever they said before; returns the places of the rows that changed."""
        changed: set[int] = set()
        for channel, cells in self._by_channel(drafts).items():
            told = {record_id: place for record_id, place in known if cells[place]}
            if not told:
                continue
            said = self._said(channel, list(told))
            self._write(channel, [(one, cells[place]) for one, place in told.items() if one not in said])
            turned = [one for one, (_key, state) in said.items() if state != ConsentState.REFUSED]
            given: dict[str, Sequence[Any]] = {
                "state": [ConsentState.REFUSED] * len(turned),
                "day": [self._today] * len(turned),
                "source": [self._according(cells[told[one]]) for one in turned],
            }
            bulk.update_columns(self._unit, Consent, [said[one][0] for one in turned], given)
            changed |= {place for one, place in told.items() if one in turned or one not in said}
        return changed

    def _said(self, channel: int, people: Sequence[int]) -> dict[int, tuple[int, str]]:
        """(key, state) of what people said about a channel."""
        marks = ", ".join(map(str, people))
        rows = self._unit.connection.execute(
            f"SELECT person_id, id, state FROM consent WHERE channel_id = ? AND person_id IN ({marks})", (channel,)
        )
        return {row[0]: (row[1], row[2]) for row in rows}

    def _write(self, channel: int, told: Sequence[tuple[int, Any]]) -> None:
        given: dict[str, Sequence[Any]] = {
            "person_id": [person_id for person_id, _cell in told],
            "channel_id": [channel] * len(told),
            "state": [ConsentState.REFUSED] * len(told),
            "day": [self._today] * len(told),
            "source": [self._according(cell) for _person, cell in told],
        }
        bulk.insert_columns(self._unit, Consent, given)

    def _according(self, cell: object) -> str:
        return _("{source}, {column}").format(source=self._source, column=str(cell))[:500]

    def _by_channel(self, drafts: Drafts) -> dict[int, Sequence[Plain]]:
        """By each channel that somebody refuses, what the file says of it: that which names it before what names all.

        A channel that the workspace does not have is none on which anything could be planned.
        """
        found: dict[int, Sequence[Plain]] = {}
        for refusal, codes in REFUSALS.items():
            cells = drafts.refusals.get(refusal, ())
            if not any(cells):
                continue
            for code in codes or self._channels:
                if (channel := self._channels.get(code)) is not None:
                    before = found.get(channel, [None] * len(drafts))
                    found[channel] = [first or other for first, other in zip(before, cells, strict=True)]
        return found

    @cached_property
    def _channels(self) -> dict[str, int]:
        """The keys of all channels, by their codes."""
        return {str(row[0]): int(row[1]) for row in self._unit.connection.execute("SELECT code, id FROM channel")}
