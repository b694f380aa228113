"""Rows of a file as records to be, before anything of the workspace is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crmtui.exchange.mapping.meanings import EXTERNAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.domain.checked import Checked
    from crmtui.domain.values import Plain


@dataclass(slots=True)
class Drafts:
    """Some rows of a file as records to be, a column at a time; all columns are equally long.

    Attributes:
        lines: of the file.
        keys: their names as they are compared.
        values: fields of the record, None where the cell is blank; `name` is always there.
        links: for each link field the names that it leads to.
        foreign: for each link field the keys in the other system that it leads to.
        asides: columns that become records of their own, by their names in `meanings.ASIDE`.
        customs: columns that are kept as custom fields, by their names.
        notes: columns that become notes, by their names.
        refusals: by one of `targets.REFUSALS`, what the file says where somebody refuses that; None where nobody does.
        companies: more rows, which name an account and nobody at it; None where there are none.
        at_least: fields of which the rows tell what they are at least: a customer may be more than a buyer.
        bare: whether the amounts of each row name no currency; no values where all do.
        external: their keys in the other system, None where a row has none; no values where the file has none.
    """

    lines: Sequence[int]
    keys: Sequence[str] = ()
    values: dict[str, Checked] = field(default_factory=dict)
    links: dict[str, Checked] = field(default_factory=dict)
    foreign: dict[str, Checked] = field(default_factory=dict)
    asides: dict[str, Checked] = field(default_factory=dict)
    customs: dict[str, Checked] = field(default_factory=dict)
    notes: dict[str, Checked] = field(default_factory=dict)
    refusals: dict[str, Checked] = field(default_factory=dict)
    external: Sequence[Plain] = ()
    at_least: frozenset[str] = frozenset()
    bare: Sequence[bool] = ()
    companies: Drafts | None = None

    def __len__(self) -> int:
        return len(self.lines)

    def column(self, name: str) -> Sequence[Plain]:
        """A column by the name of its field; nothing but None where the file does not have it."""
        columns = {**self.values, **self.links, **self.asides, EXTERNAL: self.external}
        return columns.get(name) or [None] * len(self)

    def picked(self, places: Sequence[int]) -> Drafts:
        """The rows at some places."""
        if len(places) == len(self):
            return self

        def pick(columns: dict[str, Checked]) -> dict[str, Checked]:
            return {name: column.picked(places) for name, column in columns.items()}

        return Drafts(
            [self.lines[place] for place in places],
            [self.keys[place] for place in places],
            pick(self.values),
            pick(self.links),
            pick(self.foreign),
            pick(self.asides),
            pick(self.customs),
            pick(self.notes),
            pick(self.refusals),
            [self.external[place] for place in places] if self.external else (),
            self.at_least,
            [self.bare[place] for place in places] if self.bare else (),
        )
