"""The values of fields: checked, typed in, shown, stored and exported, by the field's `Spec` alone.

Every door uses these functions: forms and the command line for what is typed, the importer for cells, the
SQLModel classes of `domain.tables` as their validators, the store for what SQLite keeps.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import TYPE_CHECKING, Any, Final

from crmtui import figures, text
from crmtui.domain.fields import Kind, Spec, Word
from crmtui.figures import Figure
from crmtui.text import _, quoted as quoted  # noqa: PLC0414 - whoever tells of a value looks for it here

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Value = Any  # str, int, float, bool, date, datetime, Word, tuple of Words, or None
Plain = str | int | float | bool | None  # what SQLite and JSON keep

_LARGEST = 2**63 - 1


_UID: Final = re.compile(r"[0-9A-Za-z_.-]{1,64}")


def is_uid(given: object) -> bool:
    """Whether something has the form of a public identity."""
    return isinstance(given, str) and _UID.fullmatch(given) is not None


def check(spec: Spec, value: Value) -> Value:
    """The value, cleaned, if the field may hold it; ValueError with a sentence if not."""
    if value is None or value in ("", ()):
        if spec.required and not (value is not None and spec.kind is Kind.CHOICES):
            raise ValueError(_("is needed"))
        return _EMPTY.get(spec.kind)
    return _CHECKS[spec.kind](spec, value)


def parse(spec: Spec, raw: str, *, today: dt.date | None = None) -> Value:
    """What the user typed for a field, as a value; ValueError with a sentence if it is none.

    Dates are ISO or, when `today` is given, relative (`+2w`, `fri`, `tomorrow`); numbers as `figures.read` takes them.
    MONEY is read in the currency's minor units by `domain.money`, and LINK by name by the commands: neither comes here.
    """
    typed = text.clean(raw) if spec.kind is Kind.TEXT else text.line(raw)
    if not typed:
        return check(spec, "")
    reader = _READERS.get(spec.kind)
    return check(spec, reader(spec, typed, today) if reader else typed)


def shown(spec: Spec, value: Value) -> str:
    """A value as it is typed, so that `parse` gives it back."""
    if value is None or value == ():
        return ""
    if spec.kind is Kind.BOOL:
        return "yes" if value else "no"
    if spec.kind is Kind.CHOICES:
        return ",".join(value)
    if spec.kind is Kind.STAMP:
        return str(plain(spec, value))
    if spec.kind is Kind.NUMBER:
        return text.localised(f"{value:.15g}" if float(f"{value:.15g}") == value else repr(float(value)))
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def plain_number(cell: str) -> float:
    """A number as programs write it, whatever the language; ValueError with a sentence if it is none."""
    try:
        return float(cell)
    except ValueError:
        raise ValueError(_(figures.NO_NUMBER).format(value=quoted(cell))) from None


def label(spec: Spec, value: Value) -> str:
    """A value as it is read: words and grades by their translated labels."""
    if spec.kind is Kind.CHOICE and isinstance(value, Word):
        return _(value.label)
    if spec.kind is Kind.CHOICES:
        return ", ".join(_(word.label) for word in value or ())
    if spec.kind is Kind.SCALE and value is not None:
        return f"{value} {_(spec.names.get(value, ''))}".strip()
    if spec.kind is Kind.BOOL:
        return _("yes") if value else _("no")
    return shown(spec, value)


def plain(spec: Spec, value: Value) -> Plain:
    """A value as SQLite and JSON keep it: dates ISO, stamps ISO with Z, words by value."""
    if spec.kind is Kind.CHOICES:
        return ",".join(value or ())
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, Word) else value


def loaded(spec: Spec, kept: Plain) -> Value:
    """A value from what SQLite or JSON kept."""
    if spec.kind is Kind.CHOICES:
        words = _words(spec)
        return tuple(words[name] for name in str(kept or "").split(",") if name)
    if kept is None or spec.kind not in _LOADERS:
        return kept
    return _LOADERS[spec.kind](spec, kept)


_LOADERS: Mapping[Kind, Callable[[Spec, Any], Value]] = {
    Kind.CHOICE: lambda spec, kept: _words(spec)[kept],
    Kind.DATE: lambda _spec, kept: dt.date.fromisoformat(kept),
    Kind.STAMP: lambda _spec, kept: dt.datetime.fromisoformat(kept).astimezone(dt.UTC),
    Kind.BOOL: lambda _spec, kept: bool(kept),
    Kind.NUMBER: lambda _spec, kept: float(kept),
}


def _words(spec: Spec) -> Mapping[str, Word]:
    if spec.words is None:
        raise TypeError(f"{spec.label} has no words")
    return {word.value: word for word in spec.words}


def _check_text(spec: Spec, value: Value) -> str:
    if not isinstance(value, str):
        raise ValueError(_("{value} is not text").format(value=quoted(value)))
    cleaned = text.clean(value) if spec.kind is Kind.TEXT else text.line(value)
    if spec.required and not cleaned.strip():
        raise ValueError(_("is needed"))
    if len(cleaned) > spec.longest:
        raise ValueError(_("has {count} characters; at most {most} fit").format(count=len(cleaned), most=spec.longest))
    return cleaned


def _check_integer(spec: Spec, value: Value) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(_("{value} is not a whole number").format(value=quoted(value)))
    if abs(value) > _LARGEST:
        raise ValueError(_("{value} is too large").format(value=quoted(value)))
    return int(_within(spec, value))


def _check_number(spec: Spec, value: Value) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(_("{value} is not a number").format(value=quoted(value)))
    return float(_within(spec, value))


def _within(spec: Spec, value: float) -> float:
    if spec.low is not None and value < spec.low:
        if spec.kind is Kind.MONEY:  # which is checked in minor units
            raise ValueError(_("an amount below 0 is not possible here"))
        raise ValueError(_("{value} is below {low}").format(value=_whole(value), low=_whole(spec.low)))
    if spec.high is not None and value > spec.high:
        raise ValueError(_("{value} is above {high}").format(value=_whole(value), high=_whole(spec.high)))
    return value


def _whole(value: float) -> str:
    """A number as people write it: a million with all its digits."""
    return f"{Figure(value):,.12g}"


def _check_word(spec: Spec, value: Value) -> Word:
    words = _words(spec)
    if str(value) not in words:
        raise ValueError(_("{value} is none of: {words}").format(value=quoted(value), words=", ".join(words)))
    return words[str(value)]


def _check_words(spec: Spec, value: Value) -> tuple[Word, ...]:
    chosen = {_check_word(spec, one) for one in value}
    return tuple(word for word in _words(spec).values() if word in chosen)


def _check_bool(_spec: Spec, value: Value) -> bool:
    if value not in (True, False):
        raise ValueError(_("{value} is neither yes nor no").format(value=quoted(value)))
    return bool(value)


def _check_date(_spec: Spec, value: Value) -> dt.date:
    if isinstance(value, dt.datetime) or not isinstance(value, dt.date):
        raise ValueError(_("{value} is not a date").format(value=quoted(value)))
    return value


def _check_stamp(_spec: Spec, value: Value) -> dt.datetime:
    if not isinstance(value, dt.datetime) or value.tzinfo is None:
        raise ValueError(_("{value} is not an instant with its time zone").format(value=quoted(value)))
    return value.astimezone(dt.UTC)


def _check_currency(_spec: Spec, value: Value) -> str:
    code = str(value).strip().upper()
    if len(code) != 3 or not (code.isascii() and code.isalpha()):  # noqa: PLR2004 - ISO 4217
        raise ValueError(_("{value} is not a currency such as EUR").format(value=quoted(value)))
    return code


_CHECKS: Mapping[Kind, Callable[[Spec, Value], Value]] = {
    Kind.LINE: _check_text,
    Kind.TEXT: _check_text,
    Kind.INTEGER: _check_integer,
    Kind.MONEY: _check_integer,
    Kind.SCALE: _check_integer,
    Kind.LINK: _check_integer,
    Kind.NUMBER: _check_number,
    Kind.CHOICE: _check_word,
    Kind.CHOICES: _check_words,
    Kind.BOOL: _check_bool,
    Kind.DATE: _check_date,
    Kind.STAMP: _check_stamp,
    Kind.CURRENCY: _check_currency,
}
_EMPTY: Mapping[Kind, Value] = {
    Kind.LINE: "",
    Kind.TEXT: "",
    Kind.CURRENCY: "",
    Kind.CHOICES: (),
    Kind.BOOL: False,
}


def _read_integer(spec: Spec, typed: str, _today: dt.date | None) -> int:
    if spec.kind is Kind.SCALE:
        named = {text.key(_(name)): grade for grade, name in spec.names.items()}
        named |= {text.key(name): grade for grade, name in spec.names.items()}
        if (found := named.get(text.key(typed))) is not None and text.key(typed):
            return found
    return figures.read_whole(typed)


def _read_number(_spec: Spec, typed: str, _today: dt.date | None) -> float:
    return float(figures.read(typed))


def _read_word(spec: Spec, typed: str, _today: dt.date | None) -> str:
    """By value or by label, in the user's language or else in any, without regard to case."""
    wanted, words = text.key(typed), _words(spec).values()
    for word in words:
        if wanted in (text.key(word.value), text.key(_(word.label))):
            return word.value
    in_any = (word.value for word in words if wanted in map(text.key, text.in_each_language(word.label)))
    return next(in_any, typed)


