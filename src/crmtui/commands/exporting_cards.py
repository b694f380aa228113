"""People and accounts as business cards; judgements on people, and notes, stay here unless they are asked for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from crmtui.domain.accounts import Account
from crmtui.domain.dmu import Stakeholder
from crmtui.domain.fields import specs
from crmtui.domain.people import Person
from crmtui.domain.scales import ATTITUDE, POWER, RELATIONSHIP
from crmtui.domain.words import EmailKind, PhoneKind, Role
from crmtui.errors import UsageError
from crmtui.exchange.cards.cells import STYLE, UID
from crmtui.exchange.cards.writing import VERSIONS, CardOf, Way, card_text
from crmtui.exchange.portable import portable_columns
from crmtui.store.reading import flat, people
from crmtui.store.reading.card_revisions import card_revisions
from crmtui.store.reading.revisions import external_ids
from crmtui.text import _, key, line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

    from crmtui.commands.exporting_scope import Scope
    from crmtui.domain.fields import Record, Word
    from crmtui.store.reading.people import Stake

KINDS: Final = ("people", "accounts")
SOURCE: Final = key(UID)
_PAGE: Final = 1_000
_SCALES: Final = (("power", POWER), ("attitude", ATTITUDE), ("relationship", RELATIONSHIP))


@dataclass(frozen=True, slots=True)
class CardOptions:
    """How cards are written.

    Attributes:
        version: of vCard, 3.0 or 4.0.
        judgements: whether what we think of people goes with them, and the notes, which say it in free words.
    """

    version: str = VERSIONS[0]
    judgements: bool = False


def cards(connection: sqlite3.Connection, scope: Scope, options: CardOptions) -> Iterator[tuple[str, str]]:
    """The cards of a kind as texts, each with the identity of its record: by name, or as they were chosen.

    Raises:
        UsageError: a kind that has no cards, or a version that is not written.
    """
    if scope.kind not in KINDS:
        raise UsageError(_("cards are of {kinds}").format(kinds=", ".join(KINDS)))
    if options.version not in VERSIONS:
        raise UsageError(_("vCards are written in the versions {versions}").format(versions=", ".join(VERSIONS)))
    record = Person if scope.kind == "people" else Account
    make = _people if scope.kind == "people" else _accounts
    by_name = connection.execute(f"SELECT id FROM {record.noun.table} ORDER BY name_key, id")
    keys = [key for (key,) in by_name] if scope.chosen is None else scope.chosen
    for start in range(0, len(keys), _PAGE):
        page = keys[start : start + _PAGE]
        for uid, card in make(connection, _Page(connection, record, page, options), options):
            yield uid, card_text(card, options.version)


class _Page:
    """Some records as rows by their columns, with their identities outside and the last changes of their cards."""

    def __init__(
        self, connection: sqlite3.Connection, kind: type[Record], keys: Sequence[int], options: CardOptions
    ) -> None:
        self.keys, self._has_notes = keys, options.judgements
        columns = [column.name for column in portable_columns(kind)]
        found = flat.rows(connection, kind, keys)
        self.rows: dict[int, dict[str, Any]] = {
            record_id: dict(zip(columns, found[record_id], strict=True)) for record_id in keys if record_id in found
        }
        self._external = external_ids(connection, kind.noun.table, SOURCE, keys)
        self._revisions = card_revisions(connection, kind.noun.table, keys, judgements=options.judgements)

    def card(self, record_id: int) -> CardOf:
        """What every card has."""
        row = self.rows[record_id]
        return CardOf(
            uid=self._external.get(record_id, row["uid"]),
            name=row["name"],
            notes=row["notes"] if self._has_notes else "",
            changed_at=self._revisions[record_id].at,
        )


def _people(connection: sqlite3.Connection, page: _Page, options: CardOptions) -> Iterator[tuple[str, CardOf]]:
    emails = _ways(connection, "person_email", "address", EmailKind, page.keys)
    phones = _ways(connection, "person_phone", "number", PhoneKind, page.keys)
    stakes = people.stakes_of(connection, page.keys) if options.judgements else {}
    for record_id, row in page.rows.items():
        yield (
            row["uid"],
            replace(
                page.card(record_id),
                given=row["given_name"],
                family=row["family_name"],
                prefix=row["honorific"],
                company=row["account"] or "",
                department=row["department"],
                title=row["title"],
                manager=row["reports_to"] or "",
                language=row["language"],
                address=("", row["city"], "", "", row["country"]),
                emails=emails.get(record_id, ()),
                phones=phones.get(record_id, ()),
                style=_style(row) if options.judgements else {},
                stakes=[_stake(stake) for stake in stakes.get(record_id, ())],
            ),
        )


def _accounts(_connection: sqlite3.Connection, page: _Page, _options: CardOptions) -> Iterator[tuple[str, CardOf]]:
    for record_id, row in page.rows.items():
        email, phone = row["email"], row["phone"]
        yield (
            row["uid"],
            replace(
                page.card(record_id),
                is_company=True,
                company=row["name"],
                website=row["website"],
                address=(row["street"], row["city"], row["region"], row["postcode"], row["country"]),
                emails=[Way(email, EmailKind.WORK)] if email else (),
                phones=[Way(phone, PhoneKind.WORK)] if phone else (),
            ),
        )


def _ways(
    connection: sqlite3.Connection, table: str, field: str, kinds: type[Word], people_ids: Sequence[int]
) -> Mapping[int, list[Way]]:
    """The addresses of each person, the primary ones first."""
    marks = ", ".join(str(int(person_id)) for person_id in people_ids)
    found: dict[int, list[Way]] = {}
    for person_id, value, kind, is_primary in connection.execute(
        f"SELECT person_id, {field}, kind, is_primary FROM {table} WHERE person_id IN ({marks}) "
        "ORDER BY is_primary DESC, id"
    ):
        ways = found.setdefault(person_id, [])
        ways.append(Way(value, kinds[kind.upper()], is_primary=bool(is_primary)))
    return found


def _style(row: Mapping[str, Any]) -> dict[str, str]:
    """The social style with what is known of that judgement; nothing where nobody has judged."""
    return {name: row[name] or "" for name in STYLE.values()} if row["social_style"] else {}


def _stake(stake: Stake) -> str:
    """A place on a map as a sentence: where, which roles, which grades."""
    where = " · ".join(filter(None, (stake.account, stake.opportunity)))
    known = {role.value: _(role.label) for role in Role}
    said = [known.get(role, role) for role in stake.roles.split(",") if role]
    said += [_("veto")] if stake.veto else []
    for name, names in _SCALES:
        if (grade := getattr(stake, name)) is not None:
            said.append(f"{_(specs(Stakeholder)[name].label)} {grade} ({_(names[grade])})")
    return f"{where}: {', '.join(said)}" + (f". {line(stake.win)}" if stake.win else "")
