"""Filters that the user keeps by hand, for each list; they belong to the user, not to the workspace."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from crmtui import paths
from crmtui.text import line

if TYPE_CHECKING:
    from pathlib import Path

MOST = 50


def of(name: str) -> list[str]:
    """The filters of a list, the newest first; none where nothing can be read."""
    found = _read().get(name)
    return [line(str(one)) for one in found][:MOST] if isinstance(found, list) else []


def keep(name: str, words: str) -> None:
    """Keep a filter of a list, before the others."""
    wanted = line(words)
    if wanted:
        _write(name, [wanted, *(one for one in of(name) if one != wanted)][:MOST])


def forget(name: str, words: str) -> None:
    """Keep it no longer."""
    _write(name, [one for one in of(name) if one != line(words)])


def _file() -> Path:
    return paths.state() / "filters.json"


def _read() -> dict[str, object]:
    with suppress(OSError, ValueError):
        found = json.loads(_file().read_text(encoding="utf-8"))
        if isinstance(found, dict):
            return found
    return {}


def _write(name: str, filters: list[str]) -> None:
    """Only the user may read what is looked for; a full disk is no reason to stop."""
    with suppress(OSError):
        paths.make_private(paths.state())
        building = _file().with_suffix(".new")
        with os.fdopen(
            os.open(building, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as opened:
            json.dump({**_read(), name: filters}, opened, ensure_ascii=False)
        building.replace(_file())