def _read_words(spec: Spec, typed: str, today: dt.date | None) -> tuple[str, ...]:
    parts = (part.strip() for part in typed.replace(";", ",").split(","))
    return tuple(_read_word(spec, part, today) for part in parts if part)


_YES = frozenset({"yes", "y", "true", "1", "on", "x", "si", "sì", "vero"})
_NO = frozenset({"no", "n", "false", "0", "off", "falso"})


def _read_bool(_spec: Spec, typed: str, _today: dt.date | None) -> bool:
    word = typed.casefold()
    if word not in _YES | _NO:
        raise ValueError(_("{value} is neither yes nor no").format(value=quoted(typed)))
    return word in _YES


def _read_date(_spec: Spec, typed: str, today: dt.date | None) -> dt.date:
    if today is not None:
        from crmtui.domain import dates

        return dates.parse_day(typed, today)
    try:
        return dt.date.fromisoformat(typed)
    except ValueError:
        raise ValueError(_("{value} is not a date such as 2026-03-31").format(value=quoted(typed))) from None


def _read_stamp(_spec: Spec, typed: str, _today: dt.date | None) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(typed)
    except ValueError:
        raise ValueError(
            _("{value} is not an instant such as 2026-03-31T09:30:00Z").format(value=quoted(typed))
        ) from None


_READERS: Mapping[Kind, Callable[[Spec, str, dt.date | None], Value]] = {
    Kind.INTEGER: _read_integer,
    Kind.SCALE: _read_integer,
    Kind.MONEY: _read_integer,
    Kind.LINK: _read_integer,
    Kind.NUMBER: _read_number,
    Kind.CHOICE: _read_word,
    Kind.CHOICES: _read_words,
    Kind.BOOL: _read_bool,
    Kind.DATE: _read_date,
    Kind.STAMP: _read_stamp,
}
