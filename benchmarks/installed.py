"""What programs are started with: as if they were installed, so that what Python compiles is kept."""

from __future__ import annotations

import os

_NOT_KEPT = "PYTHONDONTWRITEBYTECODE"


def environment() -> dict[str, str]:
    """The variables of this process, but for the one with which every start compiles everything anew."""
    return {name: value for name, value in os.environ.items() if name != _NOT_KEPT}
