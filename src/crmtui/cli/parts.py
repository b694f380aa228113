"""Options for what belongs to a record: an account's tags and competitors, an order's lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from crmtui.cli.build import option
from crmtui.cli.entry import UNKNOWN, link_key
from crmtui.cli.listing import whole
from crmtui.commands.together import Part
from crmtui.domain import money, values
from crmtui.domain.accounts import CompetitorPosition, Tag
from crmtui.domain.delivery import Competence, ProjectPerson
from crmtui.domain.fields import Record, specs
from crmtui.domain.offerings import OrderLine
from crmtui.errors import CrmtuiError, InvalidError, NotFoundError
from crmtui.queries import records, workspace
from crmtui.text import N_, _, key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from typer.core import TyperOption

    from crmtui.cli.desk import Desk

Given = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """An option that gives a record a part, and one that takes it away.

    Attributes:
        on: the option that adds, or changes what is there already.
        off: the option that takes away.
        kind: what the part is.
        link: its field that leads to the whole.
        shown: what the help calls the value that is added, untranslated.
        known: what it calls the value that is taken away, untranslated.
        help: one sentence, untranslated.
        read: the fields of the part from what was typed.
        same: the fields by which a part is recognised; none for one that is always new.
    """

    on: str
    off: str
    kind: type[Record]
    link: str
    shown: str
    known: str
    help: str
    read: Callable[[Desk, str, Sequence[Record]], Given]
    same: tuple[str, ...]


def _tag(_desk: Desk, typed: str, _there: Sequence[Record]) -> Given:
    return {"name": typed}


def _position(desk: Desk, typed: str, _there: Sequence[Record]) -> Given:
    name, equals, closeness = typed.partition("=")
    given: Given = {"competitor_id": link_key(desk.path, "competitor", name), "judged_on": desk.today}
    return given | {"closeness": values.parse(specs(CompetitorPosition)["closeness"], closeness)} if equals else given


def _line(desk: Desk, typed: str, there: Sequence[Record]) -> Given:
    """`OFFERING; QUANTITY; PRICE; MARGIN`, of which the last three may be left out."""
    name, quantity, price, margin = [part.strip() for part in (*typed.split(";"), "", "", "")[:4]]
    currency = workspace.settings(desk.path).base_currency or "EUR"
    found: Given = {
        "offering_id": link_key(desk.path, "offering", name),
        "position": max((getattr(each, "position", 0) for each in there), default=0) + 1,
    }
    if quantity:
        found["quantity"] = values.parse(specs(OrderLine)["quantity"], quantity)
    for field, amount in (("unit_price", price), ("margin", margin)):
        if amount:
            found[field] = money.parse_money(amount, currency).minor
    return found


def _involved(desk: Desk, typed: str, _there: Sequence[Record]) -> Given:
    name, equals, part = typed.partition("=")
    return {"person_id": link_key(desk.path, "person", name)} | ({"part": part} if equals else {})


def _competence(desk: Desk, typed: str, _there: Sequence[Record]) -> Given:
    """`NAME=GRADE;WHO`, of which the last two may be left out."""
    name, equals, rest = typed.partition("=")
    grade, semicolon, who = rest.partition(";")
    found: Given = {"name": name.strip()}
    if equals:
        found["grade"] = values.parse(specs(Competence)["grade"], "" if grade.strip() == UNKNOWN else grade)
    return found | ({"actor_id": link_key(desk.path, "actor", who)} if semicolon else {})


PARTS: Final[Mapping[str, tuple[Parts, ...]]] = {
    "account": (
        Parts(
            on="--tag",
            off="--untag",
            kind=Tag,
            link="account_id",
            shown=N_("WORD"),
            known=N_("WORD"),
            help=N_("Hang a tag on it."),
            read=_tag,
            same=("name",),
        ),
        Parts(
            on="--competitor",
            off="--no-competitor",
            kind=CompetitorPosition,
            link="account_id",
            shown=N_("NAME[=GRADE]"),
            known=N_("NAME"),
            help=N_("A competitor there, and how close it is: 0 to 4."),
            read=_position,
            same=("competitor_id",),
        ),
    ),
    "sales_order": (
        Parts(
            on="--line",
            off="--no-line",
            kind=OrderLine,
            link="order_id",
            shown=N_("OFFERING;QUANTITY;PRICE;MARGIN"),
            known=N_("NUMBER"),
            help=N_("A line; the last three may be left out. It is taken away by its number."),
            read=_line,
            same=("position",),
        ),
    ),
    "project": (
        Parts(
            on="--with",
            off="--without",
            kind=ProjectPerson,
            link="project_id",
            shown=N_("NAME[=PART]"),
            known=N_("NAME"),
            help=N_("One of the customer's people who is involved, and what the person does in it."),
            read=_involved,
            same=("person_id",),
        ),
        Parts(
            on="--competence",
            off="--no-competence",
            kind=Competence,
            link="project_id",
            shown=N_("NAME[=GRADE[;WHO]]"),
            known=N_("NAME"),
            help=N_("Something we must be able to do for it, how far we have it (0 to 4), and who of ours can."),
            read=_competence,
            same=("name",),
        ),
    ),
}


def options(kind: type[Record], *, editing: bool) -> list[TyperOption]:
    """The options of a record's parts; those that take away only where something can be there."""
    found = []
    for parts in PARTS.get(kind.noun.table, ()):
        found.append(option(parts.on, _(parts.shown), _(parts.help), into=_name(parts.on), many=True))
        if editing:
            found.append(option(parts.off, _(parts.known), _("Take it away again."), into=_name(parts.off), many=True))
    return found


