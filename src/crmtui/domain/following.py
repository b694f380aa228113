"""Days and figures of one record that follow each other: an end not before its beginning, a most not below its least.

Which do is said once, by `Noun.follows`; forms, commands and imports refuse what is out of order by what is here. Days
of what has happened, by `Noun.facts`, do not follow today: forms and commands refuse those that do.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from crmtui.domain import values
from crmtui.domain.fields import Kind, specs
from crmtui.text import N_, _, quoted

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from crmtui.domain.fields import Record

_DAY = N_("{value} lies before {first}, {other}: change one of the two")
_YET = N_("{value} is still to come, and this tells what has happened")
_FIGURE = N_("{value} is less than {first}, {other}: change one of the two")


def out_of_order(kind: type[Record], after: Mapping[str, Any], changed: Container[str]) -> dict[str, str]:
    """What is less than what it has to follow, a sentence by the label of its field; empty where all is in order.

    Args:
        kind: what the record is.
        after: its values as they would be; where one of two is empty there is nothing to follow.
        changed: the fields that are new or other than they were. What was out of order before is let be until one of
            the two changes, so that the rest of an old record can still be mended.
    """
    found: dict[str, str] = {}
    for first, later, _is_walled in kind.noun.follows:
        one, other = after.get(first), after.get(later)
        if one is not None and other is not None and other < one and (first in changed or later in changed):
            found.setdefault(_(specs(kind)[later].label), _why(kind, first, one, other))
    return found


def yet_to_come(
    kind: type[Record], after: Mapping[str, Any], changed: Container[str], today: dt.date
) -> dict[str, str]:
    """Days after today of what has happened, likewise; what was written down before is let be until it changes."""
    return {
        _(specs(kind)[name].label): _(_YET).format(value=values.shown(specs(kind)[name], day))
        for name in kind.noun.facts
        if name in changed and isinstance(day := after.get(name), dt.date) and day > today
    }


def _why(kind: type[Record], first: str, one: Any, other: Any) -> str:  # noqa: ANN401 - values of any kind
    spec = specs(kind)[first]
    sentence = _DAY if spec.kind is Kind.DATE else _FIGURE
    told = {"value": values.shown(spec, other), "other": values.shown(spec, one)}
    return _(sentence).format(first=quoted(_(spec.label)), **told)
