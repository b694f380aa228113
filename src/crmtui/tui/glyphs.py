"""One glyph for one meaning everywhere, and what stands for it where only ASCII can be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from crmtui import signs


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The signs of the visual language.

    Attributes:
        ladder: the four steps prospect, buyer, account, partner.
        attitudes: opponent to advocate, -2 to +2.
        unknown: what nobody has judged.
        nothing: a value that is not there.
        planned: a contact to come.
        done: one that happened.
        moved: one put off.
        cancelled: one called off.
        computed: a figure filled in by the program.
        assumed: a judgement nobody confirmed.
        override: a figure set by hand.
        block: a veto holder against us.
        urgent: something to act on.
        move: something proposed.
        way: a strategy towards an objective.
        rising: the heights of a trend, lowest first.
        parts: the parts of a bar's last cell, thinnest first, the full cell at the end.
        trough: the empty cells of a bar.
        ellipsis: where text was cut.
        ascending: the column that a list is sorted by.
        descending: the same, largest first.
        earlier: there is more to the left.
        later: there is more to the right.
        both: there is more either way.
        marked: a row marked with others.
        waiting: a row that has not come yet.
        ours: an offering that we supply.
        theirs: one that a competitor supplies.
        itself: one that the customer makes itself.
        needless: one that is not needed.
    """

    ladder: tuple[str, str, str, str]
    attitudes: tuple[str, str, str, str, str]
    unknown: str
    nothing: str
    planned: str
    done: str
    moved: str
    cancelled: str
    computed: str
    assumed: str
    override: str
    block: str
    urgent: str
    move: str
    way: str
    rising: str
    parts: str
    trough: str
    ellipsis: str
    ascending: str
    descending: str
    earlier: str
    later: str
    both: str
    marked: str
    waiting: str
    ours: str
    theirs: str
    itself: str
    needless: str


UNICODE: Final = Glyphs(
    ladder=("▁", "▃", "▅", "▇"),
    attitudes=("\u2212\u2212", "\u2212", "0", "+", "++"),
    unknown="?",
    nothing="—",
    planned="○",
    done="●",
    moved="◐",
    cancelled="×",  # noqa: RUF001 - the sign of the visual language
    computed="≈",
    assumed="~",
    override="✎",
    block="⛔",
    urgent="!",
    move="▲",
    way="↳",
    rising="▁▂▃▄▅▆▇█",
    parts="▏▎▍▌▋▊▉█",
    trough="░",
    ellipsis="…",
    ascending="↑",
    descending="↓",
    earlier="←",
    later="→",
    both="↔",
    marked="✓",
    waiting="·",
    ours="■",
    theirs="□",
    itself="⌂",
    needless="∅",
)
ASCII: Final = Glyphs(
    ladder=("_", "-", "=", "#"),
    attitudes=("--", "-", "0", "+", "++"),
    unknown="?",
    nothing="-",
    planned="o",
    done="*",
    moved=">",
    cancelled="x",
    computed="=",
    assumed="~",
    override="^",
    block="!",
    urgent="!",
    move="^",
    way=">",
    rising="_.:-=+*#",
    parts="#",
    trough=".",
    ellipsis=signs.plain(UNICODE.ellipsis),
    ascending="^",
    descending="v",
    earlier="<",
    later=">",
    both="-",
    marked="*",
    waiting=".",
    ours="#",
    theirs="@",
    itself="h",
    needless="0",
)
