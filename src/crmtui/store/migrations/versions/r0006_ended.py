"""The sixth schema: the day a project really ended, taken from the journal where that tells."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from alembic import op

from crmtui.store.migrations.rebuilding import bring_to

if TYPE_CHECKING:
    from sqlalchemy import Connection

revision = "0006"
down_revision = "0005"

_OVER: Final = "('done', 'stopped')"


def upgrade() -> None:
    """Give projects their day; conditions on days that follow each other are written alike from now on."""
    connection = op.get_bind()
    bring_to(connection, Path(__file__).with_name("schema_0006.sql"), {})
    if connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE name = 'past_project'").scalar():
        _tell_ends(connection)


def _tell_ends(connection: Connection) -> None:
    """The day of the change since which a project is over; none for one that was over when it was written down.

    What it was before is rewritten too: while it went on it had no such day, and to undo what ended it takes it away.
    """
    connection.exec_driver_sql(
        f"""UPDATE project SET ended_on = found.day FROM (
            SELECT c.row_id, date(max(s.at), 'localtime') AS day
            FROM change c JOIN past_project p ON p.change_id = c.id JOIN change_set s ON s.id = c.set_id
            WHERE c.tbl = 'project' AND c.op = 'U' AND p.status NOT IN {_OVER} GROUP BY c.row_id) AS found
        WHERE found.row_id = project.id AND status IN {_OVER} AND found.day >= coalesce(starts_on, found.day)"""
    )
    connection.exec_driver_sql("ALTER TABLE past_project ADD COLUMN ended_on TEXT")
    connection.exec_driver_sql(
        f"""UPDATE past_project SET ended_on = (SELECT ended_on FROM project t WHERE t.id = past_project.id)
        WHERE status IN {_OVER}"""
    )
