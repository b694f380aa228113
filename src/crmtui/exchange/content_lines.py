"""The lines of vCards and calendars: unfolded, taken apart, within bounds; and written again.

RFC 6350 sections 3.2 to 3.4 and RFC 5545 section 3.1 say the same about them; vCard 2.1 folds in two other ways, which
are read as well. What a property means is not known here.
"""

from __future__ import annotations

import quopri
import re
from typing import TYPE_CHECKING, Final, NamedTuple, TextIO

from crmtui.text import _, clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

LONGEST: Final = 1 << 20  # characters of a property
_A_FOLD: Final = 64  # characters that a folded line counts beside its own
_PIECE: Final = 1 << 16
_WIDTH: Final = 75  # octets of a line that is written, its end not counted
_BEGINNING: Final = 1_000  # characters, among which it stands how a value is encoded
# Nothing that one of these has taken is given back, or a property of 1 MB would be gone over a million times.
_HEAD: Final = re.compile(
    r"""[ \t]*+(?:(?P<group>[\w-]++)\.)?(?P<name>[\w-]++)
        (?P<parameters>(?:;[^":;]*+(?:"[^"]*+"[^":;]*+)*+)*+)[ \t]*+:(?P<value>.*)""",
    re.VERBOSE | re.DOTALL,
)
_PARAMETER: Final = re.compile(r';([^";]*+(?:"[^"]*+"[^";]*+)*+)')
_LISTED: Final = re.compile(r'((?:[^",]++|"[^"]*+"|")*+)(?:,|$)')  # a quote alone is a character
_CARETS: Final = {"^n": "\n", "^'": '"', "^^": "^"}  # RFC 6868
_CARET: Final = re.compile(r"\^[n'^]")
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_UNESCAPED: Final = {"n": "\n", "N": "\n"}
_TO_ESCAPE: Final = {"\\": "\\\\", "\n": "\\n", ",": "\\,", ";": "\\;"}
_SPECIAL: Final = re.compile(r"[\\\n,;]")
_QUOTED_PRINTABLE: Final = "QUOTED-PRINTABLE"
# Bare words of vCard 2.1 that say how a value is encoded; all others are types.
_ENCODINGS: Final = frozenset({_QUOTED_PRINTABLE, "BASE64", "8BIT", "7BIT"})
# Pictures, sounds and keys: they are as long as they like and not kept.
BINARY: Final = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "ATTACH"})


class LineError(ValueError):
    """Lines that cannot be read.

    Attributes:
        line: where, counted from 1.
    """

    def __init__(self, sentence: str, line: int) -> None:
        self.line = line
        super().__init__(sentence)


class Property(NamedTuple):
    """A property as the file has it, taken apart.

    Attributes:
        line: the line on which it begins, counted from 1.
        group: what stands before the point, in lower case; '' where nothing does.
        name: in capitals; '' for a line that is no property.
        parameters: by their names in capitals, each with its values; those without a name are of `TYPE`.
        value: decoded, but with its backslashes.
    """

    line: int
    group: str
    name: str
    parameters: Mapping[str, tuple[str, ...]]
    value: str

    def types(self) -> frozenset[str]:
        """The words of `TYPE`, in capitals."""
        return frozenset(word.upper() for word in self.parameters.get("TYPE", ()))

    def parts(self) -> list[str]:
        """The parts of a value that has several, parted by semicolons."""
        return [unescaped(part) for part in split(self.value, ";")]

    @property
    def text(self) -> str:
        """The value as text."""
        return unescaped(self.value)


def properties(stream: TextIO) -> Iterator[Property]:
    """The properties of a file, in their order; a line that is none comes without a name, itself as its value.

    Raises:
        LineError: a property is longer than `LONGEST`.
    """
    for line, text in logical_lines(stream):
        yield _property(line, text)


def logical_lines(stream: TextIO) -> Iterator[tuple[int, str]]:
    """Lines unfolded, with the numbers of their first physical ones; of binary data only the beginning.

    Raises:
        LineError: a property is longer than `LONGEST`.
    """
    begin, pieces, size, is_binary = 1, list[str](), 0, False
    for number, piece, is_new in _physical(stream):
        soft = is_new and bool(pieces) and _ends_softly(pieces)
        if is_new and not soft and not piece.startswith((" ", "\t")):
            if pieces:
                yield begin, "".join(pieces)
            begin, pieces, size, is_binary = number, [], 0, _is_binary(piece)
        elif soft:
            pieces[-1] = pieces[-1].rstrip(" \t")[:-1]
        elif is_new:
            piece = piece[1:]  # noqa: PLW2901 - the blank that folds
        if is_binary and pieces:
            continue
        size += len(piece) + _A_FOLD
        if size > LONGEST:
            raise LineError(_("a property here is longer than 1 MB; is this file what it should be?"), begin)
        if piece:
            pieces.append(piece)
    if pieces:
        yield begin, "".join(pieces)


