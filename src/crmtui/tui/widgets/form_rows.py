"""How the fields of a record stand in a form: one a row, and a judgement's circumstances together on one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.fields import Kind, Spec
from crmtui.domain.words import Basis
from crmtui.text import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

JUDGEMENT: Final = 3  # assumed or confirmed, on which day, according to whom
PLACEHOLDERS: Final = ("", N_("judged on"), N_("according to"))


def rows(specs: Mapping[str, Spec]) -> list[tuple[str, ...]]:
    """The names of the fields that share a row, row by row."""
    names = tuple(specs)
    found: list[tuple[str, ...]] = []
    index = 0
    while index < len(names):
        group = names[index : index + JUDGEMENT]
        size = JUDGEMENT if _is_judgement([specs[name] for name in group]) else 1
        found.append(names[index : index + size])
        index += size
    return found


def _is_judgement(group: list[Spec]) -> bool:
    """Whether three fields say how sure a judgement is, of which day, and who says so."""
    kinds = [spec.kind for spec in group]
    return kinds == [Kind.CHOICE, Kind.DATE, Kind.LINE] and group[0].words is Basis
