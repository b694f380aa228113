from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING

import pytest
from textual.widgets import OptionList, Static

from contact_desk import TODAY, TUI, ContactDesk, begin
from crmtui.commands import records, scorecards
from crmtui.commands.scorecards import Cell
from crmtui.domain.action_plan import PlanAction
from crmtui.domain.dmu import DmuMap, Stakeholder
from crmtui.domain.opportunities import Opportunity
from crmtui.domain.people import Person
from crmtui.domain.plans import Contact
from crmtui.domain.scorecards import Criterion
from crmtui.domain.words import ContactStatus
from crmtui.domain.workspace import Actor
from crmtui.errors import NotFoundError
from crmtui.queries import moves
from crmtui.queries.findings import Rule
from crmtui.tui.screens.choose import ChooseScreen
from crmtui.tui.screens.contact import ContactForm
from crmtui.tui.screens.contact_step import StepScreen
from crmtui.tui.screens.dmu import DmuPage
from crmtui.tui.screens.form import FormScreen
from crmtui.tui.screens.scorecard import ScorecardPage
from crmtui.tui.screens.today import TodayScreen
from crmtui.tui.screens.why import WhyScreen
from crmtui.tui.widgets import today_lines
from crmtui.tui.widgets.filter_box import FilterBox
from crmtui.tui.widgets.page import Pane
from hostile import SHORT
from tui.bench import NARROW, WIDE, Workbench, enter, offered, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from crmtui.queries.moves import Moves
    from crmtui.tui.widgets.agenda import Agenda

YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.fixture
def desk(tmp_path: Path) -> ContactDesk:
    return begin(tmp_path)


async def opened(pilot: Pilot[int]) -> TodayScreen:
    """The room, once it has been read."""
    await enter(pilot, "today")
    screen = pilot.app.screen
    assert isinstance(screen, TodayScreen)
    await until(pilot, lambda: screen.due.lines)
    return screen


def told(agenda: Agenda) -> str:
    return "\n".join(f"{line.left.plain} {line.right.plain}" for line in agenda.lines)


def drawn(agenda: Agenda) -> list[str]:
    return [agenda.render_line(y).text for y in range(agenda.size.height)]


def gone(desk: ContactDesk, contact: int) -> bool:
    try:
        desk.get(contact)
    except NotFoundError:
        return True
    return False


async def test_a_new_workspace_is_told_how_to_begin(desk: ContactDesk) -> None:
    async with Workbench(desk.path).run_test(size=NARROW) as pilot:
        screen = await opened(pilot)
        assert "Three ways to begin" in told(screen.due)
        assert "look through your accounts" in told(screen.due)  # there is one, so it is not to be written down first
        assert not offered(screen) & {"finish", "move", "edit", "delete", "why", "everybody", "open", "mark"}
        assert {"plan", "contact"} <= offered(screen)


async def test_contacts_stand_under_overdue_today_and_next(desk: ContactDesk) -> None:
    desk.plan("call", YESTERDAY, [desk.ferrari], message="risk of the pilot")
    desk.plan("meeting", TODAY, [desk.conti], time="10:30")
    desk.plan("email", TODAY + dt.timedelta(days=4))
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        lines = told(screen.due)
        places = ("OVERDUE", "Ferrari (CFO) · Aurora Spa · risk of the pilot", "1 d late", "TODAY", "10:30", "Mon 16")
        assert [lines.index(place) for place in places] == sorted(lines.index(place) for place in places)
        assert str(screen.query_one("#due", Pane).border_title) == "Today · Thu 12 Mar 2026"


async def test_done_asks_for_the_outcome_alone_and_undo_brings_it_back(desk: ContactDesk) -> None:
    made = desk.plan("call", TODAY, [desk.ferrari])
    async with Workbench(desk.path).run_test(size=NARROW) as pilot:
        screen = await opened(pilot)
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.screen, StepScreen) and pilot.app.screen.focused)
        await pilot.press(*"agreed", "enter")
        await until(pilot, lambda: desk.get(made).status is ContactStatus.DONE)
        assert (desk.get(made).outcome, desk.get(made).day) == ("agreed", TODAY)
        await until(pilot, lambda: pilot.app.screen is screen and "nothing planned" in told(screen.due))
        await pilot.press("u")
        await until(pilot, lambda: desk.get(made).status is ContactStatus.PLANNED)


