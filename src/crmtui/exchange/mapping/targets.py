"""What a column may become when it fills no field: kept, a note, a key that links, a refusal, a part of something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.fields import Kind, Record, Spec, specs
from crmtui.domain.identity import ExternalIdentity
from crmtui.domain.nouns import BY_TABLE
from crmtui.domain.workspace import Actor
from crmtui.exchange.mapping.meanings import ASIDE, EXTERNAL, MEANINGS
from crmtui.text import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

LEFT_OUT: Final = ""
KEPT: Final = "custom"  # a custom field of the record, called as the column is
NOTE: Final = "note"  # a note on the record
PLACELESS: Final = frozenset({LEFT_OUT, KEPT, NOTE})

_KEY: Final = "_key"
_ADDRESS: Final = "_address"
_ELSE: Final = "_else"
_KIND: Final = "_kind"
_CURRENCY: Final = "_currency"

# What somebody refuses where a column says yes: the codes of the channels, the narrowest first; none for all of them.
REFUSALS: Final[dict[str, tuple[str, ...]]] = {
    "no_email": ("email",),
    "no_call": ("call",),
    "no_letter": ("letter",),
    "no_mail": ("email", "letter"),
    "no_contact": (),
}
# Columns whose no is a refusal, and which one; a consent is never taken from a file.
CONSENTS: Final = {f"may_{refusal.removeprefix('no_')}": refusal for refusal in REFUSALS}
SYSTEM: Final = "system"  # what kind of user somebody is: those of the system itself are no people; kept too
OF_CONSENT: Final = frozenset({*REFUSALS, *CONSENTS})
SHARED: Final = PLACELESS | OF_CONSENT | {SYSTEM}  # several columns may become these

ENDINGS: Final = ("outcome", "is_won", "is_lost", "is_closed")
DELETED: Final = "deleted"
STANDING: Final = "standing"  # whether an account is a customer: its level, its status, or both
TOLD: Final = frozenset({"contact", "note"})  # nouns that are placed by whom they name, and have no name of their own
ORDERS: Final = "sales_order"  # whose rows are lines, and bring their orders
JOINED: Final = {"middle_name": "given_name", "house_number": "street"}  # what stands behind another column
NAME_PARTS: Final = ("given_name", "family_name")  # of which the name is made where a noun has no fields for them

# What is judged of accounts, by noun and field: a column is taken for it only where header and cells say it surely.
JUDGED: Final = frozenset(
    ("account", name)
    for name in (
        *("level", "level_basis", "level_on", "level_source", "target_level", "target_on", "segment", "posture"),
        *("posture_reason", "potential", "potential_basis", "potential_on", "potential_source"),
    )
)

# What each noun takes beside its fields.
_MORE: Final = {
    "account": ("house_number", "website_else"),
    "actor": (SYSTEM,),
    "person": (*REFUSALS, *CONSENTS, "middle_name"),
    "opportunity": (*ENDINGS, "closed_on_else", "reason_else"),
    "contact": ("people_key", "related_key", "is_task", "is_event", "message_else", "outcome_else", "day_else"),
    "note": ("people_key", "related_key", "day_else"),
}
_LABELS: Final = {
    LEFT_OUT: N_("left out"),
    KEPT: N_("custom field"),
    NOTE: N_("note"),
    EXTERNAL: N_("Key there"),
    "no_email": N_("refuses e-mail"),
    "no_call": N_("refuses calls"),
    "no_letter": N_("refuses letters"),
    "no_mail": N_("refuses e-mail and letters"),
    "no_contact": N_("refuses everything"),
    "may_email": N_("refuses e-mail where it says no"),
    "may_call": N_("refuses calls where it says no"),
    "may_letter": N_("refuses letters where it says no"),
    "may_mail": N_("refuses e-mail and letters where it says no"),
    "may_contact": N_("refuses everything where it says no"),
    "outcome": N_("won, lost or open"),
    "is_won": N_("whether it is won"),
    "is_lost": N_("whether it is lost"),
    "is_closed": N_("whether it is closed"),
    DELETED: N_("whether it is deleted there"),
    STANDING: N_("whether it is a customer"),
    SYSTEM: N_("kind of user, kept too"),
    "hour": N_("time"),
    "ends": N_("end"),
    "done_at": N_("done on"),
    "changed_at": N_("when it was changed there"),
    "channel": N_("kind of contact"),
    "state": N_("whether it is done"),
    "duration": N_("how long"),
    "place": N_("place"),
    "people": N_("interlocutors"),
    "mails": N_("addresses of interlocutors"),
    "related": N_("opportunity or account"),
    "heading": N_("title of the note"),
    "offering": N_("Offering"),
    "amount": N_("Amount"),
    "quantity": N_("Quantity"),
    "unit_price": N_("Unit price"),
    "margin": N_("Margin"),
    "description": N_("Description"),
    "is_task": N_("whether it is a task"),
    "is_event": N_("whether it is an event"),
    "given_name": N_("Given name"),
    "family_name": N_("Family name"),
    "middle_name": N_("middle name"),
    "house_number": N_("house number"),
}
_OF_LINES: Final = {
    "offering": ("offering", "name"),
    "amount": ("order_line", "unit_price"),
    **{name: ("order_line", name) for name in ("quantity", "unit_price", "margin", "description")},
}
_LINE: Final = Spec(kind=Kind.LINE, label="")
_DAY: Final = Spec(kind=Kind.DATE, label="")
_DAYS: Final = frozenset({"day", "ends", "done_at", "changed_at"})  # with a time, in files about activities and notes


def known(table: str) -> tuple[str, ...]:
    """All that a column of a noun's file may become, in the order in which it is offered."""
    kind = BY_TABLE[table]
    fields = [name for name in specs(kind) if name in MEANINGS[table]]
    others = [name for name in MEANINGS[table] if name not in fields and name != EXTERNAL]
    keys = [key_of(name) for name in fields if specs(kind)[name].kind is Kind.LINK]
    kinds = [f"{name}{_KIND}" for name in others if name in ASIDE]
    addresses = [address_of(name) for name in fields if specs(kind)[name].link == Actor.noun.table]
    money = [currency_for(name) for name in fields if specs(kind)[name].kind is Kind.MONEY]
    more = (EXTERNAL, *keys, *addresses, *money, *_MORE.get(table, ()), DELETED, *kinds, KEPT, *_noted(kind), LEFT_OUT)
    return tuple(dict.fromkeys((*fields, *others, *more)))


