"""What does it cost to write a million interactions out, guarded and with names beside identities, and to read them?

    python benchmarks/exports.py [--rows N] [--rounds N] [--json]

A workspace of 10,000 accounts and a million interactions is made. `sqlite3 -csv` writes the same cells of the same
records, which it joins itself and does not guard; and, for the bare limit, the table alone as it is kept. The programs
take turns. Then all is exported, and imported into a new workspace once.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import make_workspace as made_up
from installed import environment
from report import Target, medians, tell

from crmtui.commands import workspace
from crmtui.domain.accounts import Account
from crmtui.domain.fields import Kind, specs
from crmtui.domain.plans import Contact
from crmtui.domain.words import ContactStatus, Source
from crmtui.domain.workspace import Actor
from crmtui.exchange.portable import portable_columns
from crmtui.store.reading.flat import title_of
from crmtui.store.unit import work
from crmtui.store.writing.bulk import insert_many

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROWS: Final = 1_000_000
ACCOUNTS: Final = 10_000
MOST_TO_SHELL: Final = 2
MOST_MIB: Final = 200
CRMTUI: Final = str(Path(sys.executable).parent / "crmtui")
OUTCOMES: Final = ("wants a pilot", "asks for a price, by Friday", '"no", says Öberg', "=not yet")


def make(path: Path, count: int) -> None:
    """Write the workspace."""
    workspace.create(path, name="Benchmark")
    chance = random.Random(made_up.SEED)  # noqa: S311 - figures must repeat
    with work(path, "Benchmark", Source.CLI) as unit:
        actors = insert_many(unit, Actor, ({"name": f"Agent {number:02d}"} for number in range(35)))
        names = ({"name": made_up.account_name(chance, number)} for number in range(ACCOUNTS))
        accounts = insert_many(unit, Account, names)
        insert_many(unit, Contact, _contacts(chance, accounts, actors, count))


def _contacts(
    chance: random.Random, accounts: Sequence[int], actors: Sequence[int], count: int
) -> Iterator[dict[str, object]]:
    for number in range(count):
        day = dt.date(2016, 1, 1) + dt.timedelta(days=chance.randrange(3_650))
        yield {
            "account_id": chance.choice(accounts),
            "actor_id": chance.choice(actors),
            "channel_id": chance.randrange(1, 8),
            "day": day,
            "status": ContactStatus.DONE,
            "done_at": dt.datetime.combine(day, dt.time(12), dt.UTC),
            "message": "Pilot review",
            "outcome": OUTCOMES[number % len(OUTCOMES)],
        }


def joined() -> str:
    """The statement by which `sqlite3` writes the same cells under the same headers."""
    cells, joins = ['t.uid AS "uid"'], []
    headers = iter([column.name for column in portable_columns(Contact, amounts=True)][1:])
    for number, (name, spec) in enumerate(specs(Contact).items()):
        if spec.kind is Kind.LINK:
            other = f"l{number}"
            cells += [f'{other}.uid AS "{next(headers)}"', f'{title_of(spec.link, other)} AS "{next(headers)}"']
            joins.append(f"LEFT JOIN {spec.link} {other} ON {other}.id = t.{name}")
        else:
            cells.append(f't.{name} AS "{next(headers)}"')
    return f"SELECT {', '.join(cells)} FROM contact t {' '.join(joins)} ORDER BY t.id"


def measure(folder: Path, count: int, rounds: int) -> dict[str, dict[str, float]]:
    """Medians of each program: seconds by the clock and of the processor, peak memory in MiB."""
    team, out = folder / "team.db", folder / "out"
    subprocess.run((sys.executable, __file__, "--make", str(team), "--rows", str(count)), check=True)
    shell = ("sqlite3", "-readonly", "-csv", "-header", str(team))
    programs = {
        "crmtui export, csv": (CRMTUI, "--db", str(team), "export", "contacts", "--format", "csv"),
        "sqlite3 -csv, joined": (*shell, joined()),
        "sqlite3 -csv, the table": (*shell, "SELECT * FROM contact"),
    }
    taken: dict[str, list[tuple[float, float, float]]] = {name: [] for name in programs}
    for _ in range(rounds):
        for name, arguments in programs.items():
            taken[name].append(_run(arguments, out))
    jsonl = (CRMTUI, "--db", str(team), "export", "contacts", "--format", "jsonl")
    taken["crmtui export, jsonl"] = [_run(jsonl, out)]
    whole = folder / "all"
    _run((CRMTUI, "--db", str(team), "export", "all", "--format", "csv", "--output", str(whole)), out)
    tables = ("actor", "channel", "account", "contact")
    files = (str(whole / f"{table}.csv") for table in tables)
    taken["crmtui import"] = [_run((CRMTUI, "--db", str(folder / "copy.db"), "import", *files), out)]
    return medians(taken)


def _run(arguments: Sequence[str], out: Path) -> tuple[float, float, float]:
    """Start it, and wait for it alone, so that time and memory are its own."""
    writing = (os.POSIX_SPAWN_OPEN, 1, str(out), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    quiet = (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)
    begun = time.perf_counter()
    child = os.posix_spawnp(arguments[0], list(arguments), environment(), file_actions=[writing, quiet])
    _pid, status, used = os.wait4(child, 0)
    if status:
        raise SystemExit(f"{arguments[0]} failed: {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def targets(figures: Mapping[str, Mapping[str, float]]) -> list[Target]:
    """The ratio that was asked for, by the clock, and memory both ways."""
    ours, shell = figures["crmtui export, csv"], figures["sqlite3 -csv, joined"]
    return [
        Target("time, to sqlite3 -csv of the same cells", round(ours["wall_s"] / shell["wall_s"], 2), MOST_TO_SHELL),
        Target("peak memory of the export in MiB", ours["peak_mib"], MOST_MIB),
        Target("peak memory of the import in MiB", figures["crmtui import"]["peak_mib"], MOST_MIB),
    ]


def main() -> None:
    """Measure, and print figures with their targets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--make", type=Path, help="only make the workspace, in this file")
    options = parser.parse_args()
    if options.make:
        make(options.make, options.rows)
        return
    with tempfile.TemporaryDirectory() as name:
        for place in ("CONFIG", "DATA", "STATE"):
            os.environ[f"CRMTUI_{place}_DIR"] = str(Path(name) / place.lower())
        figures = measure(Path(name), options.rows, options.rounds)
    tell(figures, targets(figures), as_json=options.json)


if __name__ == "__main__":
    main()
