"""What won and lost opportunities had in common: reasons, and findings on their maps (method.md section 7).

A finding that most lost opportunities had says nothing if most of those won had it too. So its share among the lost is
compared with that among the won, and it is a lesson where the interval of the difference leaves 0 out. That interval
is of 95 %: a dozen findings are looked at together, and with 80 % two of them would seem to matter by chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.method.proportions import SURE, Difference, Proportion, difference, proportion
from crmtui.text import key as folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


NOTHING: Final = "nothing"  # what is kept of a map on which nothing stood out, unlike of one that nobody looked at


@dataclass(frozen=True, slots=True)
class Ended:
    """A closed opportunity.

    Attributes:
        key: which.
        is_won: how it ended.
        reason: why, in the user's words; '' where nobody has said.
        findings: codes of what stood out on its map when it ended; None where it had no map.
    """

    key: int
    is_won: bool
    reason: str = ""
    findings: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason and the opportunities that ended for it.

    Attributes:
        text: as it was written first.
        share: of all that ended so.
        keys: which.
    """

    text: str
    share: Proportion
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why opportunities ended as they did.

    Attributes:
        won: the most frequent first.
        lost: likewise.
        silent: share of all that has no reason: what there is still to ask.
    """

    won: tuple[Reason, ...]
    lost: tuple[Reason, ...]
    silent: Proportion


@dataclass(frozen=True, slots=True)
class Common:
    """A finding among lost opportunities and among won ones.

    Attributes:
        code: which.
        lost: its share among the lost that had a map.
        won: its share among the won that had one.
        difference: lost less won.
        keys: the lost ones that had it.
    """

    code: str
    lost: Proportion
    won: Proportion
    difference: Difference
    keys: tuple[int, ...]

    @property
    def is_lesson(self) -> bool:
        """Whether the lost had it more often than chance explains."""
        return self.difference.value is not None and self.difference.low > 0


def reasons(ended: Sequence[Ended]) -> Reasons:
    """Reasons counted; the same words with other case, accents, blanks or points are one reason."""
    silent = sum(not folded(one.reason) for one in ended)
    return Reasons(
        won=_counted([one for one in ended if one.is_won]),
        lost=_counted([one for one in ended if not one.is_won]),
        silent=proportion(silent, len(ended)),
    )


def shared(ended: Iterable[Ended]) -> tuple[Common, ...]:
    """Findings that lost opportunities had, those first of which it is surest that won ones had them less.

    Opportunities without a map are left out: nothing was found there because nobody looked.
    """
    looked = [one for one in ended if one.findings is not None]
    codes = sorted({code for one in looked if not one.is_won for code in one.findings or ()})
    return tuple(sorted((_common(code, looked) for code in codes), key=lambda one: -one.difference.low))


def _common(code: str, looked: Sequence[Ended]) -> Common:
    had = [one for one in looked if one.findings and code in one.findings]
    lost = [one.key for one in had if not one.is_won]
    won = sum(one.is_won for one in looked)
    among_lost = proportion(len(lost), len(looked) - won, SURE)
    among_won = proportion(len(had) - len(lost), won, SURE)
    return Common(code, among_lost, among_won, difference(among_lost, among_won), tuple(lost))


def _counted(ended: Sequence[Ended]) -> tuple[Reason, ...]:
    found: dict[str, list[Ended]] = {}
    for one in ended:
        if words := folded(one.reason):
            found.setdefault(words, []).append(one)
    told = [
        Reason(cases[0].reason.strip(), proportion(len(cases), len(ended)), tuple(one.key for one in cases))
        for cases in found.values()
    ]
    return tuple(sorted(told, key=lambda one: -one.share.count))