def _noted(kind: type[Record]) -> Iterator[str]:
    """Whether notes can be written on it."""
    if kind.noun.table in ("account", "person", "opportunity", *TOLD):
        yield NOTE


def key_of(link: str) -> str:
    """The target of a column that links by the key in the other system: `account_key` for `account_id`."""
    return link.removesuffix("_id") + _KEY


def link_of(target: str) -> str:
    """The link that a target fills by key; '' for other targets."""
    return f"{target.removesuffix(_KEY)}_id" if target.endswith(_KEY) else ""


def address_of(link: str) -> str:
    """The target of a column that tells the e-mail address of who of ours is meant: `owner_address` for `owner_id`."""
    return link.removesuffix("_id") + _ADDRESS


def link_by_address(target: str) -> str:
    """The link to one of ours that a target fills by e-mail address; '' for other targets."""
    return f"{target.removesuffix(_ADDRESS)}_id" if target.endswith(_ADDRESS) else ""


def currency_for(money: str) -> str:
    """The target of a column that tells the currency of one amount: `revenue_currency` for `revenue`."""
    return f"{money}{_CURRENCY}"


def amount_of(target: str) -> str:
    """The amount whose currency a column tells; '' for other targets."""
    return target.removesuffix(_CURRENCY) if target.endswith(_CURRENCY) else ""


def beside(target: str) -> str:
    """The target that tells the same of ours in another way: the address for a name, and the name for an address."""
    return link_by_address(target) or address_of(target)


def kind_of(target: str) -> str:
    """The address or number whose kind a column tells; '' for other targets."""
    return target.removesuffix(_KIND) if target.endswith(_KIND) and target.removesuffix(_KIND) in ASIDE else ""


def stands_in_for(target: str) -> str:
    """The field that a column fills where the column of that field is empty; '' for other targets."""
    first, mark, number = target.partition(_ELSE)
    return first if mark and number.strip("_0123456789") == "" else ""


def spec_of(kind: type[Record], target: str) -> Spec:
    """The field whose rules the cells of a column must pass."""
    fields = specs(kind)
    if kind.noun.table in TOLD and (stands_in_for(target) or target) in _DAYS:
        return _DAY
    if target in fields:
        spec = fields[target]
        return specs(BY_TABLE[spec.link])["name"] if spec.kind is Kind.LINK else spec
    if target == EXTERNAL or link_of(target) in fields:
        return specs(ExternalIdentity)["external_id"]
    if elsewhere := _elsewhere(kind, target):
        return specs(BY_TABLE[elsewhere[0]])[elsewhere[1]]
    if stands_in_for(target) in fields:
        return fields[stands_in_for(target)]
    return fields["currency"] if amount_of(target) in fields else _LINE


def _elsewhere(kind: type[Record], target: str) -> tuple[str, str] | None:
    """The table and the field that a target fills beside the record."""
    if kind.noun.table == ORDERS and target in _OF_LINES:
        return _OF_LINES[target]
    if target in ASIDE:
        return ASIDE[target][:2]
    return (Actor.noun.table, "email") if link_by_address(target) in specs(kind) else None


def label(table: str, target: str) -> str:
    """What a column becomes, in the user's language."""
    fields = specs(BY_TABLE[table])
    if target in fields:
        return _(fields[target].label)
    if target in _LABELS:
        return _(_LABELS[target])
    return _address(target) if target in ASIDE else _part(table, target)


def _part(table: str, target: str) -> str:
    """What a column is to another one."""
    fields = specs(BY_TABLE[table])
    if link := link_of(target):
        named = link if link in fields else link.removesuffix("_id")
        return _("{field}, by its key elsewhere").format(field=label(table, named))
    if (link := link_by_address(target)) in fields:
        return _("{field}, by e-mail address").format(field=label(table, link))
    if first := stands_in_for(target):
        return _("{field}, where the other is empty").format(field=label(table, first))
    if amount := amount_of(target):
        return _("currency of {field}").format(field=label(table, amount))
    return _("kind of {field}").format(field=label(table, kind_of(target))) if kind_of(target) else target


def _address(target: str) -> str:
    table, _column, kind = ASIDE[target]
    count = target.rpartition("_")[2]
    shown = _("{address} ({kind})").format(address=_(BY_TABLE[table].noun.one), kind=_(kind.label))
    return f"{shown} {count}" if count.isdigit() else shown
