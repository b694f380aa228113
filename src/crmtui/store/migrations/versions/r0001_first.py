"""The first schema: accounts, people, maps, scorecards, plans, contacts and what they need."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table; the statements are kept beside this file as they were released."""
    statements = Path(__file__).with_name("schema_0001.sql").read_text("utf-8")
    for statement in statements.split(";"):
        if statement.strip():
            op.execute(statement)
