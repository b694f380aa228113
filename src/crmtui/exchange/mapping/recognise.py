"""Which noun a table holds: what its program says, or that whose fields take most of the columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.nouns import BY_TABLE
from crmtui.errors import UnknownContentError, UsageError
from crmtui.exchange.layout import few
from crmtui.exchange.mapping.dialects import activities, address_books, hubspot, our_people, pipedrive, salesforce
from crmtui.exchange.mapping.fitting import Fit
from crmtui.exchange.mapping.headers import take_apart
from crmtui.exchange.mapping.meanings import CHOSEN, MEANINGS, NEEDED, STEMS
from crmtui.exchange.mapping.recognised import Certainty, Recognised
from crmtui.exchange.mapping.targets import KEPT
from crmtui.text import _, key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from crmtui.exchange.mapping.dialects.form import Form
    from crmtui.exchange.mapping.looks import Look

FORMS: Final = (
    *salesforce.FORMS,
    *hubspot.FORMS,
    *pipedrive.FORMS,
    *address_books.FORMS,
    *activities.FORMS,
    *our_people.FORMS,
)
_LEAST_KNOWN: Final = 0.5  # of the columns that a form must know
_ACCOUNT: Final = frozenset({"account", "accountname"})
_MOST_KEYS: Final = 0.5  # of the cells; a column with more holds numbers of accounts
_TELLING: Final = frozenset({"manager_id", "region"})  # what people of customers do not have


def recognise(
    headers: Sequence[str],
    stem: str,
    *,
    table: str = "",
    wanted: Mapping[str, str] | None = None,
    name: str = "",
    looks: Sequence[Look] = (),
    among: Callable[[], Sequence[str]] = tuple,
) -> Recognised:
    """What a table holds: what its program says, or else the noun whose fields take most of the columns.

    Args:
        headers: the names of the columns.
        stem: what the name of the file tells.
        table: the noun, where the user has said it.
        wanted: what columns become where the user has said it, by header: '' to leave out.
        name: how the table is named on the command line, where that is not its stem.
        looks: what the cells of the columns look like; none where nobody looked.
        among: asked for the nouns that it may be where no program tells: they take a while; none for all of them.

    Raises:
        UsageError: no noun fits, or `wanted` names what is not there; it says what there is in the noun that fits.
    """
    if table and table not in MEANINGS:
        raise UsageError(
            _("files cannot be read as {noun}; they can as {nouns}").format(
                noun=_name(table), nouns=", ".join(CHOSEN.values())
            )
        )
    if form := _form_of(headers, table):
        return Fit(form.table, headers, wanted or {}, looks, form).found()
    choices = [table] if table else _in_order(among()) or list(MEANINGS)
    candidates, refusals = [], {}
    for choice in choices:
        try:
            candidates.append(Fit(choice, headers, wanted or {}, looks).found())
        except UsageError as error:  # this noun has no such field
            refusals[choice] = error
    if not candidates:
        raise refusals[recognise(headers, stem, table=table, name=name, looks=looks, among=among).table]
    fitting = [
        found for found in candidates if table or (_has_what_it_needs(found) and not _names_accounts(found, looks))
    ]
    if not fitting:
        raise UnknownContentError(
            _("its columns fit no noun: {headers}. Say what it holds, as in --as '{file}=accounts'").format(
                headers=few(headers), file=name or stem
            )
        )
    return max(
        _ours_or_theirs(fitting, stem),
        key=lambda found: (found.certainty, *_preference(found, stem), -choices.index(found.table)),
    )


def _in_order(nouns: Sequence[str]) -> list[str]:
    return [one for one in MEANINGS if one in nouns]


def _ours_or_theirs(fitting: Sequence[Recognised], stem: str) -> Sequence[Recognised]:
    """Where people of customers have the same columns as ours, only the name of the file tells that they are ours."""
    of = {found.table: found for found in fitting}
    ours, theirs = of.get("actor"), of.get("person")
    if ours is None or theirs is None or _TELLING & ours.fields().keys():
        return fitting
    is_ours = [found for found in fitting if _is_named(found, stem)] == [ours]
    return [ours] if is_ours and "account_id" not in theirs.fields() else [one for one in fitting if one is not ours]


def _preference(found: Recognised, stem: str) -> tuple[bool, bool]:
    """What decides between nouns that fit equally well."""
    return _is_named(found, stem), found.table == "person" and "email" in found.fields()


def _is_named(found: Recognised, stem: str) -> bool:
    """Whether the name of the file says so."""
    return any(word in key(stem) for word in map(key, (found.table, *STEMS[found.table])))


def _has_what_it_needs(found: Recognised) -> bool:
    """Whether headers say so: guesses by cells alone make no noun of a file."""
    sure = {guess.field for guess in found.columns if guess.certainty is not Certainty.GUESS}
    return any(sure.issuperset(group) for group in NEEDED[found.table])


def _name(table: str) -> str:
    """What a noun is called where it is chosen."""
    return _(BY_TABLE[table].noun.many) if table in BY_TABLE else table


def _names_accounts(found: Recognised, looks: Sequence[Look]) -> bool:
    """Whether rows that would be accounts name accounts beside themselves: then they are of something else."""
    return found.table == "account" and any(
        guess.field == KEPT and key(guess.header) in _ACCOUNT and not (looks and looks[place].keys > _MOST_KEYS)
        for place, guess in enumerate(found.columns)
    )


def _form_of(headers: Sequence[str], table: str) -> Form | None:
    """The program's form that knows most of the headers."""
    best: tuple[float, int] = (_LEAST_KNOWN, 0)
    found = None
    for form in FORMS:
        if table in ("", form.table):
            apart = [take_apart(header, form.prefixes, taken=headers) for header in headers]
            fit = form.fit([frozenset(header.names) for header in apart])
            if fit > best:
                best, found = fit, form
    return found