def _physical(stream: TextIO) -> Iterator[tuple[int, str, bool]]:
    """Pieces of lines without their ends, with their numbers, and whether they begin a line."""
    number, is_new = 1, True
    while piece := stream.readline(_PIECE):
        ends = piece.endswith(("\n", "\r"))
        yield number, piece.rstrip("\r\n") if ends else piece, is_new
        number, is_new = number + ends, ends


def _ends_softly(pieces: Sequence[str]) -> bool:
    """Whether a property in quoted-printable goes on with the next line."""
    if not pieces[-1].rstrip(" \t").endswith("="):
        return False
    return _QUOTED_PRINTABLE in "".join(piece[:_BEGINNING] for piece in pieces[:2]).upper()


def _is_binary(piece: str) -> bool:
    return re.split(r"[;:]", piece[:100], maxsplit=1)[0].rpartition(".")[2].strip().upper() in BINARY


def _property(line: int, text: str) -> Property:
    head = _HEAD.fullmatch(text)
    if head is None:
        return Property(line, "", "", {}, text)
    parameters = _parameters(head["parameters"]) if head["parameters"] else {}
    value = head["value"]
    if _QUOTED_PRINTABLE in (word.upper() for word in parameters.get("ENCODING", ())):
        value = _from_quoted_printable(value, next(iter(parameters.get("CHARSET", ())), "utf-8"))
    return Property(line, (head["group"] or "").lower(), head["name"].upper(), parameters, value)


def _parameters(text: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for said in _PARAMETER.findall(text):
        name, equals, value = said.partition("=")
        name = name.strip().upper()
        if not equals:
            name, value = ("ENCODING" if name in _ENCODINGS else "TYPE"), name
        values = (
            _CARET.sub(lambda match: _CARETS[match[0]], one.strip().strip('"')) for one in _LISTED.findall(value) if one
        )
        # Apple and others write TYPE="WORK,VOICE" and TYPE=WORK;TYPE=VOICE for the same.
        words = [word for one in values for word in (one.split(",") if name == "TYPE" else [one])]
        found.setdefault(name, []).extend(words)
    return {name: tuple(words) for name, words in found.items()}


def _from_quoted_printable(value: str, charset: str) -> str:
    raw = quopri.decodestring(value.encode("utf-8", "surrogatepass"))
    for codec in (charset, "utf-8", "cp1252"):
        try:
            return raw.decode(codec)
        except (LookupError, UnicodeError, ValueError):
            continue
    return raw.decode("latin-1")


def split(value: str, mark: str) -> list[str]:
    """A value at the marks that no backslash stands before."""
    if "\\" not in value:
        return value.split(mark)
    return re.findall(rf"((?:[^\\{mark}]|\\.?)*)(?:{mark}|$)", value, re.DOTALL)[: _count(value, mark)]


def _count(value: str, mark: str) -> int:
    return len(re.sub(r"\\.", "", value, flags=re.DOTALL).split(mark))


def unescaped(value: str) -> str:
    """Text without its backslashes."""
    if "\\" not in value:
        return value
    return _ESCAPED.sub(lambda match: _UNESCAPED.get(match[1], match[1]), value)


def escaped(text: str) -> str:
    """Text as it stands in a value."""
    return _SPECIAL.sub(lambda match: _TO_ESCAPE[match[0]], text)


def written(name: str, value: str, parameters: Iterable[tuple[str, str]] = ()) -> str:
    """A property as lines of at most 75 octets with their ends; no line breaks within a character.

    Args:
        name: in capitals, with its group where it has one.
        value: as it stands in the file (see `escaped`).
        parameters: by their names, as they stand in the file.
    """
    value = clean(value).replace("\n", "\\n")  # what another program wrote into the workspace may end no line
    line = name + "".join(f";{key}={_quoted(said)}" for key, said in parameters) + ":" + value
    raw = line.encode("utf-8", "backslashreplace")
    if len(raw) <= _WIDTH:
        return f"{raw.decode()}\r\n"
    pieces, start, room = [], 0, _WIDTH
    while start < len(raw):
        end = min(start + room, len(raw))
        while end < len(raw) and raw[end] & 0xC0 == 0x80:  # noqa: PLR2004 - the inner bytes of a character
            end -= 1
        pieces.append(raw[start:end].decode())
        start, room = end, _WIDTH - 1
    return "\r\n ".join(pieces) + "\r\n"


def _quoted(said: str) -> str:
    """A parameter's value; one that holds marks of the format stands in quotes, which it cannot hold itself."""
    safe = clean(said).replace("^", "^^").replace("\n", "^n").replace('"', "^'")
    return f'"{safe}"' if re.search(r"[,:;]", safe) else safe
