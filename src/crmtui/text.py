"""The user's words: their language, and the cleaning of what comes from outside."""

from __future__ import annotations

import gettext
import os
import re
import unicodedata
from functools import cache
from itertools import compress
from operator import not_
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

LOCALES: Final = Path(__file__).parent / "locale"
_CONTEXT: Final = "\x04"  # what gettext puts between a context and its message
LANGUAGES: Final = ("en", "it")
_QUOTED: Final = 40  # characters of a value that a sentence tells

# What must never be stored or shown: C0 but for tab and newline, DEL, C1, bidi marks, embeddings and
# isolates, zero-width space and other invisible controls (U+200C and U+200D stay: Persian and emoji need
# them), annotation and tag characters, byte order marks and noncharacters.
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)
_NEWLINES: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_NOT_IN_A_KEY: Final = {code: None for code in range(128) if not chr(code).isalnum()}
_NOT_IN_KEYS: Final = {code: None for code in _NOT_IN_A_KEY if chr(code) != "\n"}
_SELECTORS: Final = frozenset("\u034f\u180b\u180c\u180d") | frozenset(map(chr, range(0xFE00, 0xFE10)))


def clean(raw: str) -> str:
    """Text from a user or a file without control, bidi and invisible characters, in NFC.

    Newlines and tabs stay; every kind of line end becomes one newline; a lone surrogate becomes U+FFFD.
    """
    if raw.isascii() and raw.isprintable():
        return raw
    lines = _SURROGATES.sub("\ufffd", _NEWLINES.sub("\n", raw))
    return unicodedata.normalize("NFC", _FORBIDDEN.sub("", lines))


def line(raw: str) -> str:
    """Cleaned text on one line, runs of white space folded to a blank."""
    return " ".join(clean(raw).split())


def are_lines(raw: Sequence[str]) -> bool:
    """Whether `line` leaves every one of these as it is: told for all at once where all are ASCII, else False."""
    joined = "\n".join(raw)
    return (
        joined.isascii()
        and joined.count("\n") == len(raw) - 1
        and joined.replace("\n", "").isprintable()
        and (" " not in joined or not any(blank in f"\n{joined}\n" for blank in ("  ", " \n", "\n ")))
    )


def key(raw: str) -> str:
    """A name as it is compared: without case, accents, blanks and punctuation (`GTX Pro` is `gtxpro`)."""
    if raw.isascii():
        return raw.lower().translate(_NOT_IN_A_KEY)
    return _folded(raw).translate(_in_keys)


def keys(raw: Sequence[str]) -> list[str]:
    """The `key` of each of many names, all of one line."""
    are_plain = list(map(str.isascii, raw))
    plain = "\n".join(compress(raw, are_plain)).lower().translate(_NOT_IN_KEYS)
    others = _folded("\n".join(compress(raw, map(not_, are_plain))))
    for mark in set(others) - {"\n"}:
        if _in_keys[ord(mark)] is None:
            others = others.replace(mark, "")  # there are few, and to translate looks at each place of each
    left, right = iter(plain.split("\n")), iter(others.split("\n"))
    return [next(left if is_plain else right) for is_plain in are_plain]


def _folded(raw: str) -> str:
    """Without case, and letters apart from their accents."""
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", raw).casefold())


class _InKeys(dict[int, int | None]):
    """Which characters stay in a key, by their codes; filled as they are met."""

    def __missing__(self, code: int) -> int | None:
        mark = chr(code)
        self[code] = stays = code if mark.isalnum() or _is_vowel_sign(mark) else None
        return stays


_in_keys: Final = _InKeys()


def _is_vowel_sign(mark: str) -> bool:
    """Whether a mark is a letter but for its name (Indic vowels); accents have a combining class."""
    return unicodedata.category(mark) in ("Mc", "Mn") and not unicodedata.combining(mark) and mark not in _SELECTORS


class _Voice:
    """The catalogue in use; one for the process."""

    def __init__(self) -> None:
        self.language = "en"
        self.catalogue: gettext.NullTranslations = gettext.NullTranslations()


_voice = _Voice()


def speak(language: str | None = None) -> str:
    """Choose the language of all text shown from now on: the one named, or the locale's; returns its code."""
    wanted = language or _from_locale()
    code = wanted.replace("-", "_").split("_")[0].split(".")[0].lower()
    _voice.language = code if code in LANGUAGES else "en"
    _voice.catalogue = _catalogue(_voice.language)
    return _voice.language


def use(catalogue: gettext.NullTranslations, language: str) -> None:
    """Speak from a catalogue made elsewhere (tests speak a made-up language)."""
    _voice.catalogue, _voice.language = catalogue, language


def language() -> str:
    """The code of the language in use."""
    return _voice.language


class Marks(NamedTuple):
    """What stands in a number."""

    thousands: str
    decimals: str


MARKS: Final = {"en": Marks(",", "."), "it": Marks(".", ",")}
_SWAP: Final = str.maketrans(",.", ".,")


def marks() -> Marks:
    """What the language in use writes into numbers."""
    return MARKS.get(_voice.language, MARKS["en"])


def localised(number: str) -> str:
    """A number as Python formats it, `1,234.50`, with the marks of the language in use."""
    return number if marks().decimals == "." else number.translate(_SWAP)


def quoted(raw: object) -> str:
    """A value as it may stand in a sentence: cleaned, on one line, at most 40 characters."""
    shown = line(str(raw))
    return f"“{shown[:_QUOTED]}…”" if len(shown) > _QUOTED else f"“{shown}”"


def _from_locale() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value
    return "en"


def _(message: str) -> str:
    """A message in the user's language, looked up when it is shown."""
    return _voice.catalogue.gettext(message).rpartition(_CONTEXT)[2] if message else ""


@cache
def in_each_language(message: str) -> frozenset[str]:
    """What a message is in each of our languages: a file may have gone out in another than the one in use."""
    return frozenset(catalogue.gettext(message).rpartition(_CONTEXT)[2] for catalogue in map(_catalogue, LANGUAGES))


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    return gettext.translation("crmtui", LOCALES, languages=[code], fallback=True)


def ngettext(one: str, many: str, count: int, **named: object) -> str:
    """One of two messages, as the count asks for; both may hold `{count}`, grouped by three digits, and other names."""
    return _voice.catalogue.ngettext(one, many, count).format(count=localised(f"{count:,}"), **named)


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - the name that message extractors know
    """Mark two messages, for one and for many, where they are defined; `ngettext` translates them where shown."""
    return one, many


def NP_(context: str, message: str) -> str:  # noqa: N802 - the name that message extractors know
    """Mark a message that other languages say in another way in this context; `_` translates it where it is shown."""
    return f"{context}{_CONTEXT}{message}"


def N_(message: str) -> str:  # noqa: N802 - the name that message extractors know
    """Mark a message for translation where it is defined; `_` translates it where it is shown."""
    return message
