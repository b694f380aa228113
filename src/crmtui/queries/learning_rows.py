"""What was learnt as one table, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.queries import calibration_words, revision_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crmtui.method.effort import Against
    from crmtui.method.lessons import Reason
    from crmtui.method.proportions import Difference, Proportion
    from crmtui.queries.learning import Channels, LearningPage

# `value` with its interval: a score, a share, a weight; `other` what it is compared with; `says` what it speaks for.
HEADERS: Final = ("section", "name", "count", "of", "value", "low", "high", "other", "difference", "says", "why")
_DIGITS: Final = 4


def rows(page: LearningPage, channels: Channels) -> Iterator[list[Any]]:
    """The cells of `HEADERS`."""
    yield from _calibration(page)
    for section, found in (("lost_for", page.reasons.lost), ("won_for", page.reasons.won)):
        yield from (_reason(section, one) for one in found)
    for common in page.shared:
        yield _row(
            "finding", common.code, **_share(common.lost), other=_rounded(common.won.value),
            difference=_difference(common.difference), says="lesson" if common.is_lesson else None,
        )  # fmt: skip
    yield _effort("plan_hours", page.efforts.hours)
    yield _effort("plan_contacts", page.efforts.contacts)
    if page.efforts.allotted is not None:
        yield _effort("territory_hours", page.efforts.allotted)
    yield _row("risen", None, **_share(page.moves.up), why=_named(page, page.moves.risen))
    yield _row("fallen", None, **_share(page.moves.down), why=_named(page, page.moves.fallen))
    for those in page.weights:
        for weight in those.found:
            yield _row(
                "weight", weight.code, count=weight.count, value=weight.weight, other=_rounded(weight.learnt),
                difference=_difference(weight.difference), says=weight.change.value if weight.change else None,
            )  # fmt: skip
    for channel in channels.found:
        yield _row(
            "channel", channels.names[channel.use.key], count=channel.use.contacts, value=_rounded(channel.cost),
            other=_rounded(channel.covered), says="poor" if channel.is_poor else None,
        )  # fmt: skip
    for row in revision_words.to_change(page, channels).rows:
        yield _row("change", row[0])


def _calibration(page: LearningPage) -> Iterator[list[Any]]:
    found = page.calibration
    doubt = found.doubt.value if found.doubt else None
    yield _row("brier", None, count=found.count, value=_rounded(found.brier), says=doubt)
    yield _row("log_loss", None, count=found.count, value=_rounded(found.log_loss))
    won = _share(found.won) | {"low": _rounded(found.low), "high": _rounded(found.high)}
    yield _row("won", None, **won, other=_rounded(found.expected))
    if found.murphy is not None:
        for name in ("reliability", "resolution", "uncertainty", "variance", "covariance"):
            yield _row("murphy", name, value=_rounded(getattr(found.murphy, name)))
    for one in found.bins:
        yield _row(
            "bin",
            "-".join(map(str, (_rounded(one.low), _rounded(one.high)))),
            **_share(one.won),
            other=_rounded(one.given),
        )
    for case in calibration_words.judged(page):
        yield _row(
            "outcome", case.name, value=_rounded(case.probability), says="won" if case.is_won else "lost",
            why=[text for text in (case.account, case.day) if text],
        )  # fmt: skip


def _reason(section: str, one: Reason) -> list[Any]:
    return _row(section, one.text, **_share(one.share))


def _effort(section: str, one: Against) -> list[Any]:
    """Done of what was planned; `other` is what was done beside it."""
    done, planned, unplanned = (_rounded(each) for each in (one.done, one.planned, one.unplanned))
    return _row(section, None, count=done, of=planned, value=_rounded(one.ratio), other=unplanned)


def _share(found: Proportion) -> dict[str, Any]:
    return {
        "count": found.count,
        "of": found.of,
        "value": _rounded(found.value),
        "low": _rounded(found.low),
        "high": _rounded(found.high),
    }


def _difference(found: Difference) -> list[float] | None:
    return None if found.value is None else [round(one, _DIGITS) for one in (found.value, found.low, found.high)]


def _named(page: LearningPage, keys: tuple[int, ...]) -> list[str]:
    return [page.accounts[key] for key in keys if key in page.accounts]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _DIGITS)


def _row(section: str, name: str | None, **cells: Any) -> list[Any]:  # noqa: ANN401 - cells
    row = {"section": section, "name": name} | cells
    return [row.get(header) for header in HEADERS]
