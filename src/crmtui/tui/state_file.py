"""Small files of what the user has chosen on screen; they belong to the user, not to the workspace."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from crmtui import paths

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def read(name: str) -> dict[str, Any]:
    """What a file holds, by its keys; nothing where it cannot be read."""
    with suppress(OSError, ValueError):
        found = json.loads(_file(name).read_text(encoding="utf-8"))
        if isinstance(found, dict):
            return found
    return {}


def write(name: str, key: str, words: Sequence[str]) -> None:
    """Keep words under a key; only the user may read them, and a full disk is no reason to stop."""
    with suppress(OSError):
        paths.make_private(paths.state())
        building = _file(name).with_suffix(".new")
        with os.fdopen(
            os.open(building, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as opened:
            json.dump({**read(name), key: list(words)}, opened, ensure_ascii=False)
        building.replace(_file(name))


def _file(name: str) -> Path:
    return paths.state() / f"{name}.json"