@pytest.mark.parametrize(("key", "typed"), [("x", ""), ("m", "today"), ("m", "tomorrow")])
async def test_the_cursor_goes_to_the_next_that_is_overdue(desk: ContactDesk, key: str, typed: str) -> None:
    made = [desk.plan("call", YESTERDAY, message=message) for message in ("one", "two", "three")]
    desk.plan("email", TODAY, message="four")
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        assert screen.due.current == made[0]
        await pilot.press(key)
        await until(pilot, lambda: isinstance(pilot.app.screen, StepScreen) and pilot.app.screen.focused)
        await pilot.press(*typed, "enter")
        await until(pilot, lambda: desk.get(made[0]).status is not ContactStatus.PLANNED)
        await until(pilot, lambda: "two" in told(screen.due).split("TODAY")[0].splitlines()[1])
        assert screen.due.current == made[1]


async def test_a_day_that_is_none_is_refused_and_what_was_typed_stays(desk: ContactDesk) -> None:
    made = desk.plan("call", TODAY)
    async with Workbench(desk.path).run_test(size=NARROW) as pilot:
        await opened(pilot)
        await pilot.press("m")
        await until(pilot, lambda: isinstance(pilot.app.screen, StepScreen) and pilot.app.screen.focused)
        step = pilot.app.screen
        await pilot.press("enter")
        await pilot.press(*"soon", "enter")
        assert "is not a date" in str(step.query_one("#wrong", Static).content)
        await pilot.press(*["backspace"] * 4, *"+2w")
        await until(pilot, lambda: "Thu 26 Mar 2026" in str(step.query_one("#read", Static).content))
        await pilot.press("enter")
        await until(pilot, lambda: desk.get(made).day == dt.date(2026, 3, 26))
        assert desk.get(made).status is ContactStatus.MOVED


async def test_a_move_that_is_refused_asks_again_with_the_reason(desk: ContactDesk) -> None:
    made = desk.plan("call", TODAY, [desk.ferrari])
    desk.refuse(desk.ferrari, "call")
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("m")
        await until(pilot, lambda: isinstance(pilot.app.screen, StepScreen) and pilot.app.screen.focused)
        first = pilot.app.screen
        await pilot.press(*"fri", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, StepScreen) and pilot.app.screen is not first)
        await until(pilot, lambda: pilot.app.screen.query("#wrong"))
        assert "Ferrari refused Call" in str(pilot.app.screen.query_one("#wrong", Static).content)
        assert desk.get(made).day == TODAY


async def test_several_are_marked_moved_in_one_step_and_the_step_is_repeated(desk: ContactDesk) -> None:
    made = [desk.plan("call", TODAY), desk.plan("email", TODAY), desk.plan("letter", TODAY)]
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await pilot.press("space", "space")
        assert screen.due.marks == set(made[:2])
        await pilot.press("m")
        await until(pilot, lambda: isinstance(pilot.app.screen, StepScreen) and pilot.app.screen.focused)
        await pilot.press(*"tomorrow", "enter")
        await until(pilot, lambda: desk.get(made[1]).day == TODAY + dt.timedelta(days=1))
        await until(pilot, lambda: screen.due.current == made[2] and not screen.due.marks)
        await pilot.press("full_stop")
        await until(pilot, lambda: desk.get(made[2]).status is ContactStatus.MOVED)


async def test_a_contact_is_called_off_deleted_and_brought_back(desk: ContactDesk) -> None:
    made = desk.plan("call", TODAY)
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("X")
        await until(pilot, lambda: desk.get(made).status is ContactStatus.CANCELLED)
        await pilot.press("u")
        await until(pilot, lambda: desk.get(made).status is ContactStatus.PLANNED)
        screen = await opened(pilot)
        await until(pilot, lambda: screen.due.current == made)
        await pilot.press("d")
        await until(pilot, lambda: gone(desk, made))


