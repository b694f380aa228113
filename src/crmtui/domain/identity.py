"""Where records came from: the keys they have in other systems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crmtui.domain.fields import Noun, Record, integer, line, record, stamp
from crmtui.text import N_

if TYPE_CHECKING:
    import datetime as dt

MERGED: Final = "merged"  # the source of what records were that are part of another one now: identity, and name
MADE: Final = "made:"  # begins what stands in for the key of a row that has none, so that it does not come twice


@record(
    Noun(
        table="external_identity",
        one=N_("external identity"),
        many=N_("external identities"),
        title="external_id",
        unique=(("source", "kind", "external_id"),),
    )
)
class ExternalIdentity(Record):
    """A record's key elsewhere, so that importing again updates and never doubles.

    It points by table and key, not by foreign key, since it serves every table; a trigger removes it with
    its record.
    """

    source: str = line(N_("Source"), N_("The file or system."), required=True)
    kind: str = line(N_("Table"), required=True)
    external_id: str = line(N_("Key there"), required=True)
    record_id: int = integer(N_("Key here"), required=True)
    number: int | None = integer(
        N_("Number there"), N_("Of the version that came last."), low=0, high=10**15, hidden=True, is_later=True
    )
    changed_at: dt.datetime | None = stamp(
        N_("Changed there"), N_("When the version was that came last."), hidden=True, is_later=True
    )
