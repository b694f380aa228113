"""A scenario of the territory in words: what it gives each account, and how that is kept to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.days import dated
from crmtui.queries.allotted_words import hours
from crmtui.queries.equity_words import share
from crmtui.queries.territory_words import SERVED
from crmtui.text import N_, _, line, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crmtui.queries.equity_words import Term
    from crmtui.queries.scenarios import Line, ScenarioPage

    Amount = Callable[[int, str], str]  # how minor units of a currency are written

EMPTY: Final = N_("This scenario gives no account anything.")


def whole(page: ScenarioPage, amount: Amount) -> Iterator[Term]:
    """What holds for all of its accounts."""
    one = page.scenario
    yield (
        _("period"),
        _("{first} to {last}, {share} of it gone").format(
            first=dated(one.starts_on), last=dated(one.ends_on), share=share(page.share)
        ),
    )
    yield (
        _("accepted"),
        _("yes: plans, proposals and Today are measured against it") if one.is_accepted else _("no"),
    )
    given = {"capacity": hours(one.capacity), "hours": hours(page.hours), "trips": hours(page.trips)}
    if page.unit.is_contacts:
        yield _(page.unit.word.label), _("{used} of {capacity}").format(used=hours(page.used), **given)
        yield _("hours"), (_("{hours}, {trips} of them on trips") if page.trips else "{hours}").format(**given)
    else:
        told = _("{hours} of {capacity}, {trips} of them on trips") if page.trips else _("{hours} of {capacity}")
        yield _("hours"), told.format(**given)
    if page.gone:
        yield _("free again"), _free(page)
    if note := beyond(page):
        yield _("note"), note
    done, planned = (sum(getattr(line.service, name) for line in page.lines) for name in ("done", "planned"))
    yield _("spent"), _("{done} h, {planned} h planned").format(done=hours(done), planned=hours(planned))
    unknown = sum(line.gain is None for line in page.there)
    told = _("{amount} when it was saved")
    if unknown:
        told = _("{amount} when it was saved, without those whose hours changed since or whose sales are unknown")
    for currency, minor in page.gains.items():
        yield _("gain"), told.format(amount=amount(minor, currency))
    if unknown:
        yield _("gain unknown"), ngettext("{count} account", "{count} accounts", unknown)


def beyond(page: ScenarioPage) -> str:
    """That it takes more than there is, and what to do; '' where it does not."""
    if not page.is_beyond:
        return ""
    told = _("Its accounts take {used} hours, and there are {capacity}: {remedy}.")
    if page.unit.is_contacts:
        told = _("Its accounts take {used} contacts, and there are {capacity}: {remedy}.")
    elif page.trips:
        told = _("Its accounts and trips take {used} hours, and there are {capacity}: {remedy}.")
    return told.format(
        used=hours(page.used),
        capacity=hours(page.scenario.capacity),
        remedy=_("lower those of some, or raise those that there are"),
    )


def warning(page: ScenarioPage) -> str:
    """The same with its name, where it is changed or accepted."""
    told = beyond(page)
    return f"{line(page.scenario.name)}: {told}" if told else ""


def _free(page: ScenarioPage) -> str:
    """What those would get that were closed or lost since."""
    if page.unit.is_contacts:
        given = sum(one.contacts or 0 for one in page.gone)
        told = ngettext("{count} contact of", "{count} contacts of", given)
    else:
        told = _("{hours} h of").format(hours=hours(sum(one.service.hours for one in page.gone)))
    return ngettext(
        "{given} {count} account that was closed or lost since: not counted, to be given to others",
        "{given} {count} accounts that were closed or lost since: not counted, to be given to others",
        len(page.gone),
        given=told,
    )


def standing(one: Line) -> str:
    """How an account is served; of one that is no longer there, that it is not."""
    if not one.is_gone:
        return _(SERVED[one.service.served])
    return _("lost on {day}").format(day=dated(one.lost_on)) if one.lost_on else _("closed")


def account(one: Line, amount: Amount) -> str:
    """What it gives an account, in a line."""
    today = "?" if one.hours_today is None else hours(one.hours_today)
    gain = "?" if one.gain is None else amount(one.gain, one.currency)
    told = _("{today} → {hours} h, gain {gain} · {done} h spent, {planned} h planned: {served}").format(
        today=today,
        hours=hours(one.service.hours),
        gain=gain,
        done=hours(one.service.done),
        planned=hours(one.service.planned),
        served=_("{closed}: its hours are free for others").format(closed=standing(one))
        if one.is_gone
        else standing(one),
    )
    if one.contacts is None:
        return told
    return ngettext("{count} contact, {hours}", "{count} contacts, {hours}", one.contacts, hours=told)
