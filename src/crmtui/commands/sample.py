"""Begin a sample workspace: a copy of the story that this project tells, counted from today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.commands import sample_chances
from crmtui.commands.workspace import begin_history, create, discard
from crmtui.domain.plans import Channel
from crmtui.domain.portfolio import PortfolioCriterion
from crmtui.domain.scorecards import Criterion, ScorecardTemplate
from crmtui.domain.words import Source
from crmtui.domain.workspace import Workspace
from crmtui.method.portfolio import DEFAULTS
from crmtui.sample import reader
from crmtui.sample.rows import Ref, Row
from crmtui.store.reading import records, winning
from crmtui.store.unit import UnitOfWork, work
from crmtui.store.writing.bulk import insert_many
from crmtui.text import _

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path


def create_sample(path: Path, today: dt.date) -> None:
    """Make a new workspace file with the sample in it; its settings say that it is one.

    Raises:
        FileProblemError: something is there already, or the place cannot be written to; nothing was changed.
    """
    rows = reader.records(today)
    create(path, name=reader.workspace_name(), source=Source.SAMPLE, is_sample=True)
    try:
        with work(path, _("Fill the sample workspace"), Source.SAMPLE, by_record=False) as unit:
            own = [one for one in winning.criteria(unit.connection) if one.template == reader.TEMPLATE]
            sample_chances.give(rows, own, records.get(unit.connection, Workspace, 1).base_rate)
            _fill(unit, rows)
        begin_history(path)
    except BaseException:
        discard(path)
        raise


def _fill(unit: UnitOfWork, rows: Iterable[Row]) -> None:
    """Write the rows, as many together as are of one kind and do not wait for each other's keys."""
    keys = _seeded(unit.connection)
    batch: list[Row] = []
    for row in rows:
        if batch and (row.ref.kind is not batch[0].ref.kind or not _links(row) <= keys.keys()):
            _write(unit, batch, keys)
            batch = []
        batch.append(row)
    _write(unit, batch, keys)


def _write(unit: UnitOfWork, batch: list[Row], keys: dict[Ref, int]) -> None:
    given = [
        {name: keys[value] if isinstance(value, Ref) else value for name, value in row.values.items()} for row in batch
    ]
    written = insert_many(unit, batch[0].ref.kind, given)
    keys |= zip((row.ref for row in batch), written, strict=True)


def _links(row: Row) -> set[Ref]:
    return {value for value in row.values.values() if isinstance(value, Ref)}


def _seeded(connection: sqlite3.Connection) -> dict[Ref, int]:
    """The keys of what every new workspace has, by the names that the sample uses."""
    own = "SELECT id FROM scorecard_template WHERE is_current"
    rows = {
        Channel: "SELECT code, id FROM channel",
        Criterion: f"SELECT code, id FROM criterion WHERE template_id = ({own})",
        ScorecardTemplate: "SELECT name, id FROM scorecard_template",
    }
    found = {Ref(kind, name): key for kind, select in rows.items() for name, key in connection.execute(select)}
    placing = connection.execute("SELECT id FROM portfolio_criterion ORDER BY axis, position")
    codes = (one.code for one in DEFAULTS)
    return found | {Ref(PortfolioCriterion, code): key for code, (key,) in zip(codes, placing, strict=False)}
