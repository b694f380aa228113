"""What tells a file of SQLite from others, and what SQLite keeps beside it."""

from __future__ import annotations

from typing import Final

MAGIC: Final = b"SQLite format 3\x00"  # how it begins
SIDECARS: Final = ("-journal", "-wal", "-shm")  # what is beside it, by its own name
