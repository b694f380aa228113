"""What the words of another system mean here: words of ours, yes or no, or one of our people."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Final

from crmtui.domain import values
from crmtui.domain.called import name_and_address
from crmtui.domain.fields import Kind, Record, specs
from crmtui.domain.money import CURRENCIES as CODES, parse_currency
from crmtui.domain.words import OrderStatus, Stage
from crmtui.domain.workspace import Actor
from crmtui.exchange.mapping import standings
from crmtui.exchange.mapping.choices import About, Open, Understood
from crmtui.exchange.mapping.targets import (
    CONSENTS,
    DELETED,
    ENDINGS,
    OF_CONSENT,
    STANDING,
    link_by_address,
    link_of,
    spec_of,
)
from crmtui.exchange.mapping.usual import (
    CURRENCIES,
    DENYING,
    GRANTING,
    NO,
    ORDER_STATES,
    REFUSING,
    STAGES,
    SYSTEM_USERS,
    YES,
    compared,
)
from crmtui.text import N_, _, key, line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from crmtui.domain.fields import Spec
    from crmtui.domain.values import Value
from crmtui.exchange.mapping.choices import Choices

NOTHING: Final = "none"  # what a word is said to mean that leaves the field empty
OUTCOME: Final = "outcome"
YES_NO: Final = frozenset({*OF_CONSENT, *ENDINGS, DELETED} - {OUTCOME})
_YES: Final = frozenset(map(compared, YES))
_NO: Final = frozenset(map(compared, NO))
_REFUSING: Final = frozenset(map(key, REFUSING))
_DENYING: Final = _NO | _REFUSING | frozenset(map(key, DENYING))
_GRANTING: Final = (_YES | frozenset(map(key, GRANTING))) - _DENYING
_SYSTEM_USERS: Final = tuple(map(key, SYSTEM_USERS))
_SHOWN: Final = 40  # characters
_MOST_TOLD: Final = 5
_STAGE_OF: Final = {key(name): stage for stage, names in STAGES.items() for name in names}
_ORDER_STATE_OF: Final = {key(name): state for state, names in ORDER_STATES.items() for name in names}
_ENDINGS: Final = frozenset(_STAGE_OF) | {""}
_CURRENCY_OF: Final = {key(name) or name: code for name, code in CURRENCIES.items()}


def is_system(cell: str) -> bool:
    """Whether a kind of user, or a profile, is of no person but of the system itself."""
    return any(word in compared(cell) for word in _SYSTEM_USERS)


def refusing(target: str) -> frozenset[str]:
    """What cells say, as they are compared, where a column about consent tells of a refusal."""
    return _DENYING if target in CONSENTS else _YES | _REFUSING


def silent(target: str) -> frozenset[str]:
    """What cells say, as they are compared, that a column about consent need not keep."""
    return frozenset({""}) if target in CONSENTS else _NO | {""}


def vocabulary(kind: type[Record], target: str) -> Mapping[str, str]:
    """Our words that cells of a column may mean, with their labels; none where the column takes any text."""
    if _is_yes_no(kind, target):
        return {"yes": N_("yes"), "no": N_("no")}
    if _is_ending(kind, target):
        return {"won": N_("won"), "lost": N_("lost"), "open": N_("open")}
    if target == STANDING:
        return standings.LABELS
    spec = spec_of(kind, target)
    if spec.kind is Kind.CHOICE:
        return {word.value: word.label for word in spec.words or ()}
    return {code: code for code in sorted(CODES)} if spec.kind is Kind.CURRENCY else {}


def _is_ending(kind: type[Record], target: str) -> bool:
    """Whether cells of a column tell how something ended: the outcome of a contact is a text."""
    return target == OUTCOME and OUTCOME not in specs(kind)


def _is_yes_no(kind: type[Record], target: str) -> bool:
    return target in YES_NO or spec_of(kind, target).kind is Kind.BOOL


def names_ours(kind: type[Record], target: str) -> bool:
    """Whether cells of a column name our people, or tell their keys: a list of these brings them itself."""
    spec = specs(kind).get(link_of(target) or link_by_address(target) or target)
    return kind is not Actor and spec is not None and spec.kind is Kind.LINK and spec.link == Actor.noun.table


def is_ours(cell: str, choices: Choices) -> bool:
    """Whether a cell names one of ours, by name or by e-mail address."""
    name, address = name_and_address(cell)
    return not choices.people.isdisjoint({key(name or address), address.lower()} - {""})


def reader(kind: type[Record], target: str, header: str, choices: Choices) -> Callable[[str], Value] | None:
    """What turns a cell into one of our words, or into the name of one of ours; None where the cell is that already."""
    said = {cell: word for (of, cell), word in choices.words.items() if of == header}
    usual = _usual(spec_of(kind, target))
    if not said:
        return usual

    def read(cell: str) -> Value:
        word = said.get(compared(cell), cell)
        if key(word) == NOTHING and word != cell:
            return None
        return usual(word) if usual else word

    return read


def _usual(spec: Spec) -> Callable[[str], Value] | None:
    """How a cell is read of which nobody has said what it means."""
    if spec.kind is Kind.CURRENCY:
        return lambda cell: parse_currency(_CURRENCY_OF.get(compared(cell), cell))
    if spec.kind is Kind.BOOL:
        return lambda cell: compared(cell) in _YES
    return partial(_word, spec) if spec.kind is Kind.CHOICE else None


def _word(spec: Spec, cell: str) -> Value:
    """Their word for ours; what stands behind a stage in brackets is the pipeline."""
    usual = _STAGE_OF if spec.words is Stage else _ORDER_STATE_OF if spec.words is OrderStatus else {}
    try:
        return values.parse(spec, usual.get(compared(cell)) or usual.get(compared(cell.partition(" (")[0])) or cell)
    except ValueError:
        told = _("{word} is not known as {field}; say what it means")
        raise ValueError(told.format(word=values.quoted(cell), field=_(spec.label))) from None


def unknown(kind: type[Record], target: str, header: str, cells: Iterable[str], choices: Choices) -> Open | None:
    """The cells of a column that mean nothing that is known; None where there are none."""
    about, is_unknown = _judging(kind, target, header, choices)
    found = tuple(line(cell) for cell in sorted(cells) if cell.strip() and is_unknown(cell))
    if not found:
        return None
    example = next(islice(vocabulary(kind, target), 1 if about is About.WORDS else 0, None), _("NAME"))
    option = f"--value '{header}:{found[0][:_SHOWN]}={example}'"
    return Open(about, header, target, found, _sentence(about, target, header, found), option)


def respelt(kind: type[Record], target: str, header: str, cells: Iterable[str], choices: Choices) -> Mapping[str, str]:
    """Whom cells mean that spell one of ours otherwise, unless somebody has said whom."""
    if link_of(target) or link_by_address(target) or not names_ours(kind, target):
        return {}
    return choices.names.respelt(cell for cell in cells if (header, compared(cell)) not in choices.words)


def spelt(target: str, header: str, respelt: Mapping[str, str]) -> Iterator[Understood]:
    """The same, as it may be decided otherwise."""
    for cell, name in respelt.items():
        yield Understood(About.PEOPLE, header, target, line(cell), name_and_address(name)[0])


def respelt_notes(header: str, respelt: Mapping[str, str]) -> Iterator[str]:
    """The same, in a sentence."""
    if respelt:
        pairs = [f"{values.quoted(cell)} > {values.quoted(name)}" for cell, name in respelt.items()]
        few = ", ".join(pairs[:_MOST_TOLD]) + ("…" if pairs[_MOST_TOLD:] else "")
        yield _("Column {header}: the same of ours in another spelling: {cells}.").format(header=header, cells=few)


def understood(
    kind: type[Record], target: str, header: str, cells: Iterable[str], choices: Choices
) -> Iterator[Understood]:
    """What the cells of a column of stages mean that are not called as ours, where nobody has said it."""
    spec = spec_of(kind, target)
    read = reader(kind, target, header, choices) if spec.words is Stage else None
    for cell in sorted(filter(str.strip, cells)) if read else ():
        if (header, compared(cell)) not in choices.words and read and not _is_refused(read, cell):
            word = next(one for one in Stage if one == read(cell))
            if compared(cell) not in {key(word.value), key(word.label), key(_(word.label))}:
                yield Understood(About.WORDS, header, target, line(cell), word.value)


def _judging(kind: type[Record], target: str, header: str, choices: Choices) -> tuple[About, Callable[[str], bool]]:
    """What the cells of a column are about, and whether one of them is unknown."""
    said, ours = choices.words, choices.people
    if _is_yes_no(kind, target) or _is_ending(kind, target):
        known = _known(target)
        return About.YES_NO, lambda cell: compared(cell) not in known and (header, compared(cell)) not in said
    if target == STANDING:
        return About.YES_NO, lambda cell: not standings.is_known(cell) and (header, compared(cell)) not in said
    if names_ours(kind, target):
        is_key = bool(link_of(target))
        return (
            About.PEOPLE,
            lambda cell: (
                bool(ours)
                and not is_ours(cell, choices)
                and not (is_key and choices.spelt(cell) in choices.keys)
                and (header, compared(cell)) not in said
            ),
        )
    read = reader(kind, target, header, choices)
    return About.WORDS, lambda cell: read is not None and _is_refused(read, cell)


def _known(target: str) -> frozenset[str]:
    """The words of a column that says yes or no, or how something ended."""
    if target == OUTCOME:
        return _ENDINGS
    if target in OF_CONSENT:
        return refusing(target) | silent(target) | (_GRANTING if target in CONSENTS else frozenset())
    return _YES | _NO | {""}


def _is_refused(read: Callable[[str], Value], cell: str) -> bool:
    try:
        read(cell)
    except ValueError:
        return True
    return False


def _sentence(about: About, target: str, header: str, cells: tuple[str, ...]) -> str:
    few = ", ".join(map(values.quoted, cells[:_MOST_TOLD])) + ("…" if cells[_MOST_TOLD:] else "")
    if about is About.WORDS:
        told = _("Column {header}: unknown are {cells}.")
    elif about is About.PEOPLE:
        told = _("Column {header}: none of our people so far are {cells}.")
    elif target == STANDING:
        told = _(
            "Column {header}: they do not say whether an account is a customer, and are kept as they are: {cells}."
        )
    elif target in OF_CONSENT:
        told = _("Column {header}: neither yes nor no, and kept as they are: {cells}.")
    elif target == OUTCOME:
        told = _("Column {header}: neither won nor lost, and read as open: {cells}.")
    else:
        told = _("Column {header}: neither yes nor no, and read as no: {cells}.")
    return told.format(header=header, cells=few)
