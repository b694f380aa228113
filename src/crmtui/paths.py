"""Where things are kept, in each system's own places; all can be moved by environment variables."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

_PLACES: Final = {
    "CRMTUI_CONFIG_DIR": "user_config_path",
    "CRMTUI_DATA_DIR": "user_data_path",
    "CRMTUI_STATE_DIR": "user_state_path",
}
_LONGEST: Final = 60  # characters of a name of a file that we make up; systems take 255 bytes


def default_workspace() -> Path:
    """The workspace that is opened when none is named."""
    return _data() / "workspace.db"


def config_file() -> Path:
    """The user's settings, a TOML file that need not exist."""
    return _place("CRMTUI_CONFIG_DIR") / "config.toml"


def backups(workspace: Path) -> Path:
    """The folder of one workspace's backups, named after the file and its place, by whatever way it was reached."""
    import hashlib

    found = Path(os.path.realpath(workspace))  # which a circle of links does not stop
    place = hashlib.sha256(os.fsencode(found)).hexdigest()[:8]
    return state() / "backups" / f"{found.stem}-{place}"


def state() -> Path:
    """The folder of what may be lost without losing data: backups, crash reports."""
    return _place("CRMTUI_STATE_DIR")


def typed(name: str) -> Path:
    """The path that somebody typed. One that cannot be is refused by whoever opens it, with a sentence."""
    return Path(os.path.expanduser(name))  # noqa: PTH111 - Path's raises where there is no such user


def is_folder(path: Path) -> bool:
    """Whether a folder is at a path that somebody typed."""
    return os.path.isdir(path)  # noqa: PTH112 - Path.is_dir raises for names that cannot be


def documents() -> Path:
    """The user's folder of documents, whatever the system calls it; their own folder where there is none."""
    import platformdirs

    folder = Path(platformdirs.user_documents_dir())
    return folder if folder.is_dir() else Path.home()


def suggested(title: str, form: str, folder: Path) -> Path:
    """A file to write into.

    Args:
        title: what is written; what no system takes in a file's name is left out.
        form: the ending of its name.
        folder: where it is to be.
    """
    import unicodedata

    from crmtui.text import line

    plain = "".join(sign if _is_safe(sign) else " " for sign in unicodedata.normalize("NFC", line(title)))
    name = " ".join(plain.split())[:_LONGEST].strip(" .-") or "crmtui"
    return folder / f"{name}.{form}"


def _is_safe(sign: str) -> bool:
    return sign.isalnum() or sign in " -_"


def make_private(folder: Path) -> None:
    """Make a folder, and those around it that are missing, for their owner alone.

    What is there stays as it is, but for our own places, which were open to others once.
    """
    for place in _own_places():
        if folder.is_relative_to(place):
            _close_to_others(place)
    missing = [each for each in (folder, *folder.parents) if not is_folder(each)]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)


def _own_places() -> list[Path]:
    """The folders that only we use: none that the user has named, which may be for others too."""
    import platformdirs

    wanted = (function for variable, function in _PLACES.items() if not os.environ.get(variable))
    return [Path(getattr(platformdirs, function)("crmtui", appauthor=False)) for function in wanted]


def _close_to_others(place: Path) -> None:
    """Let nobody else look into a folder of ours, where the system knows others."""
    if os.name == "posix":
        with suppress(OSError):
            found = place.lstat()
            if stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and found.st_mode & 0o077:
                place.chmod(0o700)


def is_there(path: Path) -> bool:
    """Whether anything is at a path; not where a name cannot be, or the way to it is barred."""
    return os.path.exists(path)  # noqa: PTH110 - Path.exists raises for both


def _data() -> Path:
    return _place("CRMTUI_DATA_DIR")


def _place(variable: str) -> Path:
    if named := os.environ.get(variable):
        return Path(named)
    import platformdirs

    return Path(getattr(platformdirs, _PLACES[variable])("crmtui", appauthor=False))
