"""Every exception to a rule carries its reason beside it: what a checker is told to pass over, and tests left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("src", "tests", "tools", "benchmarks", "docs")
SILENCED = re.compile(r"#\s*(?:noqa|type:\s*ignore)\b.*", re.IGNORECASE)
REASON = re.compile(
    r"# (?:noqa: [A-Z]+[0-9]+(?:, [A-Z]+[0-9]+)* -|type: ignore\[[a-z-]+(?:, [a-z-]+)*\]  #) (?!noqa|type:)\w"
)
LEFT_OUT = re.compile(r"pytest\.skip\(\s*\)|mark\.(?:skip|xfail)\b(?![^)]*reason=)")


def without_reason(text: str) -> list[int]:
    """The lines on which something is passed over and nobody says why."""
    at = [found.start() for found in SILENCED.finditer(text) if not REASON.match(found[0])]
    at += [found.start() for found in LEFT_OUT.finditer(text)]
    return sorted(text.count("\n", 0, place) + 1 for place in at)


def test_everything_that_is_passed_over_says_why() -> None:
    files = [file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py")]
    assert len(files) > 500
    found = {str(file.relative_to(ROOT)): without_reason(file.read_text(encoding="utf-8")) for file in files}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "line",
    [
        "x = 2  {} noqa",
        "x = 2  {} noqa: PLR2004",
        "x = 2  {} noqa: PLR2004 -",
        "x = 2  {} type: ignore",
        "x = 2  {} type: ignore[misc]",
        "x = 2  {} type: ignore  # all of it",
        "x = 2  {0} type: ignore[misc]  {0} noqa: PLR2004",
        "pytest{}skip()",
        "@pytest.mark{}skip",
        "@pytest.mark{}xfail(strict=True)",
    ],
)
def test_a_reason_that_is_missing_is_missed(line: str) -> None:
    sign = "#" if line.startswith("x") else "."
    assert without_reason("first\n" + line.format(sign)) == [2]
