"""An account on one page: its record, its figures with their terms, and who and what is there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from crmtui.domain.accounts import Account
from crmtui.domain.fields import specs
from crmtui.queries import postures
from crmtui.store.reading import account_page as rows, accounts, assessments, records, scenarios, timeline as events
from crmtui.store.reading.account_page import Deal, Face, Moment, Rival, Sum
from crmtui.store.reading.brought import Brought, brought
from crmtui.store.reading.connections import reading
from crmtui.store.reading.timeline import Event, EventKind, Subject, kind_of, kinds_of
from crmtui.text import N_

if TYPE_CHECKING:
    from array import array
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from crmtui.domain.relationship import Assessment
    from crmtui.queries.postures import ByHand
    from crmtui.queries.standing import Standing
    from crmtui.queries.whitespace import White
    from crmtui.store.reading.scenarios import Accepted

__all__ = [
    "COMPETITION",
    "PROFILE",
    "AccountPage",
    "Deal",
    "Event",
    "EventKind",
    "Face",
    "Met",
    "Moment",
    "Profile",
    "Rival",
    "Subject",
    "Sum",
    "event_keys",
    "event_rows",
    "kind_of",
    "kinds_of",
    "known_tags",
    "page",
]

# What has to be known to understand an account (method.md, UNDERSTAND); each counts the same.
PROFILE: Final = (
    "industry",
    "segment",
    "employees",
    "revenue",
    "city",
    "country",
    "website",
    "value_chain",
    "operating_habits",
    "organisational_habits",
    "strategic_values",
    "needs",
)
COMPETITION: Final = N_("Competition")
RECENT: Final = dt.timedelta(days=90)
MOST_FACES: Final = 8
MOST_DEALS: Final = 8


@dataclass(frozen=True, slots=True)
class Profile:
    """How much of what has to be known of an account is known.

    Attributes:
        terms: each thing that has to be known, by its untranslated label, and whether it is.
    """

    terms: tuple[tuple[str, bool], ...]

    @property
    def share(self) -> float:
        """What is known of what has to be known, 0 to 1."""
        return sum(is_known for _label, is_known in self.terms) / len(self.terms)

    @property
    def missing(self) -> tuple[str, ...]:
        """The untranslated labels of what is not known."""
        return tuple(label for label, is_known in self.terms if not is_known)


@dataclass(frozen=True, slots=True)
class Met:
    """The stakeholders of the account's own map who had a contact in the last 90 days, and all of them."""

    count: int
    of: int

    @property
    def share(self) -> float | None:
        """0 to 1; None where the map is empty."""
        return self.count / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class AccountPage:
    """All that the preview and the page of an account show, read at one moment.

    Attributes:
        account: the record.
        owner: the name of who of ours answers for it; '' for nobody.
        parent: the organisation it is part of; '' for none.
        tags: its tags.
        sums: what is open and what was won, by currency.
        standing: how we stand with its decision-making unit; None where nobody has begun its own map.
        met: who of its own map was met lately.
        profile: how complete the profile is.
        faces: its people, those with most power first, at most eight.
        deals: its open opportunities, the first to close first, at most eight.
        rivals: the competitors there, the closest first.
        last: the last contact that happened.
        coming: the next one planned.
        counts: how many people, opportunities, plans, open actions and orders belong to it.
        posture: the one that was set by hand, with its reason; None where nobody set any.
        assessment: the newest of the relationship; None where nobody has assessed it.
        brought: what came with files and has no field of its own.
        allotted: what the accepted scenario of the territory gives it; None where none is accepted.
        white: its white space.
    """

    account: Account
    owner: str
    parent: str
    tags: tuple[str, ...]
    sums: tuple[Sum, ...]
    standing: Standing | None
    met: Met
    profile: Profile
    faces: tuple[Face, ...]
    deals: tuple[Deal, ...]
    rivals: tuple[Rival, ...]
    last: Moment | None
    coming: Moment | None
    counts: dict[str, int]
    posture: ByHand | None
    assessment: Assessment | None
    brought: Brought
    allotted: Accepted | None
    white: White

    @property
    def is_level_as_entered(self) -> bool:
        """Whether the level was typed or imported, and is not what was last assessed."""
        found = self.assessment
        return found is None or (found.override_level or found.level) is not self.account.level

    @property
    def is_level_by_hand(self) -> bool:
        """Whether the level that was assessed is an override."""
        return not self.is_level_as_entered and self.assessment is not None and bool(self.assessment.override_level)

    @property
    def open_count(self) -> int:
        """How many opportunities are open."""
        return sum(one.count for one in self.sums if not one.is_won)

    @property
    def pipeline(self) -> tuple[Sum, ...]:
        """What is open, by currency; money is never added across currencies."""
        return tuple(one for one in self.sums if not one.is_won and one.value is not None)

    @property
    def won(self) -> tuple[Sum, ...]:
        """What was won, by currency."""
        return tuple(one for one in self.sums if one.is_won and one.value is not None)


def page(path: Path, account_id: int, today: dt.date) -> AccountPage:
    """An account with what belongs to it; NotFoundError if it is gone."""
    from crmtui.queries import standing, whitespace  # loads the figures of the method, which the list need not wait for

    with reading(path) as connection:
        account = records.get(connection, Account, account_id)
        owner, parent = rows.names(connection, account_id)
        rivals = rows.rivals(connection, account_id)
        last, coming = rows.contacts_around(connection, account_id, today.isoformat())
        return AccountPage(
            account=account,
            owner=owner,
            parent=parent,
            tags=rows.tags(connection, account_id),
            sums=rows.sums(connection, account_id),
            standing=standing.of_accounts(connection, [account_id], today).get(account_id),
            met=Met(*rows.met(connection, account_id, (today - RECENT).isoformat())),
            profile=profile(account, rivals),
            faces=rows.faces(connection, account_id, MOST_FACES),
            deals=rows.deals(connection, account_id, MOST_DEALS),
            rivals=rivals,
            last=last,
            coming=coming,
            counts=rows.counts(connection, account_id),
            posture=postures.by_hand(connection, [account_id]).get(account_id),
            assessment=assessments.latest(connection, [account_id]).get(account_id),
            brought=brought(connection, "account", account_id),
            allotted=scenarios.accepted(connection, account_id, today.isoformat()),
            white=whitespace.white(connection, account_id, today),
        )


def profile(account: Account, rivals: Sequence[Rival]) -> Profile:
    """How much is known of an account."""
    known = specs(Account)
    fields = tuple((known[name].label, getattr(account, name) not in (None, "")) for name in PROFILE)
    return Profile((*fields, (COMPETITION, bool(rivals))))


def known_tags(path: Path, account_ids: Sequence[int]) -> list[tuple[str, int, int]]:
    """All tags in use: (tag, how many accounts have it, how many of the given ones), the most used first."""
    with reading(path) as connection:
        return accounts.known_tags(connection, account_ids)


def event_keys(
    path: Path, subject: Subject, kinds: Collection[EventKind] = (), words: str = "", limit: int = -1
) -> array[int]:
    """The keys of everything that happened with an account or a person, the newest first."""
    with reading(path) as connection:
        return events.keys(connection, subject, kinds, words, limit)


def event_rows(path: Path, keys: Collection[int]) -> dict[int, Event]:
    """The events of some keys."""
    with reading(path) as connection:
        return events.rows(connection, keys)
