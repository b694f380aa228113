"""ASCII for signs, where nothing else can be shown: one character for one, so that columns stay columns."""

from __future__ import annotations

import re
from typing import Final

_ALIKE: Final = {
    "-": "\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}\N{NON-BREAKING HYPHEN}·•─━═╌╍┄┅┈┉▔▀",
    "|": "│┃║╎╏┆┇┊┋▏▎▍▌▋▊▉▐▕",
    "#": "█▓■▪",
    "_": "▁▂▃",
    "=": "▄▅▆▇≈",
    ".": "░",
    ":": "▒",
    "~": "±",
    '"': "“”„«»",
    "'": "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}",
    "x": "\N{MULTIPLICATION SIGN}✗✕\N{BOX DRAWINGS LIGHT DIAGONAL CROSS}",
    "*": "●◆✓✔★☆✎",
    "o": "○◇◌",
    ">": "→►▶▷◐⇒…",  # the text goes on
    "<": "←◄◀◁⇐",
    "^": "↑▲△",
    "v": "↓▼▽",
    "!": "≠",
    " ": "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}",
}
_TABLE: Final = (
    dict.fromkeys(range(0x2500, 0x2580), "+")  # corners and joints of boxes
    | dict.fromkeys(range(0x2800, 0x2900), "*")  # braille, of which plots are made
    | {ord(sign): plain for plain, signs in _ALIKE.items() for sign in signs}
)
_BAND: Final = re.compile(r"…(?=[-+\u2212]?[0-9])")
_PAUSE: Final = re.compile(r"(?<= )…")


def plain(raw: str) -> str:
    """A text with ASCII for every sign that is no letter of a language; letters stay what they are.

    Three dots are the end of what was cut, what is between two figures, or a pause: `Pastif>`, `180~250`, `Loading .`.
    """
    return raw if raw.isascii() else _PAUSE.sub(".", _BAND.sub("~", raw)).translate(_TABLE)
