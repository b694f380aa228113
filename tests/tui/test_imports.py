from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("sqlmodel", "sqlalchemy", "alembic", "pydantic", "typer", "crmtui.store", "crmtui.queries", "crmtui.commands")


@pytest.mark.parametrize("module", ["crmtui.tui.app", "crmtui.tui.screens.base", "crmtui.tui.screens.welcome"])
def test_what_is_shown_first_loads_nothing_that_opens_or_writes_the_workspace(module: str) -> None:
    script = f"import sys, {module}; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    loaded = done.stdout.split()
    assert [name for name in loaded if name.startswith(HEAVY)] == []


def test_the_app_loads_no_room_before_it_is_shown() -> None:
    script = "import sys, crmtui.tui.app; print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert [name for name in done.stdout.split() if name.startswith("crmtui.tui.screens.")] == []
