"""The third schema: territory, portfolio, white space, delivery, and what is kept of importing."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import op

from crmtui.store.migrations.rebuilding import bring_to

revision = "0003"
down_revision = "0002"

# What the new columns hold in records that were there before them.
FILLED: Final = {
    "workspace": {
        "move_hours_win": "4.0",
        "move_hours_raise": "8.0",
        "move_hours_ask": "1.0",
        "move_hours_score": "1.0",
        "move_hours_map": "1.0",
        "move_hours_gate": "8.0",
        "weight_recognition": "0.4",
        "weight_bonds": "0.3",
        "weight_coverage": "0.3",
        "discount_rate": "0.1",
    },
    "account": {"potential_basis": "'assumed'", "potential_source": "''"},
}


def upgrade() -> None:
    """Make the tables that are new, and make anew those that changed; the schema is kept as it was released."""
    bring_to(op.get_bind(), Path(__file__).with_name("schema_0003.sql"), FILLED)
