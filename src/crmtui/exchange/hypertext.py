"""Text that was written as HTML, as the bodies of notes and mails are in files, made plain.

Read by its tags alone and not by Python's parser, which takes very long for tags that never end.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from crmtui.text import clean

_LOOKS_LIKE: Final = re.compile(
    r"</?(?:p|br|div|span|b|i|u|strong|em|a|ul|ol|li|h[1-6]|table|tr|td|html|body|font|blockquote)\b[^<>]*>|&nbsp;",
    re.IGNORECASE,
)
_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)\b([^<>]*)>|<![^<>]*>")
_TARGET: Final = re.compile(r"""\bhref\s*=\s*["']?(https?://[^"'\s>]+)""", re.IGNORECASE)
_BLOCKS: Final = frozenset({
    *("p", "div", "ul", "ol", "tr", "table", "blockquote", "pre", "section", "article", "header"),
    *(f"h{level}" for level in range(1, 7)),
})  # fmt: skip
_SILENT: Final = frozenset({"style", "script", "head", "title"})
_BLANKS: Final = re.compile(r"\s+")
_GAPS: Final = re.compile(r"\n{3,}")


class _Reading:
    """The text of a page while it is read."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._silent = ""  # the tag whose content nobody sees
        self._links: list[tuple[str, int]] = []

    def text(self, text: str) -> None:
        """What stands between tags."""
        if not self._silent:
            self.parts.append(_BLANKS.sub(" ", unescape(text)))

    def tag(self, name: str, rest: str, *, is_end: bool) -> None:
        """What a tag makes of the text."""
        if self._silent or name in _SILENT:
            self._silent = "" if is_end and name == self._silent else self._silent or ("" if is_end else name)
        elif name == "li" and not is_end:
            self.parts.append("\n- ")
        elif name == "br" or name in _BLOCKS:
            self.parts.append("\n")
        elif name == "td" and not is_end:
            self.parts.append("\t")
        elif name == "a":
            self._link(rest, is_end=is_end)

    def _link(self, rest: str, *, is_end: bool) -> None:
        """Where a link leads stands behind it, unless that is what it shows."""
        if not is_end:
            target = _TARGET.search(rest)
            self._links.append((unescape(target[1]) if target else "", len(self.parts)))
        elif self._links:
            target_of, since = self._links.pop()
            if target_of and target_of.rstrip("/") != "".join(self.parts[since:]).strip().rstrip("/"):
                self.parts.append(f" ({target_of})")


def plain(text: str) -> str:
    """Text of a cell: without the marks of HTML where it has such, and cleaned."""
    if not _LOOKS_LIKE.search(text):
        return clean(text).strip()
    reading, place = _Reading(), 0
    for found in _TAG.finditer(text):
        reading.text(text[place : found.start()])
        place = found.end()
        if found[2]:
            reading.tag(found[2].lower(), found[3], is_end=bool(found[1]))
    reading.text(text[place:])
    text = clean("".join(reading.parts)).replace("\N{NO-BREAK SPACE}", " ")
    return _GAPS.sub("\n\n", "\n".join(line.strip() for line in text.split("\n"))).strip()
