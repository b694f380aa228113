"""The fourth schema: a scenario holds the hours of a whole team, up to a million."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from crmtui.store.migrations.rebuilding import bring_to

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table of scenarios anew, with all that is in it."""
    bring_to(op.get_bind(), Path(__file__).with_name("schema_0004.sql"), {})
