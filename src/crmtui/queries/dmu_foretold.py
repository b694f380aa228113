"""What the figures of a map would be, before a judgement or a contact is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from crmtui.method import what_if

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from crmtui.method.dmu import Figures
    from crmtui.queries.dmu import DmuPage

# The fields of a stakeholder that figures take, by what the method calls them.
_TAKEN: Final = {
    "attitude": "attitude",
    "power": "power",
    "relationship": "relationship",
    "roles": "roles",
    "veto": "has_veto",
    "openness": "openness",
    "reports_to_id": "reports_to",
}
_NEVER_EMPTY: Final = frozenset({"openness", "veto"})


def edited(page: DmuPage, key: int, values: Mapping[str, Any]) -> Figures:
    """The figures once some fields of a stakeholder are as given; fields that they do not take change nothing."""
    fields = {
        _TAKEN[name]: value
        for name, value in values.items()
        if name in _TAKEN and not (value is None and name in _NEVER_EMPTY)
    }
    if "person_id" in values:
        fields["is_named"] = values["person_id"] is not None
    return what_if.changed(page.figures, {key: fields}) if fields else page.figures


def met(page: DmuPage, persons: Iterable[int], channel_id: int | None, day: dt.date | None, today: dt.date) -> Figures:
    """The figures once a contact with some persons has happened; one of a day to come as if it were today.

    Persons who are not on the map, and a contact without a channel, change nothing.
    """
    quality = next((one.quality for one in page.channels if one.key == channel_id), None)
    if quality is None:
        return page.figures
    wanted = set(persons)
    keys = [sheet.key for sheet in page.sheets if sheet.person and sheet.person.id in wanted]
    days = max(0, (today - day).days) if day else 0
    return what_if.met(page.figures, keys, quality, days)
