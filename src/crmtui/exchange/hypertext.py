"""Text that was written as HTML, as the bodies of notes and mails are in files, made plain."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from crmtui.text import clean

_LOOKS_LIKE: Final = re.compile(
    r"</?(?:p|br|div|span|b|i|u|strong|em|a|ul|ol|li|h[1-6]|table|tr|td|html|body|font|blockquote)\b[^<>]*>|&nbsp;",
    re.IGNORECASE,
)
_BLOCKS: Final = frozenset("p div h1 h2 h3 h4 h5 h6 ul ol li tr table blockquote pre section article header".split())  # noqa: SIM905 - a list of words
_SILENT: Final = frozenset({"style", "script", "head", "title"})
_LINES: Final = re.compile(r"[ \t]*\n[ \t]*")
_GAPS: Final = re.compile(r"\n{3,}")


class _Reading(HTMLParser):
    """The text of a page while it is read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br" or tag in _BLOCKS:
            self.parts.append("\n- " if tag == "li" else "\n")
        elif tag == "td":
            self.parts.append("\t")
        elif tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self.parts)))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag in _BLOCKS and tag != "li":
            self.parts.append("\n")
        elif tag == "a" and self._links:
            target, since = self._links.pop()
            shown = "".join(self.parts[since:]).strip()
            if target.startswith(("http:", "https:")) and target.rstrip("/") != shown.rstrip("/"):
                self.parts.append(f" ({target})")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(re.sub(r"\s+", " ", data))


def plain(text: str) -> str:
    """Text of a cell: without the marks of HTML where it has such, and cleaned."""
    if not _LOOKS_LIKE.search(text):
        return clean(text).strip()
    reading = _Reading()
    reading.feed(text)
    reading.close()
    lines = _LINES.sub("\n", clean("".join(reading.parts)).replace("\N{NO-BREAK SPACE}", " "))
    return _GAPS.sub("\n\n", lines).strip()
