"""The briefing before a meeting: who is there, what they want, what was promised, what is open."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from crmtui.commands import records
from crmtui.domain.accounts import Account
from crmtui.domain.delivery import CustomerRequest, Promise
from crmtui.domain.dmu import DmuMap, Stakeholder
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Person
from crmtui.domain.plans import Channel, Contact, ContactPerson
from crmtui.domain.words import ContactStatus, Role, Source
from crmtui.exchange.report import markdown
from crmtui.exchange.report.document import chosen
from crmtui.queries import records as queries
from crmtui.queries.briefing import briefing

if TYPE_CHECKING:
    from pathlib import Path

    from crmtui.domain.fields import Record

TODAY = dt.date(2026, 3, 12)


def add(path: Path, kind: type[Record], /, **given: Any) -> int:
    return records.add(path, kind, given, Source.CLI)


def told(path: Path, account: int) -> str:
    return markdown.write(chosen(briefing(path, account, TODAY))).replace("\\", "")


def test_an_account_of_which_nothing_is_known_says_so(workspace: Path) -> None:
    text = told(workspace, add(workspace, Account, name="Aurora"))
    for sentence in ("No contact is planned.", "No promise is open.", "Nothing has happened here yet."):
        assert sentence in text


def test_who_is_in_the_room_and_what_is_open(workspace: Path) -> None:
    account = add(workspace, Account, name="Aurora", needs="fewer stops")
    bianchi, conti = (add(workspace, Person, name=name, account_id=account) for name in ("Bianchi", "Conti"))
    the_map = add(workspace, DmuMap, account_id=account)
    add(
        workspace,
        Stakeholder,
        map_id=the_map,
        person_id=bianchi,
        roles=(Role.DECIDER,),
        power=4,
        attitude=-1,
        criteria="downtime\nprice",
        win="a quiet line",
    )
    channel = queries.every(workspace, Channel)[0].id
    done = add(
        workspace,
        Contact,
        account_id=account,
        day=TODAY - dt.timedelta(days=9),
        channel_id=channel,
        status=ContactStatus.DONE,
        done_at=dt.datetime(2026, 3, 3, tzinfo=dt.UTC),
        outcome="wants a date",
    )
    coming = add(
        workspace, Contact, account_id=account, day=TODAY + dt.timedelta(days=2), channel_id=channel, message="pilot"
    )
    for contact, person in ((done, conti), (coming, bianchi), (coming, conti)):
        add(workspace, ContactPerson, contact_id=contact, person_id=person)
    add(workspace, Promise, account_id=account, name="spare parts in a week", due_on=TODAY - dt.timedelta(days=1))
    add(workspace, CustomerRequest, account_id=account, name="a drawing", received_on=TODAY)
    text = told(workspace, account)
    for part in (
        "- **Message**: pilot",
        "**Bianchi**",
        "decider",
        "- **Attitude**: critic",
        "- **Decides by**: downtime; price",
        "- **Personal win**: a quiet line",
        "Conti: not on the map",
        "spare parts in a week · due 11 Mar 2026 · 1 d late",
        "Request of 12 Mar 2026: a drawing",
        "wants a date",
        "fewer stops",
    ):
        assert part in text, part


def test_a_meeting_about_an_opportunity_is_told_by_its_map(workspace: Path) -> None:
    account = add(workspace, Account, name="Aurora")
    deal = add(workspace, Opportunity, name="Line 4", account_id=account)
    bianchi, conti = (add(workspace, Person, name=name, account_id=account) for name in ("Bianchi", "Conti"))
    whole, of_deal = add(workspace, DmuMap, account_id=account), add(workspace, DmuMap, opportunity_id=deal)
    add(workspace, Stakeholder, map_id=whole, person_id=bianchi, attitude=-1)
    add(workspace, Stakeholder, map_id=whole, person_id=conti, attitude=-2)
    add(workspace, Stakeholder, map_id=of_deal, person_id=bianchi, attitude=2)
    channel = queries.every(workspace, Channel)[0].id
    meeting = add(workspace, Contact, account_id=account, opportunity_id=deal, day=TODAY, channel_id=channel)
    for person in (bianchi, conti):
        add(workspace, ContactPerson, contact_id=meeting, person_id=person)
    text = told(workspace, account)
    assert "- **Attitude**: advocate" in text.partition("**Bianchi**")[2].partition("**Conti**")[0]
    assert "- **Attitude**: opponent" in text.partition("**Conti**")[2]  # whom only the map of the account knows


def test_nothing_of_it_is_for_the_customer(filled: Path) -> None:
    for account in queries.every(filled, Account):
        assert chosen(briefing(filled, account.id, TODAY), for_customer=True).sections == ()
