"""The figures of an opportunity, as `showing` asks for them: those of its newest scorecard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crmtui.cli import scorecard_pages
from crmtui.errors import NotFoundError
from crmtui.queries import scorecards
from crmtui.text import _

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from crmtui.queries.scorecards import ScorecardPage


def read(path: Path, key: int, today: dt.date) -> ScorecardPage | None:
    """The newest scorecard of an opportunity; None in a workspace without any template."""
    try:
        return scorecards.card(path, key, today)
    except NotFoundError:
        return None


def brief(page: ScorecardPage | None) -> Iterator[str]:
    """The figures with their bands, a line each."""
    if page is None:
        yield _("no figures: there is no scorecard template; `crmtui templates add crmtui` brings one back")
    else:
        yield from scorecard_pages.brief(page)


def write_why(page: ScorecardPage | None) -> None:
    """Write their terms."""
    if page is not None:
        scorecard_pages.write_why(page)


def row(page: ScorecardPage | None, *, why: bool) -> dict[str, Any] | None:
    """The figures for programs; `why` adds every criterion."""
    if page is None:
        return None
    return scorecard_pages.figures(page) | ({"lines": scorecard_pages.terms(page)} if why else {})
