"""Our two themes, a page of a good financial paper by day and by night; any theme of Textual works as well."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from textual.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Collection

PAPER: Final = Theme(
    name="crmtui-paper",
    dark=False,
    primary="#0b4f6c",
    secondary="#5c5346",
    accent="#8a4b08",
    success="#256029",
    warning="#8a5a00",
    error="#9b1c1c",
    foreground="#26221c",
    background="#fbf6ee",
    surface="#f4ecdf",
    panel="#ebe0d0",
    variables={
        "block-cursor-background": "#d5e3ea",
        "block-cursor-foreground": "#17130d",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#ebe0d0",
        "block-cursor-blurred-foreground": "#26221c",
        "input-selection-background": "#0b4f6c 25%",
        "scrollbar": "#cdbfa9",
        "scrollbar-hover": "#b5a58b",
        "scrollbar-active": "#0b4f6c",
        "scrollbar-background": "#f4ecdf",
        "scrollbar-background-hover": "#f4ecdf",
        "scrollbar-background-active": "#f4ecdf",
    },
)
INK: Final = Theme(
    name="crmtui-ink",
    dark=True,
    primary="#7fb7cc",
    secondary="#b5a88f",
    accent="#d9a066",
    success="#84b58a",
    warning="#d6a750",
    error="#e07a6e",
    foreground="#ddd6c8",
    background="#15181c",
    surface="#1b1f24",
    panel="#22272e",
    variables={
        "block-cursor-background": "#2c4653",
        "block-cursor-foreground": "#f3eee3",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#262c33",
        "block-cursor-blurred-foreground": "#ddd6c8",
        "input-selection-background": "#7fb7cc 30%",
        "scrollbar": "#3a434d",
        "scrollbar-hover": "#4c5763",
        "scrollbar-active": "#7fb7cc",
        "scrollbar-background": "#1b1f24",
        "scrollbar-background-hover": "#1b1f24",
        "scrollbar-background-active": "#1b1f24",
    },
)
_LIGHT_BACKGROUNDS: Final = ("7", "15")


def chosen(wanted: str, known: Collection[str]) -> str:
    """The name of the theme to begin with: the wanted one, else ours for the background that COLORFGBG names."""
    if wanted in known:
        return wanted
    background = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return (PAPER if background in _LIGHT_BACKGROUNDS else INK).name
