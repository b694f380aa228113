"""The page of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from crmtui.commands import contacts, people as commands, records
from crmtui.commands.people import Said
from crmtui.domain.accounts import Account
from crmtui.domain.bringing import CustomValue
from crmtui.domain.dmu import DmuMap, Stakeholder
from crmtui.domain.people import Consent, Person
from crmtui.domain.words import ConsentState, SocialStyle, Source
from crmtui.queries import records as queries
from crmtui.tui.screens.account import AccountPage
from crmtui.tui.screens.dmu import DmuPage
from crmtui.tui.screens.form import FormScreen
from crmtui.tui.screens.person import PersonPage
from crmtui.tui.widgets.person_card import PersonCard
from deals import TODAY, TUI
from hostile import STRINGS, has_control
from tui.bench import NARROW, WIDE, Workbench, enter, text_of, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

CALL = 3


@pytest.fixture
def laura(workspace: Path) -> int:
    account = records.add(workspace, Account, {"name": "Aurora Spa"}, TUI)
    given = {"name": "Laura Bianchi", "account_id": account, "social_style": SocialStyle.DRIVING, "notes": "Likes tea."}
    person = commands.add(workspace, {**given, "phones": "555 0204 mobile"}, TUI)
    own = records.add(workspace, DmuMap, {"account_id": account}, TUI)
    records.add(
        workspace, Stakeholder, {"map_id": own, "person_id": person, "attitude": -1, "roles": ("decider",)}, TUI
    )
    return person


async def opened(pilot: Pilot[int], person: int) -> PersonPage:
    app = pilot.app
    assert isinstance(app, Workbench)
    await enter(pilot, "accounts")
    app.open_record("person", person)
    await until(pilot, lambda: isinstance(app.screen, PersonPage) and app.screen.page and app.screen.focused)
    screen = app.screen
    assert isinstance(screen, PersonPage)
    return screen


async def go(pilot: Pilot[int], screen: PersonPage, label: str) -> PersonCard:
    """Put the cursor on a line."""
    card = screen.query_one(PersonCard)
    await pilot.press("g")
    while card.current is not None and card.current.label != label:
        await pilot.press("j")
    return card


async def form(pilot: Pilot[int]) -> FormScreen[Any]:
    await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen) and pilot.app.screen.focused)
    screen = pilot.app.screen
    assert isinstance(screen, FormScreen)
    return screen


async def test_the_page_tells_how_to_speak_to_the_person_and_where_they_decide(workspace: Path, laura: int) -> None:
    async with Workbench(workspace).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, laura)
        await until(pilot, lambda: "Laura Bianchi · Aurora Spa" in text_of(screen))
        assert "be brief, show results and options" in text_of(screen)
        assert "555 0204  mobile" in text_of(screen)
        assert "decider · power ? · attitude − critic" in text_of(screen)  # noqa: RUF001 - the sign of the language


async def test_lines_lead_to_the_account_and_to_the_map(workspace: Path, laura: int) -> None:
    async with Workbench(workspace).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, laura)
        await go(pilot, screen, "Account")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, AccountPage))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        await go(pilot, screen, "Aurora Spa")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, DmuPage))


async def test_what_was_said_about_a_channel_is_written_down_and_taken_back(workspace: Path, laura: int) -> None:
    async with Workbench(workspace).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, laura)
        await go(pilot, screen, "Call")
        await pilot.press("a")
        asked = await form(pilot)
        await until(pilot, lambda: "Call" in asked.form.typed["channel_id"])
        asked.form.put({"state": "refused", "source": "on the phone"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "refused  Thu 12 Mar 2026 · on the phone" in text_of(screen))
        (consent,) = queries.belonging(workspace, Consent, "person_id", laura)
        assert (consent.channel_id, consent.state) == (CALL, ConsentState.REFUSED)
        await pilot.press("d")
        await until(pilot, lambda: not queries.belonging(workspace, Consent, "person_id", laura))
        assert "delete" not in {
            binding.binding.action for binding in screen.active_bindings.values() if binding.enabled
        }


async def test_a_consent_is_never_in_doubt_twice(workspace: Path, laura: int) -> None:
    commands.set_consent(workspace, laura, Said(CALL, ConsentState.GRANTED, TODAY), Source.CLI)
    async with Workbench(workspace).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, laura)
        await go(pilot, screen, "Call")
        await pilot.press("a")
        asked = await form(pilot)
        assert asked.form.typed["state"] == "granted"
        asked.form.put({"state": "refused"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert [one.state for one in queries.belonging(workspace, Consent, "person_id", laura)] == ["refused"]


async def test_the_form_begins_at_the_line_also_for_addresses(workspace: Path, laura: int) -> None:
    async with Workbench(workspace).run_test(size=NARROW) as pilot:
        screen = await opened(pilot, laura)
        await go(pilot, screen, "Telephone")
        await pilot.press("e")
        asked = await form(pilot)
        await until(pilot, lambda: asked.focused is not None and asked.focused.id == "phones")
        asked.form.put({"phones": "555 0204 home\n556"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "555 0204  home" in text_of(screen))


async def test_a_contact_begins_with_the_person_and_the_account(workspace: Path, laura: int) -> None:
    async with Workbench(workspace).run_test(size=WIDE) as pilot:
        await opened(pilot, laura)
        await pilot.press("c")
        asked = await form(pilot)
        await until(pilot, lambda: "Laura Bianchi" in asked.form.typed["persons"])
        await until(pilot, lambda: "Aurora Spa" in asked.form.typed["account_id"])


async def test_notes_are_changed_in_the_user_s_own_editor(
    workspace: Path, laura: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crmtui.tui.editor.edited", lambda _app, before: before + "\nAnd coffee.")
    async with Workbench(workspace).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, laura)
        await go(pilot, screen, "Notes")
        await pilot.press("E")
        await until(pilot, lambda: queries.get(workspace, Person, laura).notes == "Likes tea.\nAnd coffee.")


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_hostile_texts_are_only_texts(workspace: Path, laura: int, size: tuple[int, int]) -> None:
    text = "\n".join(STRINGS.values())[:150_000]
    fields = dict.fromkeys(("name", "title", "department", "city"), STRINGS["markup_action"])
    commands.edit(workspace, laura, {**fields, "notes": text, "phones": STRINGS["markup_closing"]}, TUI)
    async with Workbench(workspace).run_test(size=size) as pilot:
        screen = await opened(pilot, laura)
        for press in ("G", "g", "pagedown", "pagedown", "pagedown", "right", "left"):
            await pilot.press(press)
            assert not has_control(text_of(screen))
        assert "[@click=app.quit]x[/]" in text_of(screen)


async def test_what_is_planned_and_not_wanted_any_more_is_said(workspace: Path, laura: int) -> None:
    contacts.plan_contact(workspace, {"channel_id": CALL, "day": TODAY}, [laura], Source.CLI)
    async with Workbench(workspace).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, laura)
        await go(pilot, screen, "Call")
        await pilot.press("a")
        asked = await form(pilot)
        await until(pilot, lambda: "Call" in asked.form.typed["channel_id"])
        asked.form.put({"state": "refused"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: pilot.app.screen is screen)
        await until(pilot, lambda: any("not wanted any more" in note.message for note in pilot.app._notifications))


async def test_what_came_with_a_file_is_at_the_end_and_can_be_taken_away(workspace: Path, laura: int) -> None:
    for name, value in (("Lead Source", "Web"), ("Asst. Phone", STRINGS["markup_action"])):
        records.add(
            workspace, CustomValue, {"person_id": laura, "name": name, "value": value, "source": "HubSpot"}, TUI
        )
    async with Workbench(workspace).run_test(size=WIDE) as pilot:
        screen = await opened(pilot, laura)
        card = await go(pilot, screen, "Asst. Phone")
        assert STRINGS["markup_action"] in text_of(screen)
        assert "HubSpot" in text_of(screen)
        await pilot.press("d")
        await until(pilot, lambda: all(fact.label != "Asst. Phone" for fact in card.facts))
        assert [fact.label for fact in card.facts][-1] == "Lead Source"
        await pilot.press("u")
        await until(pilot, lambda: [fact.label for fact in card.facts][-1] == "Asst. Phone")