async def test_a_new_contact_begins_with_what_the_cursor_is_on(desk: ContactDesk) -> None:
    desk.plan("call", TODAY, [desk.ferrari])
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await pilot.press("c")
        await until(pilot, lambda: isinstance(pilot.app.screen, ContactForm) and pilot.app.screen.focused)
        form = pilot.app.screen
        assert isinstance(form, ContactForm)
        await until(pilot, lambda: "Ferrari" in form.form.typed["persons"])
        form.form.put({"outcome": "wants [/] a pilot"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: pilot.app.screen is screen)
        found = max(desk.all(Contact), key=lambda contact: contact.id)
        assert (found.status, found.day, found.outcome) == (ContactStatus.DONE, TODAY, "wants [/] a pilot")
        assert (found.account_id, desk.people(found.id)) == (desk.account, [desk.ferrari])


async def test_a_refused_channel_is_told_under_its_field(desk: ContactDesk) -> None:
    desk.plan("meeting", TODAY, [desk.ferrari])
    desk.refuse(desk.ferrari, "call", "By e-mail please")
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, ContactForm) and pilot.app.screen.focused)
        form = pilot.app.screen
        assert isinstance(form, ContactForm)
        form.form.put({"channel_id": f"{desk.channel('call')}=Call"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "By e-mail please" in str(form.query_one("#message-channel_id", Static).content))
        assert desk.count() == 1


async def test_only_people_of_the_account_are_offered(desk: ContactDesk) -> None:
    records.add(desk.path, Person, {"name": "Stranger"}, TUI)
    desk.plan("meeting", TODAY)
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, ContactForm) and pilot.app.screen.focused)
        form = pilot.app.screen
        assert isinstance(form, ContactForm)
        assert [found.label for found in form._people("")] == ["Bianchi", "Conti", "Ferrari"]
        form.form.put({"account_id": ""})
        await until(pilot, lambda: "Stranger" in [found.label for found in form._people("")])


async def test_somebody_new_can_take_part_and_belongs_to_the_account(desk: ContactDesk) -> None:
    desk.plan("meeting", TODAY)
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, ContactForm) and pilot.app.screen.focused)
        form = pilot.app.screen
        await pilot.press("tab", *"Verdi")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooseScreen) and "Verdi" in shown(pilot.app.screen))
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is form)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: pilot.app.screen is screen)
    verdi = max(desk.all(Person), key=lambda person: person.id)
    assert (verdi.name, verdi.account_id) == ("Verdi", desk.account)
    assert desk.people(max(contact.id for contact in desk.all(Contact))) == [verdi.id]


def shown(screen: ChooseScreen[int]) -> str:
    """The choice under the cursor."""
    options = screen.query_one("#found", OptionList)
    return str(options.get_option_at_index(options.option_count - 1).prompt) if options.option_count else ""


