"""Whatever a workspace holds goes out and comes back the same, made from the definitions of its fields."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import Phase, given, settings, strategies as st

from crmtui.commands.exporting import Format, export_to
from crmtui.commands.importing import ImportOptions, import_files
from crmtui.domain.accounts import Account, Competitor, Note, Tag
from crmtui.domain.action_plan import Objective, Strategy
from crmtui.domain.delivery import Satisfaction
from crmtui.domain.fields import Kind, Record, Spec, specs
from crmtui.domain.offerings import Offering, Order, OrderLine
from crmtui.domain.opportunities import Opportunity, StageChange
from crmtui.domain.people import Person, PersonEmail, PersonPhone
from crmtui.domain.words import Source
from crmtui.domain.workspace import Actor
from crmtui.store.unit import work
from crmtui.store.writing.bulk import insert_many
from crmtui.text import clean, line
from store_dump import dump

if TYPE_CHECKING:
    from pathlib import Path

# Those that others link to first; what they may not repeat is in their definitions.
KINDS: Final = (
    *(Actor, Offering, Competitor, Account, Tag, Person, PersonEmail, PersonPhone, Opportunity, StageChange),
    *(Order, OrderLine, Objective, Strategy, Satisfaction, Note),
)
SIGNS: Final = "aZ1 àß日𝄞,;:\t\n\"'=+-@|\\<&>[]/%.0\u00a0"
TEXTS: Final = st.text(st.sampled_from(SIGNS), max_size=40)
MOST: Final = 10**12


def value(spec: Spec) -> st.SearchStrategy[Any]:
    """Any value that a field takes; links are filled in afterwards."""
    low, high = spec.low, spec.high
    whole = st.integers(-MOST if low is None else int(low), MOST if high is None else int(high))
    words: list[Any] = list(spec.words or ())
    found: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.LINE: TEXTS.map(line).map(lambda text: text[: spec.longest].strip()),
        Kind.TEXT: TEXTS.map(clean),
        Kind.INTEGER: whole,
        Kind.SCALE: whole,
        Kind.MONEY: st.integers(0 if low is not None else -MOST, MOST),
        Kind.NUMBER: st.floats(low, high, allow_nan=False, allow_infinity=False),
        Kind.BOOL: st.booleans(),
        Kind.DATE: st.dates(dt.date(1583, 1, 1)),
        Kind.STAMP: st.datetimes(dt.datetime(1970, 1, 2), timezones=st.just(dt.UTC)),  # noqa: DTZ001 - a bound
        Kind.CURRENCY: st.sampled_from(["EUR", "JPY", "KWD"]),
        Kind.CHOICE: st.sampled_from(words or [""]),
        Kind.CHOICES: st.lists(st.sampled_from(words or [""]), max_size=3, unique=True).map(tuple),
        Kind.LINK: st.integers(0, 99),
    }
    if spec.required or spec.kind not in (Kind.INTEGER, Kind.SCALE, Kind.MONEY, Kind.NUMBER, Kind.DATE, Kind.CHOICE):
        some = found[spec.kind]
        return some.filter(lambda text: bool(str(text).strip())) if spec.required else some
    return st.none() | found[spec.kind]


def rows(kind: type[Record]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Some records of a kind."""
    made = st.fixed_dictionaries({name: value(spec) for name, spec in specs(kind).items()})
    return st.lists(made, max_size=3)


EVERYTHING: Final = st.fixed_dictionaries({kind.noun.table: rows(kind) for kind in KINDS})


def put(path: Path, found: dict[str, list[dict[str, Any]]]) -> None:
    """Write records, each link to one that is there; what may not repeat and does is left out."""
    with work(path, "any", Source.CLI, by_record=False) as unit:
        keys: dict[str, list[int]] = {kind.noun.table: [] for kind in KINDS}
        for kind in KINDS:
            seen: set[tuple[Any, ...]] = set()
            for row in found[kind.noun.table]:
                for name, spec in specs(kind).items():
                    if spec.kind is Kind.LINK:
                        there = keys.get(spec.link, [])
                        row[name] = there[row[name] % len(there)] if there and row[name] < 80 else None
                marks = [(number, *(row[name] for name in group)) for number, group in enumerate(kind.noun.unique)]
                lacking = any(spec.required and row[name] is None for name, spec in specs(kind).items())
                if (
                    lacking
                    or seen.intersection(marks)
                    or (kind is Note and not (row["account_id"] or row["person_id"]))
                ):
                    continue
                seen.update(marks)
                keys[kind.noun.table] += insert_many(unit, kind, [row])


@pytest.mark.parametrize("form", [Format.JSONL, Format.CSV])
@settings(max_examples=5, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # each example is two workspaces
@given(found=EVERYTHING)
def test_it_comes_back_as_it_was(
    template: Path, tmp_path_factory: pytest.TempPathFactory, form: Format, found: dict[str, list[dict[str, Any]]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    shutil.copy2(template, folder / "team.db")
    put(folder / "team.db", found)
    out = folder / ("all" if form is Format.CSV else "all.jsonl")
    export_to(folder / "team.db", "all", form, out)
    files = sorted(out.iterdir()) if out.is_dir() else [out]
    report = import_files(folder / "copy.db", files, ImportOptions())
    assert report.rejected == 0
    assert content(folder / "copy.db") == content(folder / "team.db")
    assert not import_files(folder / "team.db", files, ImportOptions()).done


def content(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """What a workspace holds, by identity instead of key."""
    whole = dump(path)
    uids = {table: {row[0]: row[1] for row in found} for table, found in whole.items()}
    links = {kind.noun.table: [spec.link for spec in specs(kind).values()] for kind in KINDS}
    told = {}
    for table, names in links.items():
        told[table] = sorted(
            (row[1], *(uids[link].get(cell) if link else cell for link, cell in zip(names, row[2:], strict=False)))
            for row in whole[table]
        )
    return told
