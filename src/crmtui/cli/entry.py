"""What was typed for fields, as values: names become keys, amounts minor units, `+2w` a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.cli.fields import asked, option_of
from crmtui.domain import money, values
from crmtui.domain.fields import Kind, Record, Spec, specs
from crmtui.domain.nouns import BY_TABLE
from crmtui.errors import CrmtuiError, InvalidError, UsageError
from crmtui.queries import records, workspace
from crmtui.text import _, key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from crmtui.cli.desk import Desk

CURRENCY: Final = "currency"
UNKNOWN: Final = "?"  # nobody has judged it, which is not the lowest grade


def typed_values(
    desk: Desk,
    kind: type[Record],
    typed: Mapping[str, str | bool],
    *,
    cleared: Sequence[str] = (),
    current: Record | None = None,
) -> dict[str, Any]:
    """The values of the fields that were typed or cleared; an empty text clears as well.

    Args:
        desk: the workspace in which names are looked up, and the day from which `+2w` counts.
        kind: whose fields.
        typed: by field.
        cleared: fields to empty, named like their options.
        current: the record as it is, when one is changed.

    Raises:
        InvalidError: names each option that is wrong.
        UsageError: a field to clear is none, or is set as well.
    """
    known = specs(kind)
    purse = _Purse(desk.path, kind, typed, current)
    found: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name, raw in {**typed, **dict.fromkeys(_to_clear(kind, cleared, typed), "")}.items():
        try:
            found[name] = _value(desk, known[name], raw, purse)
        except (ValueError, CrmtuiError) as error:
            wrong[option_of(name)] = str(error)
    if wrong:
        raise InvalidError(wrong)
    return found | purse.currency_field(found)


def link_key(path: Path, table: str, typed: str) -> int | None:
    """The key of the record of a table that answers to what was typed; None for an empty text."""
    return records.find(path, BY_TABLE[table], typed) if typed.strip() else None


class _Purse:
    """The one currency of a record's amounts: named by an option, by an amount, or as it was.

    An amount may name a currency; all amounts of a record are in one, so that two that differ are refused.
    """

    def __init__(self, path: Path, kind: type[Record], typed: Mapping[str, str | bool], current: Record | None) -> None:
        self.path, self.kind, self.typed, self.current = path, kind, typed, current
        self.named = ""
        self.was = str(getattr(current, CURRENCY, "") or "")

    def minor(self, raw: str) -> int | None:
        """An amount in minor units."""
        if not raw.strip():
            return None
        amount = money.parse_money(raw, self.named or self._usual())
        if self.named and amount.currency != self.named:
            raise ValueError(
                _("{amount} is not in {currency}, in which the other amounts are").format(
                    amount=values.quoted(raw), currency=self.named
                )
            )
        self.named = amount.currency
        return amount.minor

    def currency_field(self, found: Mapping[str, Any]) -> dict[str, Any]:
        """The record's currency, where the amounts gave it one; what stays must not change its meaning."""
        if not self.named or CURRENCY in found or CURRENCY not in specs(self.kind):
            return {}
        staying = [
            option_of(name)
            for name, spec in specs(self.kind).items()
            if spec.kind is Kind.MONEY and name not in found and getattr(self.current, name, None) is not None
        ]
        if staying and self.was and self.named != self.was:
            raise InvalidError({
                option: _("is in {currency}; give it in {other} as well").format(currency=self.was, other=self.named)
                for option in staying
            })  # fmt: skip
        return {CURRENCY: self.named}

    def _usual(self) -> str:
        asked_for = str(self.typed.get(CURRENCY) or "")
        if asked_for:
            self.named = money.parse_currency(asked_for)
        return self.named or self.was or workspace.settings(self.path).base_currency or "EUR"


def _value(desk: Desk, spec: Spec, raw: str | bool, purse: _Purse) -> Any:  # noqa: ANN401 - a value of any kind
    if isinstance(raw, bool):
        return raw
    if spec.kind is Kind.SCALE and raw.strip() == UNKNOWN:
        return values.check(spec, None)
    if spec.kind is Kind.LINK:
        return values.check(spec, link_key(desk.path, spec.link, raw))
    if spec.kind is Kind.MONEY:
        return values.check(spec, purse.minor(raw))
    if spec.kind is Kind.CURRENCY and raw.strip():
        return money.parse_currency(raw)
    return values.parse(spec, raw, today=desk.today)


def _to_clear(kind: type[Record], cleared: Sequence[str], typed: Mapping[str, str | bool]) -> list[str]:
    by_option = {key(option_of(name)): name for name in asked(kind)}
    found = []
    for word in cleared:
        name = by_option.get(key(word))
        if name is None:
            names = ", ".join(option_of(field)[2:] for field in asked(kind))
            raise UsageError(_("--clear {name}: there is no such field; there are {names}.").format(
                name=word[:80], names=names
            ))  # fmt: skip
        if name in typed:
            raise UsageError(_("{option} is both set and cleared.").format(option=option_of(name)))
        found.append(name)
    return found
