"""The fifth schema: why a posture was set by hand, effort in contacts, and numbers that calendars told."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import op

from crmtui.store.migrations.rebuilding import bring_to

revision = "0005"
down_revision = "0004"

# What the new columns hold in records that were there before them.
FILLED: Final = {"account": {"posture_reason": "''"}, "territory_scenario": {"unit": "'hours'"}}


def upgrade() -> None:
    """Make the tables that have more columns anew, with all that is in them."""
    bring_to(op.get_bind(), Path(__file__).with_name("schema_0005.sql"), FILLED)
