"""Whom and what of ours an event or a to-do names: people and our own by their addresses, accounts by name.

Where it names no account, the domain of an address or the title may tell one, which is said.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Final

from crmtui.commands.import_guessing import Guess, Guessing
from crmtui.store.reading.contacts import me
from crmtui.text import key

if TYPE_CHECKING:
    from crmtui.exchange.entries import Entry
    from crmtui.store.unit import UnitOfWork

# How an event is held, where it does not say so in our words: the first channel that one of its words stands for.
_WORDS: Final = (
    ("video", ("teams", "zoom", "webex", "meet.google", "google meet", "hangout", "skype", "video", "online")),
    ("call", ("call", "phone", "telefon", "chiama", "sentire", "tel.")),
    ("event", ("fair", "fiera", "conference", "convegno", "congress", "expo", "webinar")),
)
_USUAL: Final = "meeting"
_SHORTEST_NAME: Final = 3


class Participants:
    """Who and what is in the workspace, as entries of a calendar name it.

    Args:
        unit: the unit of work.
        otherwise: the account of what has none; None to leave it without one.

    Attributes:
        guess: the account of the entry that was looked at last, where it names none by itself.
    """

    def __init__(self, unit: UnitOfWork, otherwise: int | None = None) -> None:
        connection = unit.connection
        self.guess: Guess | None = None
        self._otherwise = otherwise
        self._workspace = unit
        self._people: dict[str, int] = dict(connection.execute("SELECT uid, id FROM person").fetchall())
        mails: dict[str, set[int]] = {}
        for person_id, address in connection.execute("SELECT person_id, address FROM person_email"):
            mails.setdefault(address.lower(), set()).add(person_id)
        # An address that several share says nothing of whom of them was there.
        self._by_mail = {address: next(iter(people)) for address, people in mails.items() if len(people) == 1}
        self._account_of: dict[int, int] = dict(
            connection.execute("SELECT id, account_id FROM person WHERE account_id IS NOT NULL").fetchall()
        )
        self._accounts: dict[str, int] = dict(connection.execute("SELECT uid, id FROM account").fetchall())
        names: dict[str, set[int]] = {}
        for account_id, name_key in connection.execute("SELECT id, name_key FROM account"):
            names.setdefault(name_key, set()).add(account_id)
        self._by_name = {name: next(iter(found)) for name, found in names.items() if name and len(found) == 1}
        self._opportunities: dict[str, int] = dict(connection.execute("SELECT uid, id FROM opportunity").fetchall())
        self._actors: dict[str, int] = {
            address.lower(): actor_id
            for actor_id, address in connection.execute("SELECT id, email FROM actor WHERE email <> ''")
        }
        self._channels: dict[str, int] = dict(connection.execute("SELECT code, id FROM channel").fetchall())
        self._me = me(connection)

    def people(self, entry: Entry) -> list[int]:
        """The people in it, by our own identities or by their addresses."""
        named = [self._people.get(uid) for uid in entry.ours.get("PERSON", ())]
        mailed = [self._by_mail.get(address) for address in entry.mails]
        return list(dict.fromkeys(person for person in (*named, *mailed) if person is not None))

    def account(self, entry: Entry, people: list[int], _opportunity: int | None = None) -> int | None:
        """The account that it says, that most of its people are of, or that it names; else the one that is likely."""
        self.guess = None
        found = self._named(entry, people)
        if found is None and entry.named is None:
            self.guess = self._guessing.of(entry, self._actors, are_known=bool(people))
            found = self.guess.account_id if self.guess else self._otherwise
        return found

    @cached_property
    def _guessing(self) -> Guessing:
        return Guessing(self._workspace)

    def _named(self, entry: Entry, people: list[int]) -> int | None:
        for uid in entry.ours.get("ACCOUNT", ()):
            if uid in self._accounts:
                return self._accounts[uid]
        counted = Counter(self._account_of[person] for person in people if person in self._account_of)
        if counted:
            return counted.most_common(1)[0][0]
        before, colon, _rest = entry.summary.partition(":")
        candidates = (*entry.categories, *([before.strip("[] ")] if colon else []))
        found = (self._by_name.get(key(name)) for name in candidates if len(key(name)) >= _SHORTEST_NAME)
        return next((account for account in found if account is not None), None)

    def opportunity(self, entry: Entry) -> int | None:
        """The opportunity that it says."""
        return next((self._opportunities.get(uid) for uid in entry.ours.get("OPPORTUNITY", ())), None)

    def actor(self, entry: Entry) -> int | None:
        """Who of ours is in it, the organizer first; the user where nobody is."""
        return next((self._actors[address] for address in reversed(entry.mails) if address in self._actors), self._me)

    def unmet(self, _entry: Entry) -> dict[str, str]:
        """What it names and nobody here is called, by the header of its column: of calendars nothing."""
        return {}

    def channel(self, entry: Entry) -> int:
        """How it is held: as it says, or else as its words tell; a meeting where they do not."""
        for code in (*entry.ours.get("CHANNEL", ()), entry.channel):
            if code in self._channels:
                return self._channels[code]
        text = f"{entry.location} {entry.summary}".lower()
        code = next((code for code, words in _WORDS if any(word in text for word in words)), _USUAL)
        return self._channels.get(code) or next(iter(self._channels.values()))
