"""What each door may load, seen from outside: the layers that import-linter draws, in a running process."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from crmtui.commands import records
from crmtui.domain.accounts import Account
from crmtui.domain.words import Source

if TYPE_CHECKING:
    from pathlib import Path

WRITING = {"sqlmodel", "sqlalchemy", "pydantic", "alembic"}
SCREEN = {"textual"}
SLOW = {"email"}  # what `importlib.metadata` takes with it: as much as Typer


def loaded(script: str) -> set[str]:
    """The top-level packages that a script has loaded when it ends."""
    ending = "\nimport sys\nprint('\\n' + ' '.join(sorted(name for name in sys.modules if '.' not in name)))"
    done = subprocess.run([sys.executable, "-c", script + ending], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def command(*arguments: str) -> str:
    return (
        "import sys\nfrom crmtui.__main__ import main\n"
        f"sys.argv = ['crmtui', *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code, end.code"
    )


@pytest.mark.parametrize("flag", ["--help", "--version"])
def test_help_and_version_load_neither_sqlmodel_nor_textual(flag: str) -> None:
    assert loaded(command(flag)).isdisjoint(WRITING | SCREEN)


def test_a_list_loads_neither_sqlmodel_nor_textual(workspace: Path) -> None:
    assert loaded(command("--db", str(workspace), "accounts", "list")).isdisjoint(WRITING | SCREEN | SLOW)


def test_an_import_into_a_new_workspace_and_its_undoing_load_neither_sqlmodel_nor_textual(tmp_path: Path) -> None:
    people, workspace = tmp_path / "people.csv", tmp_path / "team.db"
    people.write_text("Name,Company,Email\nLaura,Aurora,laura@example.com\n")
    for arguments in (("import", str(people)), ("undo",)):
        assert loaded(command("--db", str(workspace), *arguments)).isdisjoint(WRITING | SCREEN | SLOW)


LOCKED = """
import sqlite3, sys
class Watch:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("sqlmodel", "sqlalchemy", "pydantic"):
            other = sqlite3.connect({path!r}, timeout=0, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")  # fails where the file is locked
            other.close()
sys.meta_path.insert(0, Watch())
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ("accounts", "add", "--name", "Helios"),
        ("accounts", "edit", "Aurora", "--city", "Milano"),
        ("people", "add", "--name", "Laura", "--account", "Aurora"),
        ("log", "Aurora", "--channel", "call"),
        ("note", "--account", "Aurora", "hello"),
        ("settings", "--name", "Team"),
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_nobody_waits_for_a_lock_while_a_library_is_loaded(workspace: Path, arguments: tuple[str, ...]) -> None:
    records.add(workspace, Account, {"name": "Aurora"}, Source.CLI)
    found = loaded(LOCKED.format(path=str(workspace)) + command("--db", str(workspace), *arguments))
    assert found >= {"sqlmodel"}


def test_the_screen_starts_without_sqlmodel() -> None:
    found = loaded("import crmtui.tui.app")
    assert found.isdisjoint(WRITING)
    assert found >= SCREEN


def test_the_list_of_accounts_waits_for_no_figures_and_for_no_other_record() -> None:
    """What is loaded between the first paint and the list is waited for."""
    script = (
        "import sys\nimport crmtui.tui.screens.accounts\n"
        "heavy = [name for name in sys.modules if name.startswith(('crmtui.method.', 'crmtui.commands.'))]\n"
        "records = {name for name in sys.modules if name in ('crmtui.domain.dmu', 'crmtui.domain.scorecards')}\n"
        "assert not heavy + [*records], heavy"
    )
    loaded(script)


@pytest.mark.parametrize("room", ["method", "queries", "commands", "exchange", "store"])
def test_only_the_front_ends_know_their_libraries(room: str) -> None:
    script = (
        f"import importlib, pkgutil, crmtui.{room} as room\n"
        "for module in pkgutil.walk_packages(room.__path__, room.__name__ + '.'):\n"
        "    if '.versions' not in module.name:\n        importlib.import_module(module.name)"
    )
    assert loaded(script).isdisjoint({"textual", "typer"})


def test_the_method_is_pure() -> None:
    script = (
        "import importlib, pkgutil, crmtui.method as room\n"
        "for module in pkgutil.walk_packages(room.__path__, room.__name__ + '.'):\n"
        "    importlib.import_module(module.name)"
    )
    assert loaded(script).isdisjoint(WRITING | SCREEN | {"sqlite3", "typer"})


def test_figures_wait_for_numpy_and_scipy_only_where_there_is_much_to_learn() -> None:
    script = "from crmtui.method import equity, repeat, scenarios, stopping, territory, winrate_learning"
    assert loaded(script).isdisjoint({"numpy", "scipy"})
