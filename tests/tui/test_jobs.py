from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Static
from textual.worker import WorkerFailed

from crmtui.errors import BusyError, CrmtuiError
from crmtui.tui.jobs import Jobs

if TYPE_CHECKING:
    from textual.pilot import Pilot


class Desk(App[None]):
    """An app with one widget that asks for work."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.threads: list[int] = []
        self.gate = threading.Event()
        self.begun = threading.Event()

    def compose(self) -> ComposeResult:
        self.place = Static("")
        self.jobs = Jobs(self.place)
        yield self.place

    def hear(self, result: object) -> None:
        self.threads.append(threading.get_ident())
        self.heard.append(result)

    def wait(self) -> str:
        self.begun.set()
        assert self.gate.wait(5)
        return "slow"


async def settle(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_works_in_a_thread_and_answers_on_the_ui_thread() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.jobs.run("page", threading.get_ident, on_done=app.hear)
        assert app.jobs.is_busy("page")
        await settle(pilot)
        assert app.heard != app.threads == [threading.get_ident()]
        assert not app.jobs.is_busy("page")


async def begin(app: Desk, pilot: Pilot[None]) -> None:
    """Ask for work that waits for the gate, and wait until it has begun."""
    app.jobs.run("page", app.wait, on_done=app.hear)
    while not app.begun.is_set():
        await pilot.pause()


async def test_a_slow_older_answer_never_follows_a_newer_one() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await begin(app, pilot)
        app.jobs.run("page", lambda: "new", on_done=app.hear)
        while not app.heard:
            await pilot.pause()
        app.gate.set()
        await settle(pilot)
        assert app.heard == ["new"]


async def test_requests_that_piled_up_are_skipped() -> None:
    app, done = Desk(), []
    async with app.run_test() as pilot:
        for number in range(20):
            app.jobs.run(f"blocker {number}", app.wait, on_done=app.hear)
        for number in range(20):
            app.jobs.run("page", lambda number=number: done.append(number), on_done=lambda _: None)  # type: ignore[misc]  # mypy tells no type of a lambda with a default
        app.gate.set()
        await settle(pilot)
        assert done == [19]


async def test_keys_do_not_disturb_each_other() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.jobs.run("one", lambda: 1, on_done=app.hear)
        app.jobs.run("two", lambda: 2, on_done=app.hear)
        await settle(pilot)
        assert sorted(map(str, app.heard)) == ["1", "2"]


async def test_what_is_forgotten_is_not_answered() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.jobs.run("page", lambda: 1, on_done=app.hear)
        app.jobs.forget("page")
        await settle(pilot)
        assert app.heard == []


async def test_an_error_goes_to_its_handler() -> None:
    def fail() -> None:
        raise BusyError("the file is busy")

    app, errors = Desk(), list[CrmtuiError]()
    async with app.run_test() as pilot:
        app.jobs.run("page", fail, on_done=app.hear, on_failed=errors.append)
        await settle(pilot)
        assert [str(error) for error in errors] == ["the file is busy"]
        assert app.heard == []


async def test_an_error_without_handler_is_shown_as_plain_text() -> None:
    def fail() -> None:
        raise CrmtuiError("Acme [/] Ltd [@click=app.quit]x[/]")

    app = Desk()
    async with app.run_test(notifications=True) as pilot:
        app.jobs.run("page", fail, on_done=app.hear)
        await settle(pilot)
        (note,) = app._notifications
        assert (note.message, note.markup) == ("Acme [/] Ltd [@click=app.quit]x[/]", False)


async def test_nobody_answers_a_widget_that_has_gone() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await begin(app, pilot)
        await app.place.remove()
        app.gate.set()
        await settle(pilot)
        app.jobs.run("page", lambda: 1, on_done=app.hear)
        await settle(pilot)
    assert app.heard == []


async def test_a_widget_may_go_before_its_work_begins() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.jobs.run("page", lambda: 1, on_done=app.hear)
        await app.place.remove()
        await settle(pilot)
    assert app.heard == []


async def test_the_app_ends_while_work_is_under_way() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await begin(app, pilot)
        app.exit()
    app.gate.set()
    app.jobs.run("page", lambda: 1, on_done=app.hear)
    assert app.heard == []


async def test_the_app_may_have_jobs_of_its_own() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        Jobs(app).run("save", lambda: "saved", on_done=app.hear)
        await settle(pilot)
        assert app.heard == ["saved"]


async def test_a_fault_of_the_program_is_not_swallowed() -> None:
    app = Desk()
    with pytest.raises(WorkerFailed, match="ZeroDivisionError"):  # noqa: PT012 - raised when the app ends
        async with app.run_test() as pilot:
            app.jobs.run("page", lambda: 1 // 0, on_done=app.hear)
            await settle(pilot)