async def test_an_edit_keeps_what_was_not_touched(desk: ContactDesk) -> None:
    made = desk.plan("meeting", TODAY, [desk.conti], message="pilot", cost=5)
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, ContactForm) and pilot.app.screen.focused)
        form = pilot.app.screen
        assert isinstance(form, ContactForm)
        form.form.put({"time": "9", "persons": f"{desk.ferrari}=Ferrari"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: pilot.app.screen is screen)
        found = desk.get(made)
        assert (found.time, found.message, found.cost, desk.people(made)) == ("09:00", "pilot", 5, [desk.ferrari])


@pytest.fixture
def line4(desk: ContactDesk) -> int:
    """An open opportunity, with the decider on the map."""
    drawn_map = records.add(desk.path, DmuMap, {"account_id": desk.account}, TUI)
    fields = {"map_id": drawn_map, "person_id": desk.bianchi, "roles": ("decider",), "power": 4}
    records.add(desk.path, Stakeholder, {**fields, "win": "calm nights", "win_strength": 3}, TUI)
    given = {"name": "Line 4", "account_id": desk.account, "margin": 6_200_000, "next_step": "call"}
    return records.add(desk.path, Opportunity, given, TUI)


def at(screen: TodayScreen, kind: str) -> bool:
    """Put the cursor on a move of a kind, once the moves have been worked out."""
    keys = [line.key for line in screen.due.lines if isinstance(line.key, tuple) and line.key[:2] == ("move", kind)]
    for key in keys:
        screen.due.go_to(key)
    return bool(keys)


async def test_why_tells_the_terms_of_a_move_and_a_contact_is_planned_from_it(desk: ContactDesk, line4: int) -> None:
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await until(pilot, lambda: at(screen, "contact"))
        assert "▲ Speak to Bianchi (decider, attitude unknown, call) · Aurora Spa" in told(screen.due)
        assert "coverage +35 pt, attitude" in told(screen.due)
        assert "finish" not in offered(screen)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, WhyScreen) and pilot.app.screen.query(Static))
        reason = str(pilot.app.screen.query(Static).first().content)
        assert "Line 4: coverage +35 pt" in reason
        assert "ranked by what an hour brings" in reason
        await pilot.press("escape", "n")
        await until(pilot, lambda: isinstance(pilot.app.screen, ContactForm) and pilot.app.screen.focused)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: desk.count() == 1)
        (made,) = desk.all(Contact)
        assert (made.channel_id, desk.people(made.id)) == (desk.channel("call"), [desk.bianchi])
        await until(pilot, lambda: not at(screen, "contact"))  # it stands under today now, and not twice
        assert line4


async def test_enter_goes_to_the_person_on_the_map(desk: ContactDesk, line4: int) -> None:
    records.add(desk.path, Stakeholder, {"map_id": 1, "person_id": desk.conti, "power": 1}, TUI)
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await until(pilot, lambda: at(screen, "contact"))
        person = screen.about.persons[0]
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, DmuPage) and pilot.app.screen.page)
        page = pilot.app.screen
        assert isinstance(page, DmuPage)
        await until(pilot, lambda: page.current and page.current.person and page.current.person.id == person)
        assert line4


async def test_enter_goes_to_the_criterion_and_n_makes_it_an_action(desk: ContactDesk, line4: int) -> None:
    criteria = {one.code: one.id for one in desk.all(Criterion)}
    for code, grade in (("need", 4), ("risk", 1), ("process", 2)):
        scorecards.score(desk.path, Cell(line4, criteria[code]), grade, TUI, TODAY)
    desk.plan("call", TODAY + dt.timedelta(days=30), [desk.bianchi])  # so that the scorecard has the best move
    whole = {"roles": ("decider", "buyer", "user", "influencer"), "attitude": -1}  # nothing to find out on the map
    records.edit(desk.path, Stakeholder, desk.stakeholders()[0].id, whole, TUI)
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await until(pilot, lambda: at(screen, "raise"))
        key = screen.due.current
        assert isinstance(key, tuple)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ScorecardPage) and pilot.app.screen.card)
        page = pilot.app.screen
        assert isinstance(page, ScorecardPage)
        await until(pilot, lambda: page.table.line and page.table.line.code == key[-1])
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen and screen.due.current == key)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, FormScreen) and pilot.app.screen.focused)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: desk.all(PlanAction))
        (made,) = desk.all(PlanAction)
        assert (made.account_id, made.opportunity_id, made.gate) == (desk.account, line4, f"criterion:{key[-1]}")
        assert made.due_on == TODAY + dt.timedelta(days=7)
        await until(pilot, lambda: ("plan_action", made.id) in [line.key for line in screen.due.lines])
        await until(pilot, lambda: key not in [line.key for line in screen.due.lines])


async def test_a_contact_that_is_late_is_marked_as_done_where_it_is_a_move(desk: ContactDesk, line4: int) -> None:
    assert line4
    contact = desk.plan("call", YESTERDAY, [desk.bianchi])
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await until(pilot, lambda: at(screen, "hold"))
        assert {"finish", "move", "edit", "delete"} <= offered(screen)
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.screen, StepScreen) and pilot.app.screen.focused)
        await pilot.press(*"agreed", "enter")
        await until(pilot, lambda: desk.get(contact).status is ContactStatus.DONE)
        await until(pilot, lambda: pilot.app.screen is screen and "Call with Bianchi" not in told(screen.due))


