"""What somebody of ours is called in a cell: by name, by e-mail address, or by both."""

from __future__ import annotations

import re
from typing import Final

_BOTH: Final = re.compile(r"(?:(.*\S)\s*)?[<(\[]\s*([^\s<>()\[\]@]+@[^\s<>()\[\]@]+)\s*[>)\]]")


def name_and_address(cell: str) -> tuple[str, str]:
    """The name and the e-mail address in a cell such as `Anna Verdi <anna@ours.example>`; '' for what it lacks."""
    if "@" not in cell:
        return cell, ""
    found = _BOTH.fullmatch(cell.strip())
    return (found[1] or "", found[2]) if found else ("", cell.strip())


def with_address(name: str, address: str) -> str:
    """One cell for both, as `name_and_address` takes it apart; the name's where that tells an address itself."""
    return f"{name} <{address}>" if name and address and "@" not in name else name or address
