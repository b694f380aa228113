"""Make one of records that mean the same, or say that they do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.commands.records import labelled
from crmtui.domain.accounts import Account, Competitor
from crmtui.domain.bringing import DistinctAccounts, DistinctPeople
from crmtui.domain.fields import Kind, Record, specs
from crmtui.domain.offerings import Offering
from crmtui.domain.people import Person
from crmtui.domain.workspace import Actor
from crmtui.errors import UsageError
from crmtui.store import backup
from crmtui.store.reading import records
from crmtui.store.unit import UnitOfWork, work
from crmtui.store.writing import merging
from crmtui.text import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from crmtui.domain.words import Source

KINDS: Final[Mapping[str, type[Record]]] = {
    kind.noun.table: kind for kind in (Account, Person, Competitor, Offering, Actor)
}
_NAMED: Final = 3  # of the records that go, in the name of the change
_DISTINCT: Final[Mapping[str, tuple[type[Record], str, str]]] = {
    "account": (DistinctAccounts, "account_id", "other_id"),
    "person": (DistinctPeople, "person_id", "other_id"),
}


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did.

    Attributes:
        label: in words, as the history keeps it.
        count: how many records became one.
        moved: how many records hang on the one now that hung on the others.
    """

    label: str
    count: int
    moved: int


def merge(
    path: Path, table: str, kept: int, others: Sequence[int], source: Source, taken: Mapping[str, int] | None = None
) -> Merged:
    """Make one record of several, in one undoable step, after a backup.

    Args:
        path: the workspace.
        table: of which kind they are: an account, a person, a competitor, an offering, one of ours.
        kept: the key of the record that stays.
        others: the keys of those that go; what the kept one lacks is filled from them, in this order.
        source: the door.
        taken: by field, the key of the record that is right about it. Where nothing is said the kept one is, but what
            it lacks is filled from the others, and long texts are put one below the other.

    Raises:
        UsageError: there is nothing to merge, a field or key is not one of these records', or amounts would come under
            another currency.
        NotFoundError: one of them is gone.
    """
    kind = _checked(table, kept, others, taken or {})
    backup.make(path, backup.BEFORE_MERGE)
    with work(path, "", source) as unit:
        for key in (kept, *others):
            records.get(unit.connection, kind, key)
        gone = ", ".join(labelled("{title}", unit, kind, key) for key in others[:_NAMED])
        gone += ", …" if len(others) > _NAMED else ""
        held = [name for name, key in (taken or {}).items() if key == kept]
        moved = 0
        for other in others:
            right = [name for name, key in (taken or {}).items() if key == other]
            _keep_currencies(records.get(unit.connection, kind, kept), records.get(unit.connection, kind, other), right)
            moved += merging.merge(unit.connection, kind, kept, other, right, held)
        label = labelled(_("Merge {other} into {record} {title}").replace("{other}", _braced(gone)), unit, kind, kept)
        unit.relabel(label)
    return Merged(label, 1 + len(others), moved)


def _keep_currencies(kept: Record, other: Record, right: Sequence[str]) -> None:
    """Amounts of one record are in one currency: those that stay may not come under that of one that is taken."""
    moneys = [name for name, spec in specs(type(kept)).items() if spec.kind is Kind.MONEY]
    is_split = getattr(kept, "currency", "") != getattr(other, "currency", "")
    left = [name for name in moneys if name not in right and getattr(kept, name) is not None]
    if is_split and left and any(name in right for name in moneys):
        raise UsageError(
            _("The amounts of the two are in different currencies: take {names} as well, or none.").format(
                names=", ".join(left)
            )
        )


def _braced(raw: str) -> str:
    """A name in a template that is filled in later."""
    return raw.replace("{", "{{").replace("}", "}}")


def _checked(table: str, kept: int, others: Sequence[int], taken: Mapping[str, int]) -> type[Record]:
    if table not in KINDS:
        raise UsageError(_("Records of this kind are not merged."))
    if not others or kept in others or len(set(others)) < len(others):
        raise UsageError(_("Name the record that stays and at least one other."))
    for name, key in taken.items():
        if name not in specs(KINDS[table]) or key not in (kept, *others):
            raise UsageError(_("There is no field “{name}” of these records to choose.").format(name=name))
    return KINDS[table]


def keep_apart(path: Path, table: str, one: int, other: int, source: Source) -> None:
    """Say that two records that look alike are not the same; they are not told as doubles again.

    Raises:
        UsageError: of this kind nobody looks for doubles, or it is one record.
    """
    if table not in _DISTINCT or one == other:
        raise UsageError(_("Name two accounts, or two people."))
    kind, first, second = _DISTINCT[table]
    small, large = sorted((one, other))
    with work(path, _("Tell two apart that look alike"), source) as unit:
        if not _is_apart(unit, kind, (first, small), (second, large)):
            unit.insert(kind, {first: small, second: large})


def _is_apart(unit: UnitOfWork, kind: type[Record], one: tuple[str, int], other: tuple[str, int]) -> bool:
    row = unit.connection.execute(
        f"SELECT 1 FROM {kind.noun.table} WHERE {one[0]} = ? AND {other[0]} = ?", (one[1], other[1])
    ).fetchone()
    return row is not None
