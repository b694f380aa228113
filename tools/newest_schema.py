"""Write the newest schema as one text, after a migration was added: what its steps make of an empty file.

    python tools/newest_schema.py [--check]

With --check it only compares, and says which command writes it when it differs.
"""

from __future__ import annotations

import contextlib
import sqlite3
import sys
import tempfile
from pathlib import Path

from crmtui.store import files, migrations
from crmtui.store.migrations import newest


def by_steps() -> str:
    """The schema of a file that all steps made."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new.db"
        files.make_private(path)
        migrations.upgrade(path)
        with contextlib.closing(sqlite3.connect(path)) as connection:
            return newest.of(connection)


def main() -> int:
    """Write, or compare; the exit code is 1 where it differs."""
    made = by_steps()
    if "--check" not in sys.argv[1:]:
        newest.NEWEST.write_text(made, "utf-8")
    elif not newest.NEWEST.exists() or newest.NEWEST.read_text("utf-8") != made:
        sys.stderr.write("The newest schema is not written down: run `python tools/newest_schema.py`.\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
