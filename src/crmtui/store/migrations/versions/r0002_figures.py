"""The second schema: what the figures of the method need, from assessments to the action plan."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import op

from crmtui.store.migrations.rebuilding import bring_to

revision = "0002"
down_revision = "0001"

# What the new columns hold in records that were there before them.
FILLED: Final = {
    "workspace": {
        "hour_cost": "60.0",
        "working_days": "'mon,tue,wed,thu,fri'",
        "cadence_days": "7",
        "base_rate": "0.3",
        "informal_share": "0.5",
        "weight_decider": "4.0",
        "weight_buyer": "2.5",
        "weight_influencer": "2.0",
        "weight_gatekeeper": "1.5",
        "weight_user": "1.0",
        "weight_initiator": "1.0",
        "weight_coach": "0.5",
        "gate_buyer_orders": "1",
        "gate_buyer_cover": "1.0",
        "gate_account_recognition": "3.0",
        "gate_account_cover": "2.0",
        "gate_account_bonds": "2.0",
        "gate_partner_recognition": "3.0",
        "gate_partner_cover": "3.0",
        "gate_partner_bonds": "3.0",
    }
}


def upgrade() -> None:
    """Make the tables that are new, and make anew those that changed; the schema is kept as it was released."""
    bring_to(op.get_bind(), Path(__file__).with_name("schema_0002.sql"), FILLED)
