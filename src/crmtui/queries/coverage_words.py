"""How coverage is told, everywhere: in per cent, and what it gains in points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.text import _

if TYPE_CHECKING:
    from crmtui.method.coverage import Coverage

POINTS: Final = 100  # of coverage: 0.05 is five
UNKNOWN: Final = "?"


def share(value: float | None) -> str:
    """`42 %`, of a map, of a person, or what adds to it; `?` when unknown."""
    return UNKNOWN if value is None else _("{value:.0f} %").format(value=value * POINTS)


def banded(found: Coverage | None) -> str:
    """`42 % (40 to 45)`; without the band where its ends do not differ as they are shown."""
    if found is None or found.value is None:
        return UNKNOWN
    low, high = round(found.low * POINTS), round(found.high * POINTS)
    return share(found.value) if low == high else f"{share(found.value)}{band(found)}"


def band(found: Coverage) -> str:
    """` (40 to 45)`."""
    return _(" ({low} to {high})").format(low=f"{found.low * POINTS:.0f}", high=f"{found.high * POINTS:.0f}")


def points(value: float) -> str:
    """`+11 pt`, what a coverage gains; with a decimal below one point, where it is not nothing."""
    gained = value * POINTS
    places = 1 if 0 < round(abs(gained), 1) < 1 else 0
    return f"{gained:+.{places}f} {_('pt')}" if round(gained, places) else f"0 {_('pt')}"
