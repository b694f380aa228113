"""Check a workspace: silent when all is well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.store.check import Finding, check

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Finding", "findings"]


def findings(path: Path) -> list[Finding]:
    """All that is wrong, without a customer's data; nothing when all is well.

    Raises:
        FileProblemError: the file cannot be opened at all.
        BusyError: another process kept it locked.
    """
    return check(path)