def written(
    desk: Desk, kind: type[Record], record_id: int | None, typed: Mapping[str, Sequence[str]]
) -> tuple[Part, ...]:
    """The parts to write and to take away.

    Raises:
        InvalidError: names each option that is wrong.
    """
    found: list[Part] = []
    wrong: dict[str, str] = {}
    for parts in PARTS.get(kind.noun.table, ()):
        there = [] if record_id is None else records.belonging(desk.path, parts.kind, parts.link, record_id)
        for name, read in ((parts.on, _added), (parts.off, _dropped)):
            for word in typed.get(_name(name), ()):
                try:
                    found.append(read(desk, parts, word, there))
                except (ValueError, CrmtuiError) as error:
                    wrong[name] = str(error)
    if wrong:
        raise InvalidError(wrong)
    return tuple(found)


def _added(desk: Desk, parts: Parts, typed: str, there: list[Record]) -> Part:
    """A part that is there already, here or earlier on the same command line, is changed."""
    fields = parts.read(desk, typed, there)
    found = _same(parts, fields, there)
    part = Part(parts.kind, parts.link, fields, found.id if found else None)
    if not found:
        there.append(parts.kind(**fields))
    return part


def _dropped(desk: Desk, parts: Parts, typed: str, there: list[Record]) -> Part:
    is_numbered = parts.same == ("position",)
    fields = {"position": whole(typed, parts.off)} if is_numbered else parts.read(desk, typed, there)
    found = _same(parts, fields, there)
    if found is None or not found.id:
        raise NotFoundError(_("{typed} is not there").format(typed=values.quoted(typed)))
    return Part(parts.kind, parts.link, {}, found.id, is_dropped=True)


def _same(parts: Parts, fields: Given, there: Sequence[Record]) -> Record | None:
    for record in there:
        if all(_alike(getattr(record, name), fields.get(name)) for name in parts.same):
            return record
    return None


def _alike(one: object, other: object) -> bool:
    """Words are the same without regard to case and accents."""
    if isinstance(one, str) and isinstance(other, str):
        return one == other or (bool(key(one)) and key(one) == key(other))
    return one == other


def _name(name: str) -> str:
    return "parts_" + name.strip("-").replace("-", "_")
