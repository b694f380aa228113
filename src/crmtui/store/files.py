"""Files that hold customers' data: made for their owner alone, and put in place whole or not at all."""

from __future__ import annotations

import contextlib
import glob
import os
import re
import time
from typing import TYPE_CHECKING, Final

from crmtui.sqlite_file import SIDECARS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_RANDOM: Final = 4  # bytes in the name of what is being built
_BUILT: Final = re.compile(rf"\.(.+)\.[0-9a-f]{{{2 * _RANDOM}}}\.new", re.DOTALL)
_ABANDONED: Final = 24 * 60 * 60  # seconds


def make_private(path: Path) -> None:
    """Make the file, empty and readable by its owner alone.

    Raises:
        FileExistsError: something is there already.
        FileNotFoundError: its folder is not there.
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


@contextlib.contextmanager
def building(path: Path) -> Iterator[Path]:
    """A private file beside `path` to build its content in; it is gone at the end unless it was put in place."""
    temporary = path.with_name(f".{path.name}.{os.urandom(_RANDOM).hex()}.new")
    make_private(temporary)
    sweep(path.parent, glob.escape(path.name))
    try:
        yield temporary
    finally:
        discard(temporary)


def meant(path: Path) -> Path:
    """The place that a file is being built for, where it is one: people know that name, and no other."""
    found = _BUILT.fullmatch(path.name)
    return path.with_name(found[1]) if found else path


def sweep(folder: Path, name: str = "*") -> None:
    """Take away what was being built when a process was killed: as nobody has written to it for a day, nobody will."""
    for suffix in ("", *SIDECARS):
        for left in folder.glob(f".{name}.{'[0-9a-f]' * (2 * _RANDOM)}.new{suffix}"):
            with contextlib.suppress(OSError):  # or somebody was quicker
                if left.is_file() and time.time() - left.stat().st_mtime > _ABANDONED:
                    left.unlink()


def discard(path: Path) -> None:
    """Take a file away with what SQLite keeps beside it, as far as they are there."""
    for suffix in ("", *SIDECARS):
        beside(path, suffix).unlink(missing_ok=True)


def beside(path: Path, suffix: str) -> Path:
    """The path with something added to its name."""
    return path.with_name(path.name + suffix)


def put(temporary: Path, path: Path) -> None:
    """Put a built file in the place of another in one step that a power failure does not halve."""
    sync(temporary)
    temporary.replace(path)
    sync_folder(path)


def put_new(temporary: Path, path: Path) -> None:
    """Put a built file where nothing is.

    Raises:
        FileExistsError: something is there; it is left alone.
    """
    sync(temporary)
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: hold the place, then take it
        make_private(path)
        temporary.replace(path)
    sync_folder(path)


def sync_folder(path: Path) -> None:
    """Make the names in the folder of a file last; systems that cannot open a folder do it by themselves."""
    with contextlib.suppress(OSError):
        sync(path.parent)


def sync(path: Path) -> None:
    """Make what was written to a file last."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
