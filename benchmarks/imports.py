"""What does an import cost, with validation, matching, journal and search index, against tools that do none of it?

    python benchmarks/imports.py [FOLDER] [--people N] [--rounds N] [--json]

FOLDER holds a sales team's export (accounts, products, sales_pipeline, sales_teams); without it that part is left
out. The generated file has 100,000 people of 5,000 companies. `sqlite3 .import` and `sqlite-utils insert` bring the
same file into one plain table. The programs take turns; each writes a file of its own that is new each time. A ratio
is the median of those of each round: the state of a shared machine changes from one to the next. Then the same people
are imported into a workspace that is there, while another process tries again and again to lock it.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import make_workspace as made_up
from installed import environment
from report import Target, medians, tell

if TYPE_CHECKING:
    import resource
    from collections.abc import Mapping, Sequence

OURS: Final = "crmtui import"
PEERS: Final = ("sqlite3 .import", "sqlite-utils insert")
PEOPLE: Final = 100_000
COMPANIES: Final = 5_000
MOST_TO_SHELL: Final = 10
MOST_TO_UTILS: Final = 0.5
MOST_MIB: Final = 200
MOST_LOCKED: Final = 0.25  # seconds
OFTEN: Final = 0.004  # seconds between two attempts to lock
HERE: Final = Path(sys.executable).parent
HEADERS: Final = ("First Name", "Last Name", "Job Title", "Company", "Email", "Phone", "City", "Country")


def write_people(path: Path, count: int) -> None:
    """A file of people such as other programs export."""
    chance = random.Random(made_up.SEED)  # noqa: S311 - figures must repeat
    companies = [made_up.account_name(chance, number) for number in range(COMPANIES)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        for number in range(count):
            given, family = chance.choice(made_up.GIVEN), f"{chance.choice(made_up.FAMILY)}{number % 997}"
            address = f"person{number}@company{number % COMPANIES}.example"
            place = (chance.choice(made_up.CITIES), chance.choice(made_up.COUNTRIES))
            phone = f"+39 02 {number:08d}"
            writer.writerow(
                (given, family, chance.choice(made_up.TITLES), chance.choice(companies), address, phone, *place)
            )


def programs(people: Path, team: Sequence[Path]) -> dict[str, Sequence[str]]:
    """What is run, by name; `{db}` is the new file that it writes."""
    found: dict[str, Sequence[str]] = {
        OURS: (str(HERE / "crmtui"), "--db", "{db}", "import", str(people)),
        PEERS[0]: ("sqlite3", "{db}", "-cmd", ".mode csv", f".import {people} person"),
        PEERS[1]: (str(HERE / "sqlite-utils"), "insert", "{db}", "person", str(people), "--csv"),
    }
    if team:
        found["crmtui import, team"] = (str(HERE / "crmtui"), "--db", "{db}", "import", *map(str, team))
    return found


def measure(folder: Path, team: Sequence[Path], count: int, rounds: int) -> dict[str, dict[str, float]]:
    """Medians of each program: seconds, of the processor too, peak MiB; and of ours to the others, round by round."""
    people = folder / "people.csv"
    write_people(people, count)
    taken: dict[str, list[tuple[float, float, float]]] = {}
    for _ in range(rounds):
        for name, arguments in programs(people, team).items():
            taken.setdefault(name, []).append(_run(arguments, folder / "run"))
    found = medians(taken)
    for name in PEERS:
        times = zip(taken[OURS], taken[name], strict=True)
        found[name]["times"] = round(statistics.median(ours[0] / theirs[0] for ours, theirs in times), 2)
    return found


def _run(arguments: Sequence[str], folder: Path) -> tuple[float, float, float]:
    """Start it in an empty folder and wait for it alone, so that time and memory are its own."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    full = [argument.format(db=folder / "out.db") for argument in arguments]
    quiet = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
    begun = time.perf_counter()
    child = os.posix_spawnp(full[0], full, _surroundings(folder), file_actions=quiet)
    _pid, status, used = os.wait4(child, 0)
    if status:
        raise SystemExit(f"{full[0]} failed: {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - begun, _processor(used), used.ru_maxrss / 1024


def _surroundings(folder: Path) -> dict[str, str]:
    """Folders of their own."""
    places = {f"CRMTUI_{place}_DIR": str(folder / place.lower()) for place in ("CONFIG", "DATA", "STATE")}
    return environment() | places


def measure_lock(folder: Path, rounds: int) -> dict[str, float]:
    """Medians of an import into a workspace that is there: by the clock, and how long others find it locked."""
    few = folder / "few.csv"
    write_people(few, 1)
    times = [_locked(folder / "people.csv", few, folder / "run") for _ in range(rounds)]
    return {
        "wall_s": round(statistics.median(wall for wall, _locked_for in times), 2),
        "locked_s": round(statistics.median(locked_for for _wall, locked_for in times), 2),
    }


def _locked(people: Path, few: Path, folder: Path) -> tuple[float, float]:
    crmtui = (str(HERE / "crmtui"), "--db", str(folder / "out.db"), "import")
    _run((*crmtui, str(few)), folder)
    workspace = folder / "out.db"
    begun = free = time.perf_counter()
    longest = 0.0
    surroundings, quiet = _surroundings(folder), subprocess.DEVNULL
    with subprocess.Popen((*crmtui, str(people)), env=surroundings, stdout=quiet, stderr=quiet) as importing:
        while importing.poll() is None:
            with contextlib.suppress(sqlite3.OperationalError), contextlib.closing(_opened(workspace)) as other:
                other.execute("BEGIN IMMEDIATE")
                other.execute("ROLLBACK")
                longest, free = max(longest, time.perf_counter() - free), time.perf_counter()
            time.sleep(OFTEN)
    wall = time.perf_counter() - begun
    with contextlib.closing(_opened(workspace)) as other:
        if other.execute("SELECT count(*) FROM person").fetchone()[0] < 2:  # noqa: PLR2004 - one was there
            raise SystemExit("the people did not come to the workspace")
    return wall, longest


def _opened(workspace: Path) -> sqlite3.Connection:
    """Anew each time: another file may have come to the name."""
    return sqlite3.connect(workspace, timeout=0, isolation_level=None)


def _processor(used: resource.struct_rusage) -> float:
    return used.ru_utime + used.ru_stime


def targets(figures: Mapping[str, Mapping[str, float]]) -> list[Target]:
    """The ratios that were asked for, by the clock, memory, and how long others wait."""
    shell, utils = (figures[name] for name in PEERS)
    return [
        Target("time, to sqlite3 .import", shell["times"], MOST_TO_SHELL),
        Target("time, to sqlite-utils insert", utils["times"], MOST_TO_UTILS),
        Target("peak memory in MiB", figures[OURS]["peak_mib"], MOST_MIB),
        Target("seconds locked", figures["crmtui import, there"]["locked_s"], MOST_LOCKED),
    ]


def main() -> None:
    """Measure, and print figures with their targets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    team = sorted(options.folder.glob("*.csv")) if options.folder else []
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder), team, options.people, options.rounds)
        figures["crmtui import, there"] = measure_lock(Path(folder), options.rounds)
    skipped = "" if team else "the sales team's files: no folder with them was named"
    tell(figures, targets(figures), as_json=options.json, skipped=skipped)


if __name__ == "__main__":
    main()
