"""ASCII for signs, where nothing else can be shown: one character for one, so that columns stay columns."""

from __future__ import annotations

from typing import Final

_ALIKE: Final = {
    "-": "\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}\N{NON-BREAKING HYPHEN}·•─━═╌╍┄┅┈┉▔▀",
    "|": "│┃║╎╏┆┇┊┋▏▎▍▌▋▊▉▐▕",
    "#": "█▓■▪",
    "_": "▁▂▃",
    "=": "▄▅▆▇≈",
    ".": "░",
    ":": "▒",
    "~": "…±",
    '"': "“”„«»",
    "'": "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}",
    "x": "\N{MULTIPLICATION SIGN}✗✕\N{BOX DRAWINGS LIGHT DIAGONAL CROSS}",
    "*": "●◆✓✔★☆✎",
    "o": "○◇◌",
    ">": "→►▶▷◐⇒",
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


def plain(raw: str) -> str:
    """A text with ASCII for every sign that is no letter of a language; letters stay what they are."""
    return raw if raw.isascii() else raw.translate(_TABLE)
