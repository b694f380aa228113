"""The filter language of every list: words, and `key:value` with comparisons; `-` before a term negates it.

helios                     any record with a word that begins so
+39 0521 123456            who has this number, however it is written
"pilot review"             the words together
level:buyer owner:me       by column; `none` finds what is empty, `any` what is not
last>60d close<2026-12-31  older than 60 days or never; before a day
value>=10k -tag:x          numbers, and money in each record's own currency; not tagged x
value>=10kUSD              only money of that currency
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from crmtui import figures, text
from crmtui.domain import dates, money
from crmtui.errors import UsageError
from crmtui.store import search
from crmtui.text import _

if TYPE_CHECKING:
    import sqlite3

    from crmtui.store.reading.lists import Column, View

LONGEST = 500
MOST_TERMS = 30
_TERM = re.compile(r'(-?)(?:([A-Za-z_]+)(:|<=|>=|<|>))?("[^"]*"?|\S*)')
_AGE = re.compile(r"(\d{1,6})([dwmy])")
_INDEX = re.compile(r"\{(\w+)\}")
_NUMBER = re.compile(r"[+(]?[\d\s()/.+-]*\d")
_DIGITS = re.compile(r"\{digits\}\(([\w.]+)\)")
_WRITTEN = " /-.()+"  # what numbers are written with beside digits
LONG = 3
LEAST_DIGITS = 5
TAIL = 7  # the last digits of a number: those before them are written or left out, as one calls from
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def compile_filter(view: View, typed: str, today: dt.date) -> tuple[str, dict[str, Any]]:
    """A filter as a condition and its parameters; no text of the user's becomes SQL.

    Raises:
        UsageError: a key or a value that the list does not know; it says which there are.
    """
    if len(typed) > LONGEST or len(typed.split()) > MOST_TERMS:
        raise UsageError(
            _("A filter has at most {terms} terms and {marks} characters.").format(terms=MOST_TERMS, marks=LONGEST)
        )
    parameters: dict[str, Any] = {}
    conditions = [_words(view, words, parameters) for words in _asked(view, typed)]
    for minus, key, sign, raw in _TERM.findall(text.line(typed)):
        value = raw.strip('"')
        if key:
            column = view.column(key.lower())
            condition = _comparison(column, sign, value, (parameters, f"p{len(parameters)}", today))
        elif value and minus:
            condition = _words(view, value, parameters)
        else:
            continue
        conditions.append(f"NOT coalesce({condition}, 0)" if minus else condition)
    return " AND ".join(conditions) or "1", parameters


def _asked(view: View, typed: str) -> list[str]:
    """The words that records must have; all at once where one index is asked, which is quicker than one by one."""
    words = [raw.strip('"') for minus, key, _sign, raw in _TERM.findall(text.line(typed)) if not (minus or key)]
    found = [word for word in words if word]
    together = " ".join(found)
    if _number_in(view, together):
        return [together]
    is_one = len(view.searched) == 1 and not any(_reached(view, word) for word in found)
    return [together] if found and is_one else found


def _number_in(view: View, words: str) -> str:
    """The digits by which a typed telephone number is known; '' where it is none, or the list has no numbers."""
    digits = "".join(filter(str.isdecimal, words))
    is_number = view.called and _NUMBER.fullmatch(words) and len(digits) >= LEAST_DIGITS
    return digits[-TAIL:] if is_number and digits.isascii() else ""


def _reached(view: View, word: str) -> tuple[str, ...]:
    return view.reached if len(word) >= LONG else ()


def finds_many(connection: sqlite3.Connection, view: View, typed: str, bound: int) -> bool:
    """Whether a filter asks for words, and more than `bound` records of one of its indexes answer to each."""
    asked = _asked(view, typed)
    queries = [query for query in map(search.terms, asked) if query]
    places = (*view.searched, *(place for word in asked for place in _reached(view, word)))
    tables = {table for place in places for table in _INDEX.findall(place)}
    return bool(queries) and all(
        any(_is_common(connection, table, query, bound) for table in tables) for query in queries
    )


def _is_common(connection: sqlite3.Connection, table: str, query: str, bound: int) -> bool:
    """Whether more than `bound` records of a table answer to a query; asked without counting them all."""
    rows = f"SELECT 1 FROM {table}_search WHERE {table}_search MATCH ? LIMIT 1 OFFSET ?"
    return connection.execute(rows, (query, bound)).fetchone() is not None


def _words(view: View, value: str, parameters: dict[str, Any]) -> str:
    query = search.terms(value)
    if not query:
        return "1"
    name = f"p{len(parameters)}"
    parameters[name] = query
    hits = rf"SELECT rowid FROM \1_search WHERE \1_search MATCH :{name}"
    places = [_INDEX.sub(hits, place) for place in (*view.searched, *_reached(view, value))]
    if digits := _number_in(view, value):
        parameters[f"{name}d"] = f"%{digits}%"
        bare = "\\1"
        for mark in _WRITTEN:
            bare = f"replace({bare}, '{mark}', '')"
        places += (_DIGITS.sub(f"{bare} LIKE :{name}d", place) for place in view.called)
    return f"({' OR '.join(places)})"


def _comparison(column: Column, sign: str, value: str, context: tuple[dict[str, Any], str, dt.date]) -> str:
    parameters, name, today = context
    expression = f"({column.sql})"
    if value == "none":
        return f"({expression} IS NULL OR {expression} = '')"
    if value == "any":
        return f"{expression} <> ''"
    if column.shape in ("past", "future"):
        return _by_date(column, sign, value, (parameters, name, today))
    if column.shape == "money":
        return _by_amount(column, sign, value, parameters, name)
    if column.shape in ("number", "share"):
        parameters[name] = _number(column, value)
        return f"{expression} {'=' if sign == ':' else sign} :{name}"
    if sign != ":":
        raise UsageError(_("{key} is compared with “:”, as in {key}:{value}").format(key=column.key, value=value))
    return _by_text(column, value, parameters, name)


def _by_text(column: Column, value: str, parameters: dict[str, Any], name: str) -> str:
    if column.key == "owner" and value == "me":
        return "o.is_me = 1"
    if column.words is not None:
        parameters[name] = _word(column, value)
        return f"({column.sql}) = :{name}"
    escaped = value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    parameters[name] = f"%{escaped}%"
    return f"({column.sql}) LIKE :{name} ESCAPE '\\'"


def _word(column: Column, value: str) -> str:
    wanted = text.key(value)
    for word in column.words or ():
        if wanted in (text.key(word.value), text.key(word.label), text.key(_(word.label))):
            return word.value
    names = ", ".join(word.value for word in column.words or ())
    raise UsageError(
        _("{key}:{value} finds nothing: {key} is one of {names}.").format(key=column.key, value=value, names=names)
    )


def _by_amount(column: Column, sign: str, value: str, parameters: dict[str, Any], name: str) -> str:
    """An amount of any currency is compared as it is written; of a sum over several currencies one part will do."""
    try:
        wanted = money.parse_money(value, "")
    except ValueError as error:
        raise UsageError(f"{column.key}: {error}") from None
    parameters[name] = wanted.minor * money.fineness(wanted.currency)
    condition = f"minor * {fineness('currency')} {'=' if sign == ':' else sign} :{name}"
    if wanted.currency:
        parameters[f"{name}c"] = wanted.currency
        condition += f" AND currency = :{name}c"
    amounts = column.amounts or f"SELECT ({column.sql}) AS minor, {column.currency} AS currency"
    return f"EXISTS (SELECT 1 FROM ({amounts}) WHERE {condition})"


def fineness(currency: str) -> str:
    """The SQL of what brings minor units of the currency that an expression names to one size."""
    cases = ""
    for codes in money.OTHER_DECIMALS:
        quoted = ", ".join(f"'{code}'" for code in codes)
        cases += f"WHEN {currency} IN ({quoted}) THEN {money.fineness(codes[0])} "
    return f"CASE {cases}ELSE {money.fineness('')} END"


def _number(column: Column, value: str) -> float:
    try:
        if column.shape == "share":
            return float(figures.read(value.removesuffix("%"))) / (100 if value.endswith("%") else 1)
        return float(figures.read(value))
    except ValueError as error:
        raise UsageError(f"{column.key}: {error}") from None


def _by_date(column: Column, sign: str, value: str, context: tuple[dict[str, Any], str, dt.date]) -> str:
    """An age compares backwards: older means an earlier day, and never is older than anything."""
    parameters, name, today = context
    expression = f"({column.sql})"
    age = _AGE.fullmatch(value)
    if age and column.shape == "past":
        parameters[name] = (today - dt.timedelta(days=int(age[1]) * _DAYS[age[2]])).isoformat()
        flipped = {">": "<", ">=": "<=", "<": ">", "<=": ">=", ":": "="}[sign]
        never = f"{expression} IS NULL OR " if sign.startswith(">") else ""
        return f"({never}{expression} {flipped} :{name})"
    try:
        parameters[name] = dates.parse_day(f"+{value}" if age else value, today).isoformat()
    except ValueError as error:
        raise UsageError(f"{column.key}: {error}") from None
    return f"{expression} {'=' if sign == ':' else sign} :{name}"
