"""What each column of a table becomes as one noun: by what is said, its header and its cells, with reasons."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final

from crmtui.domain.fields import Kind
from crmtui.domain.nouns import BY_TABLE
from crmtui.errors import UsageError
from crmtui.exchange.layout import MOST_NAMED, few
from crmtui.exchange.mapping import standings
from crmtui.exchange.mapping.consents import consent_in
from crmtui.exchange.mapping.headers import OWN, before_colon, is_chance, is_of_another, money_of, take_apart, words_of
from crmtui.exchange.mapping.looks import MOST, SOME
from crmtui.exchange.mapping.meanings import EXTERNAL, MEANINGS, UID
from crmtui.exchange.mapping.recognised import Certainty, ColumnGuess, Recognised
from crmtui.exchange.mapping.shares import WHOLES, says_percent
from crmtui.exchange.mapping.targets import (
    JUDGED,
    KEPT,
    LEFT_OUT,
    PLACELESS,
    SHARED,
    STANDING,
    address_of,
    currency_for,
    key_of,
    kind_of,
    known,
    link_of,
    spec_of,
)
from crmtui.text import _, key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from crmtui.exchange.mapping.dialects.form import Form
    from crmtui.exchange.mapping.looks import Look

_MOST_KEYS: Final = 0.9  # of the cells; more of them make it a column of keys


class Fit:
    """The columns of a table as one noun.

    Args:
        table: the noun.
        headers: the names of the columns.
        wanted: what columns become where the user has said it, by header.
        looks: what the cells of the columns look like; none where nobody looked.
        form: the form of the program that wrote the file, where it is known.

    Raises:
        UsageError: `wanted` names a column or a field that is not there, or a field twice; it says what there is.
    """

    def __init__(
        self,
        table: str,
        headers: Sequence[str],
        wanted: Mapping[str, str],
        looks: Sequence[Look],
        form: Form | None = None,
    ) -> None:
        own = frozenset(map(key, (*OWN[table], *(form.prefixes if form else ()))))
        self._table = table
        self._kind = BY_TABLE[table]
        self._form = form
        self._looks = looks
        self._headers = [take_apart(header, own, taken=headers) for header in headers]
        self._guesses: dict[int, ColumnGuess] = {}
        for place, target in _asked_for(table, headers, wanted).items():
            self._guess(place, target, _("as you said"), Certainty.SAID)

    def found(self) -> Recognised:
        """What every column becomes."""
        if self._form:
            self._claim(self._form.ranks, _("{program} calls it so").format(program=self._form.program))
        self._claim(_names(self._table))
        if self._table == "person":
            self._name_people()
            self._hear_refusals()
        if self._table == "account":
            self._across()
        self._look_around()
        self._name_currencies()
        self._keep_kinds_of_nothing()
        uncounted = PLACELESS | {STANDING}  # people and activities have a status too, which says nothing of the noun
        taken = len([guess for guess in self._guesses.values() if guess.field not in uncounted])
        for place in range(len(self._headers)):
            if place not in self._guesses:
                self._keep(place)
        columns = tuple(self._guesses[place] for place in range(len(self._headers)))
        return Recognised(self._table, columns, taken / max(len(columns), 1), self._form)

    @property
    def _taken(self) -> set[str]:
        return {guess.field for guess in self._guesses.values()} - SHARED

    def _guess(self, place: int, target: str, reason: str, certainty: Certainty) -> None:
        self._guesses[place] = ColumnGuess(self._headers[place].text, target, reason, certainty)

    def _claim(self, ranks: Mapping[str, tuple[str, int]], reason: str = "") -> None:
        """Give each target the column with its surest name."""
        claims = sorted(
            (header.is_repeat, ranks[name][1], depth, place, ranks[name][0], name)
            for place, header in enumerate(self._headers)
            for depth, name in enumerate(header.names)
            if place not in self._guesses and name in ranks
        )
        taken = self._taken
        for is_repeat, _rank, depth, place, target, name in claims:
            if place in self._guesses or (target in taken and target not in SHARED):
                continue
            if target not in SHARED and self._contradicts(place, target):
                continue
            if target == KEPT and is_repeat:
                continue
            self._guess(place, *self._by_name(place, target, name, depth, reason))
            taken.add(self._guesses[place].field)

    def _by_name(self, place: int, target: str, name: str, depth: int, reason: str) -> tuple[str, str, Certainty]:
        """The target of a column, whose cells may be keys where names were expected; why; how sure."""
        by_key = key_of(target)
        if target.endswith("_id") and by_key in known(self._table) and self._holds_keys(place):
            if by_key in self._taken:
                return KEPT, _("another column holds the keys; kept as it is"), Certainty.SURE
            return by_key, _("its cells are keys of another system"), Certainty.LIKELY
        if reason:
            return target, self._why_kept(place) if target == KEPT else reason, Certainty.SURE
        if name == key(target.removesuffix("_id")) and not depth:
            return target, _("same name"), Certainty.SURE
        if target == EXTERNAL:
            return target, _("the key in the other system"), Certainty.LIKELY
        return target, _("another name for it"), Certainty.LIKELY

    def _holds_keys(self, place: int) -> bool:
        return bool(self._looks) and bool(self._looks[place].cells) and self._looks[place].keys > _MOST_KEYS

    def _contradicts(self, place: int, target: str) -> bool:
        if not self._looks or link_of(target) or target == EXTERNAL:
            return False
        spec, look = spec_of(self._kind, target), self._looks[place]
        if target == STANDING:
            return look.share(standings.is_known) < SOME
        are_shares = says_percent(self._headers[place].text) or look.percentages > 1 / 2
        if are_shares and spec.kind is Kind.MONEY and (self._table, target) not in WHOLES:
            return True
        if (self._table, target) in JUDGED:
            return not look.judges(spec)
        return look.contradicts(target, spec)

    def _name_people(self) -> None:
        """Whole names where only one of their parts has a column; family names in a column that is called name."""
        places = {guess.field: place for place, guess in self._guesses.items() if guess.certainty is not Certainty.SAID}
        given, family, whole = (places.get(name) for name in ("given_name", "family_name", "name"))
        if whole is not None and given is not None and "family_name" not in self._taken and self._are_words(whole):
            self._guess(whole, "family_name", _("one word beside a given name"), Certainty.LIKELY)
        elif "name" not in self._taken and (given is None) != (family is None):
            only = given if given is not None else family
            if only is not None and self._looks and self._looks[only].cells and not self._are_words(only):
                self._guess(only, "name", _("its cells are whole names"), Certainty.LIKELY)

    def _hear_refusals(self) -> None:
        """Every column that speaks of consent."""
        for place, header in enumerate(self._headers):
            if place not in self._guesses and (target := consent_in(header.text)):
                self._guess(place, target, _("its header speaks of consent"), Certainty.LIKELY)

    def _are_words(self, place: int) -> bool:
        """Whether most cells are one word."""
        look = self._looks[place] if self._looks else None
        return look is not None and bool(look.cells) and look.share(lambda cell: " " in cell) < 1 / 2

    def _look_around(self) -> None:
        """Fields for columns whose headers say nothing, by their cells."""
        for place, look in enumerate(self._looks):
            if place in self._guesses or not look.cells or is_of_another(self._headers[place].text):
                continue
            if target := self._by_words(place, look):
                self._guess(place, target, _("words of its header, and its cells fit"), Certainty.LIKELY)
                continue
            for target, fits, reason in self._by_cells(look):
                if fits and target not in self._taken:
                    self._guess(place, target, reason, Certainty.GUESS)
                    break

    def _across(self) -> None:
        """Fields of accounts whose headers lead to them across another object: `X: Billing City`."""
        ranks = self._form.ranks if self._form else _names(self._table)
        for place, header in enumerate(self._headers):
            parts = before_colon(header.text)
            if place in self._guesses or parts is None or is_of_another(parts[0]) or self._is_noun(parts[0]):
                continue
            target = ranks.get(key(parts[1]), (KEPT, 0))[0]
            if target not in SHARED | self._taken and not self._contradicts(place, target):
                self._guess(place, target, _("by what stands behind the colon"), Certainty.GUESS)

    def _name_currencies(self) -> None:
        """Columns that tell what amounts of another one are in, as in `Revenue Currency` and `Currency of Value`."""
        amounts = {
            name: guess.field
            for place, guess in self._guesses.items()
            if spec_of(self._kind, guess.field).kind is Kind.MONEY
            for name in self._headers[place].names
        }
        for place, header in enumerate(self._headers):
            named = {money_of(name) for name in header.names if place not in self._guesses}
            meant = {amounts.get(name) or _names(self._table).get(name, ("", 0))[0] for name in named}
            told = {currency_for(field) for field in meant & set(amounts.values())} - self._taken
            if told:
                self._guess(place, min(told), _("the currency of the amounts of another column"), Certainty.LIKELY)

    def _keep_kinds_of_nothing(self) -> None:
        """A column of kinds is kept as it is where no column has what they are of."""
        taken = self._taken
        for place, guess in list(self._guesses.items()):
            of = kind_of(guess.field)
            if of and of not in taken and guess.certainty is not Certainty.SAID:
                del self._guesses[place]

    def _is_noun(self, before: str) -> bool:
        """Whether what stands before a colon is another noun."""
        others = (name for table, names in OWN.items() if table != self._table for name in names)
        return any(key(before).startswith(key(name)) for name in others)

    def _by_words(self, place: int, look: Look) -> str:
        """The target with most of whose words a header has, if its cells are what that takes; '' for none."""
        words = words_of(self._headers[place].text)
        found = ("", 0)
        taken = self._taken
        for target, names in _words(self._table).items():
            longest = max((len(name) for name in names if name <= words), default=0)
            if longest > found[1] and target not in taken and (self._table, target) not in JUDGED:
                fits = None if self._contradicts(place, target) else look.fits(target, spec_of(self._kind, target))
                found = (target, longest) if fits is not None and fits >= MOST else found
        return found[0]

    def _by_cells(self, look: Look) -> Iterator[tuple[str, bool, str]]:
        if self._table in ("person", "account"):
            yield "email", look.emails >= MOST, _("its cells are e-mail addresses")
            yield "phone", look.phones >= MOST, _("its cells are telephone numbers")
        if self._table == "account":
            yield "website", look.sites >= MOST, _("its cells are addresses of web sites")
        if self._table == "opportunity":
            yield "value", look.amounts >= MOST, _("its cells are amounts")

    def _keep(self, place: int) -> None:
        header = self._headers[place]
        look = self._looks[place] if self._looks else None
        if self._looks and look is not None and header.is_repeat and self._repeats(place):
            self._guess(place, LEFT_OUT, _("repeats the column of the same name"), Certainty.SURE)
        elif look is not None and look.has_objects and not look.cells:
            self._guess(place, KEPT, _("its cells are lists or objects; kept as they are"), Certainty.SURE)
        elif look is not None and self._looks and not look.cells:
            self._guess(place, KEPT, _("empty in the first rows; kept where it is not"), Certainty.SURE)
        elif self._contradicted(place):
            self._guess(
                place, KEPT, _("its cells are something else than its header says; kept as it is"), Certainty.LIKELY
            )
        else:
            self._guess(place, KEPT, self._why_kept(place), Certainty.SURE)

    def _why_kept(self, place: int) -> str:
        if self._table == "opportunity" and is_chance(self._headers[place].text):
            return _("ours comes from a scorecard, on its day; this one is kept as it is")
        return _("no field for it here; kept as it is")

    def _repeats(self, place: int) -> bool:
        """Whether a column that was there twice says the same both times."""
        first = self._headers[place].repeated
        return any(
            header.text == first and self._looks[other] == self._looks[place]
            for other, header in enumerate(self._headers)
        )

    def _contradicted(self, place: int) -> bool:
        ranks = _names(self._table)
        targets = {ranks[name][0] for name in self._headers[place].names if name in ranks}
        return any(
            target not in self._taken and self._contradicts(place, target) for target in targets - SHARED - {STANDING}
        )


@cache
def _words(table: str) -> dict[str, tuple[frozenset[str], ...]]:
    """For each target the words of its names."""
    return {target: tuple(map(words_of, names)) for target, names in MEANINGS[table].items()}


@cache
def _names(table: str) -> dict[str, tuple[str, int]]:
    """For each header, as it is compared, what it means for a noun and how sure that is."""
    found: dict[str, tuple[str, int]] = {}
    claims = sorted(
        (rank, order, key(name), target)
        for order, (target, names) in enumerate(MEANINGS[table].items())
        for rank, name in enumerate((target.removesuffix("_id"), *names))
    )
    for rank, _order, name, target in claims:
        found.setdefault(name, (target, rank))
    for target in MEANINGS[table]:
        if target.endswith("_id"):
            found.setdefault(key(f"{target.removesuffix('_id')}_{UID}"), (key_of(target), 0))  # of a list of ours
            for name in MEANINGS[table][target]:
                found.setdefault(key(f"{name} id"), (key_of(target), 0))
                if address_of(target) in known(table):
                    for told in (f"{name} email", f"email {name}", f"{name} email address"):
                        found.setdefault(key(told), (address_of(target), 0))
    return found


def _asked_for(table: str, headers: Sequence[str], wanted: Mapping[str, str]) -> dict[int, str]:
    places = {key(header): place for place, header in enumerate(headers)}
    exact = {header: place for place, header in enumerate(headers)}
    found = {}
    fields = {field_key(name): name for name in reversed(known(table))}
    for header, field in wanted.items():
        place = exact.get(header, places.get(key(header)))
        if place is None:
            raise UsageError(
                _("there is no column {header}; there are {headers}").format(
                    header=header, headers=few(headers, MOST_NAMED)
                )
            )
        if field_key(field) not in fields:
            raise UsageError(
                _("there is no field {field}; there are {fields}").format(
                    field=field, fields=", ".join(name.removesuffix("_id") for name in known(table) if name)
                )
            )
        found[place] = fields[field_key(field)]
    twice = [target for target, count in Counter(found.values()).items() if count > 1 and target not in SHARED]
    if twice:
        raise UsageError(_("two columns cannot both become {field}").format(field=twice[0].removesuffix("_id")))
    return found


def field_key(name: str) -> str:
    """A field's name as it is compared: `owner` and `owner_id` are the same."""
    return key(name.removesuffix("_id"))