async def test_an_account_without_a_map_opens_one_to_draw(desk: ContactDesk) -> None:
    records.add(desk.path, Opportunity, {"name": "Line 4", "account_id": desk.account, "margin": 100}, TUI)
    async with Workbench(desk.path).run_test(size=NARROW) as pilot:
        screen = await opened(pilot)
        await until(pilot, lambda: at(screen, "map"))
        assert any("Draw who decides · Aurora Spa" in line for line in drawn(screen.due))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, DmuPage) and pilot.app.screen.page)


async def test_what_is_due_is_there_before_the_moves(desk: ContactDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    ready = threading.Event()

    def slowly(_path: Path, _day: dt.date, **_more: bool) -> Moves:
        ready.wait(10)
        return moves.Moves(left_out=2)

    monkeypatch.setattr(moves, "found", slowly)
    desk.plan("call", TODAY, [desk.ferrari])
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        assert "working them out" in told(screen.due)
        assert "Ferrari" in told(screen.due)
        ready.set()
        await until(pilot, lambda: "2 accounts left out" in told(screen.due))
        assert "none yet" in told(screen.due)


async def test_a_line_that_counts_opens_the_list_of_those(desk: ContactDesk) -> None:
    for number in range(7):
        records.add(desk.path, Opportunity, {"name": f"Deal {number}", "account_id": desk.account}, TUI)
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await pilot.press("tab")
        await until(pilot, lambda: screen.watching.has_focus)
        await pilot.press("end", "enter")
        await until(pilot, lambda: pilot.app.screen is not screen and pilot.app.screen.query(FilterBox))
        box = pilot.app.screen.query(FilterBox).first()
        await until(pilot, lambda: box.value.startswith("close:none"))
        assert pilot.app.screen.has_class("-wide")


async def test_everybody_is_one_key_away_where_the_user_is_known(desk: ContactDesk) -> None:
    records.add(desk.path, Actor, {"name": "Anna", "is_me": True}, TUI)
    other = records.add(desk.path, Actor, {"name": "Marco"}, TUI)
    made = desk.plan("call", TODAY, [desk.conti], actor_id=other)
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        assert screen.due.current != made
        await pilot.press("a")
        await until(pilot, lambda: screen.due.current == made)
        assert "everybody" in str(screen.query_one("#due", Pane).border_subtitle)


async def test_the_figures_of_the_week_are_told(desk: ContactDesk) -> None:
    desk.log("meeting", day=TODAY)
    desk.plan("call", TODAY)
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        figures = str(screen.query_one("#figures", Static).content)
        assert "2.5 / 32" in figures
        assert "1 / 2" in figures


async def test_on_a_narrow_screen_the_week_folds_and_nothing_wraps(desk: ContactDesk) -> None:
    desk.plan("meeting", TODAY, [desk.conti, desk.ferrari, desk.bianchi], message="a long story " * 9, time="10:30")
    async with Workbench(desk.path).run_test(size=NARROW) as pilot:
        screen = await opened(pilot)
        assert not screen.query_one("#side").display
        assert all(len(line) <= NARROW[0] for line in drawn(screen.due))
        assert any("…" in line and "10:30" in line for line in drawn(screen.due))
        await pilot.press("i")
        await until(pilot, lambda: screen.watching.has_focus)


async def test_names_from_outside_are_only_text(desk: ContactDesk) -> None:
    for text in list(SHORT.values())[:40]:
        desk.plan("call", TODAY, message=text[:200])
    async with Workbench(desk.path).run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        for line in drawn(screen.due):
            assert line.isprintable()


def test_every_rule_of_what_to_watch_can_be_told() -> None:
    assert set(today_lines._RULES) == {rule.value for rule in Rule}
