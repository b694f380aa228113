"""What an account has from us and what we owe it, as `accounts show` tells it: white space and delivery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crmtui.cli import output
from crmtui.cli.equity_pages import told
from crmtui.cli.tables import bold
from crmtui.domain.words import Fate, Pace, Supply
from crmtui.queries import delivery, delivery_words, whitespace, whitespace_table, whitespace_words, worked
from crmtui.queries.whitespace_table import NEEDS
from crmtui.text import _, line, ngettext

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from crmtui.method.proportions import Proportion
    from crmtui.queries.delivery import DeliveryPage
    from crmtui.queries.whitespace import Offered, Row, Said, Suggestion, White


@dataclass(frozen=True, slots=True)
class Business:
    """White space and delivery of an account.

    Attributes:
        path: the workspace.
        white: who supplies it with what we sell.
        delivery: promises, requests, satisfaction, and what it leaves.
    """

    path: Path
    white: White
    delivery: DeliveryPage


def read(path: Path, key: int, white: White, today: dt.date) -> Business:
    """White space, which was read with the account, and delivery."""
    return Business(path, white, delivery.page(path, key, today))


def brief(found: Business) -> Iterator[str]:
    """Those figures that are known, a line each."""
    if found.white.offerings:
        yield _("white space: {told}").format(told=whitespace_words.brief(found.white.whole))
    if bought := whitespace_words.bought(found.white):
        yield _("last bought: {told}").format(told=bought)
    yield from delivery_words.brief(found.delivery)


def write_why(found: Business) -> None:
    """Write who supplies what, what accounts that are alike buy, and what the figures of delivery are made of."""
    if found.white.offerings:
        output.write_lines(["", bold(_("White space")), *told(_supplied(found.white))])
        row, names = _suggested(found)
        output.write_lines(told(term for one in row.suggested.values() for term in _needs(one, names)))
    output.write_lines(["", bold(_("Delivery"))])
    for figure in delivery_words.figures(found.delivery):
        output.write_lines([f"  {delivery_words.told(figure)}", *(f"    {one}" for one in figure.terms)])


def _supplied(white: White) -> Iterator[tuple[str, str]]:
    for state in Supply:
        those = white.of(state)
        if those and state is Supply.UNKNOWN:
            yield _(state.label), ngettext("{count} offering", "{count} offerings", len(those))
        elif those:
            yield _(state.label), ", ".join(_offered(one, said) for one, said in those)


def _offered(one: Offered, said: Said | None) -> str:
    """`Vision inspection (Fjellvik, until 2027-03-01)`."""
    more = [line(said.competitor)] if said and said.competitor else []
    more += [_("until {day}").format(day=said.cell.ends_on.isoformat())] if said and said.cell.ends_on else []
    return f"{line(one.name)} ({', '.join(more)})" if more else line(one.name)


def _suggested(found: Business) -> tuple[Row, dict[int, str]]:
    """The account's cells with what accounts that are alike buy, which rests on all of them; and the offerings."""
    key = found.delivery.account.id
    row = whitespace.window(found.path, [key], whitespace.learn(found.path))[key]
    return row, {one.id: one.name for one in found.white.offerings}


def _needs(one: Suggestion, names: dict[int, str]) -> Iterator[tuple[str, str]]:
    yield (
        _("could need {offering}").format(offering=line(names.get(one.offering, ""))),
        whitespace_words.evidence(one.best, names),
    )


# For programs


def row(found: Business, *, why: bool) -> dict[str, Any]:
    """The same for programs; `why` adds what accounts that are alike buy."""
    white = found.white
    names = {state.value: [line(one.name) for one, _said in white.of(state)] for state in Supply}
    space: dict[str, Any] = {"ours": white.whole.space.penetration, "known": white.whole.space.completeness, **names}
    if why and white.offerings:
        suggested, called = _suggested(found)
        needed = [(suggested, one) for one in suggested.suggested.values()]
        space["suggested"] = list(worked.plain(NEEDS, whitespace_table.needs(needed, called)))
    return {"white_space": space, "delivery": _delivery(found.delivery)}


def _delivery(page: DeliveryPage) -> dict[str, Any]:
    """Shares with their bands, and counts; what is left in minor units."""
    promises, requests, answers, worth = page.promises, page.requests, page.satisfied(), page.worth
    return {
        "promises_kept": _share(promises.kept),
        "promises_open": len(promises.keys[Fate.OPEN]),
        "promises_overdue": len(promises.keys[Fate.OVERDUE]),
        "answered_in_time": _share(requests.in_time),
        "requests_open": len(requests.keys[Pace.OPEN]),
        "requests_overdue": len(requests.keys[Pace.OVERDUE]),
        "nps": answers.score,
        "satisfaction": answers.mean,
        "answers": answers.count,
        "profitability": worth.figure.value,
        "profitability_low": worth.figure.low,
        "profitability_high": worth.figure.high,
        "currency": worth.currency,
    }


def _share(found: Proportion) -> dict[str, Any]:
    return {"count": found.count, "of": found.of, "value": found.value, "low": found.low, "high": found.high}
