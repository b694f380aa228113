"""How a field is written once: table, form, import, export, command line and help derive from its `Spec`.

A record is a frozen dataclass whose fields are made by the functions of this module. The module is light on
purpose (standard library only), so that lists, forms and `--help` need neither SQLModel nor pydantic;
`domain.tables` derives the SQLModel classes that validate and write.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple, TypeVar, dataclass_transform

from crmtui.text import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LONGEST_LINE: Final = 500
LONGEST_TEXT: Final = 200_000


class Kind(StrEnum):
    """What a value is, and so how it is typed, checked, stored and shown."""

    LINE = "line"  # text on one line
    TEXT = "text"  # text of several lines
    INTEGER = "integer"
    NUMBER = "number"
    SCALE = "scale"  # an integer in a short range, each grade with its name
    CHOICE = "choice"  # one word of an enumeration
    CHOICES = "choices"  # several words of one, kept as `a,b` in the enumeration's order
    BOOL = "bool"
    DATE = "date"
    STAMP = "stamp"  # an instant, aware, in UTC
    MONEY = "money"  # integer minor units; the currency is the record's field `currency`
    CURRENCY = "currency"  # ISO 4217 code
    LINK = "link"  # the integer key of another record


class Word(StrEnum):
    """A word of the method: the value that is stored, and the label that is shown."""

    label: str

    def __new__(cls, value: str, label: str) -> Word:  # noqa: PYI034 - the enumeration machinery asks for it
        """Make a member of its stored value and its (untranslated) label."""
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word


class OnDelete(StrEnum):
    """What happens to a record when the one it links to is deleted."""

    CASCADE = "CASCADE"
    CLEAR = "SET NULL"
    REFUSE = "RESTRICT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """Everything there is to know of a field.

    Attributes:
        kind: what the value is.
        label: its name on screens, untranslated.
        help: one sentence for forms and `--help`, untranslated.
        required: whether a record may be without it.
        low: smallest number allowed.
        high: largest number allowed.
        longest: the most characters allowed.
        words: the enumeration of CHOICE and CHOICES.
        names: the name of each grade of a SCALE.
        blank: what CHOICE and SCALE mean without a value, untranslated; that nobody knows, when empty.
        link: the table that a LINK leads to.
        on_delete: what happens here when the linked record goes.
        unique: whether two records may share the value.
        hidden: filled by the program, not asked in forms.
        is_later: whether files in our own format went out without it, before there was such a field.
    """

    kind: Kind
    label: str
    help: str = ""
    required: bool = False
    low: float | None = None
    high: float | None = None
    longest: int = LONGEST_LINE
    words: type[Word] | None = None
    names: Mapping[int, str] = dataclasses.field(default_factory=dict)
    blank: str = ""
    link: str = ""
    on_delete: OnDelete = OnDelete.CLEAR
    unique: bool = False
    hidden: bool = False
    is_later: bool = False


class Follows(NamedTuple):
    """A day of a record that may not lie before another one of it, or a figure that may not be less.

    Attributes:
        first: the field that comes first.
        later: the field that follows it; where either is empty there is nothing to follow.
        is_walled: whether the table refuses it too: only where no file that went out can hold it.
    """

    first: str
    later: str
    is_walled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """What a record is called and how it hangs together with the others.

    Attributes:
        table: its table.
        one: its name, untranslated.
        many: its name in the plural, untranslated.
        title: the field that names a record.
        unique: groups of fields that may not repeat together.
        checks: conditions across fields, in SQL.
        follows: fields that follow each other, refused by `domain.following` wherever something is written.
        facts: days of what has happened, refused by `domain.following` after today where somebody writes them down.
        searched: fields of the full-text search.
    """

    table: str
    one: str
    many: str
    title: str = "name"
    unique: tuple[tuple[str, ...], ...] = ()
    checks: tuple[str, ...] = ()
    follows: tuple[Follows, ...] = ()
    facts: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()

    @property
    def rules(self) -> tuple[str, ...]:
        """All conditions across fields that the table keeps; what compares with nothing is met."""
        return (*self.checks, *(f"{one.later} >= {one.first}" for one in self.follows if one.is_walled))


@dataclass(frozen=True, kw_only=True, init=False, repr=False, eq=False)
class Record:
    """What every record has: the key inside this file, and the public identity that leaves it.

    It is made, told and compared by what follows, not by functions that `dataclass` writes for each of them: there are
    many records with many fields, and to write those takes longer than all else that a record needs to be loaded.
    """

    noun: ClassVar[Noun]
    id: int = 0
    uid: str = ""

    def __init__(self, **given: Any) -> None:
        known = _defaults(type(self))
        if unknown := given.keys() - known.keys():
            raise TypeError(f"{type(self).__name__} has no field {min(unknown)}")
        for name, value in {**known, **given}.items():
            object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"

    def __eq__(self, other: object) -> bool:
        return vars(self) == vars(other) if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(vars(self).values()))


R = TypeVar("R", bound=type[Record])


@dataclass_transform(kw_only_default=True, frozen_default=True)
def record(noun: Noun) -> Callable[[R], R]:
    """Make a class a record: a frozen dataclass, with its noun."""

    def make(cls: R) -> R:
        cls.noun = noun
        dataclasses.dataclass(frozen=True, kw_only=True, init=False, repr=False, eq=False)(cls)
        return cls

    return make


_SPECS: Final[dict[type[Record], dict[str, Spec]]] = {}
_DEFAULTS: Final[dict[type[Record], dict[str, Any]]] = {}


def specs(kind: type[Record]) -> dict[str, Spec]:
    """The fields of a record, in their order, without `id` and `uid`; made once, so not to be changed."""
    if kind not in _SPECS:
        fields = dataclasses.fields(kind)
        _SPECS[kind] = {field.name: field.metadata["spec"] for field in fields if "spec" in field.metadata}
    return _SPECS[kind]


def default(kind: type[Record], name: str) -> Any:
    """The value that a field has when nothing was said."""
    return _defaults(kind)[name]


def _defaults(kind: type[Record]) -> dict[str, Any]:
    """What each field is where nothing was said."""
    if kind not in _DEFAULTS:
        _DEFAULTS[kind] = {field.name: field.default for field in dataclasses.fields(kind)}
    return _DEFAULTS[kind]


def _field(spec: Spec, value: Any) -> Any:
    return dataclasses.field(default=value, metadata={"spec": spec})


def line(label: str, text: str = "", **more: Any) -> Any:
    """Text on one line; empty when unknown."""
    return _field(Spec(kind=Kind.LINE, label=label, help=text, **more), "")


def text(label: str, help_text: str = "", **more: Any) -> Any:
    """Text of several lines; empty when unknown."""
    spec = Spec(kind=Kind.TEXT, label=label, help=help_text, **({"longest": LONGEST_TEXT} | more))
    return _field(spec, "")


def integer(label: str, text: str = "", value: int | None = None, **more: Any) -> Any:
    """A whole number; None when unknown."""
    return _field(Spec(kind=Kind.INTEGER, label=label, help=text, **more), value)


def number(label: str, text: str = "", value: float | None = None, **more: Any) -> Any:
    """A number; None when unknown."""
    return _field(Spec(kind=Kind.NUMBER, label=label, help=text, **more), value)


def scale(label: str, names: Mapping[int, str], text: str = "", **more: Any) -> Any:
    """A grade; None when nobody has judged it, which is not the lowest grade."""
    low, high = min(names), max(names)
    spec = Spec(kind=Kind.SCALE, label=label, help=text, names=names, low=low, high=high, **more)
    return _field(spec, None)


def choice(label: str, words: type[Word], value: Word | None = None, text: str = "", **more: Any) -> Any:
    """One word; None when unknown."""
    return _field(Spec(kind=Kind.CHOICE, label=label, help=text, words=words, **more), value)


def choices(label: str, words: type[Word], text: str = "", value: tuple[Word, ...] = (), **more: Any) -> Any:
    """Any number of words."""
    return _field(Spec(kind=Kind.CHOICES, label=label, help=text, words=words, **more), value)


def yes_no(label: str, text: str = "", *, value: bool = False, **more: Any) -> Any:
    """Yes or no."""
    return _field(Spec(kind=Kind.BOOL, label=label, help=text, **more), value)


def date(label: str, text: str = "", **more: Any) -> Any:
    """A day of the calendar; None when unknown."""
    return _field(Spec(kind=Kind.DATE, label=label, help=text, **more), None)


def stamp(label: str, text: str = "", **more: Any) -> Any:
    """An instant in UTC; None when it has not come."""
    return _field(Spec(kind=Kind.STAMP, label=label, help=text, **more), None)


def money(label: str, text: str = "", **more: Any) -> Any:
    """Minor units of the record's currency; None when unknown."""
    return _field(Spec(kind=Kind.MONEY, label=label, help=text, **more), None)


def currency(**more: Any) -> Any:
    """The currency of the record's money; empty means the workspace's own when it is saved."""
    return _field(
        Spec(
            kind=Kind.CURRENCY,
            label=N_("Currency"),
            help=N_("Three letters, ISO 4217; the workspace's own when left empty."),
            longest=3,
            **more,
        ),
        "",
    )


def number_ahead() -> Any:
    """By how much the number of an entry in calendars is above that of its last change; None for not at all.

    Filled where a calendar told a number that ours would never have reached (`store/reading/entry_revisions.py`).
    """
    return integer(N_("Number in calendars ahead by"), low=1, high=10**15, hidden=True, is_later=True)


def link(label: str, table: str, text: str = "", on_delete: OnDelete = OnDelete.CLEAR, **more: Any) -> Any:
    """The key of another record; None when there is none."""
    return _field(Spec(kind=Kind.LINK, label=label, help=text, link=table, on_delete=on_delete, **more), None)
