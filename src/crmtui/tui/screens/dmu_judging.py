"""A map of a decision-making unit on which people are judged: shown at once, saved one by one in the order given."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from crmtui.domain.questions import FIRST
from crmtui.domain.scales import ATTITUDE
from crmtui.domain.words import Source
from crmtui.queries import dmu as queries
from crmtui.tui.screens.dmu_view import MapView
from crmtui.tui.screens.grading import Graded, GradeScreen
from crmtui.tui.screens.guiding import GuideScreen
from crmtui.tui.widgets.dmu_foretold import of_stakeholder

if TYPE_CHECKING:
    from collections.abc import Callable

    from crmtui.errors import CrmtuiError
    from crmtui.queries.dmu import DmuPage as Page, Place


class JudgedMap(MapView):
    """A map to judge people on."""

    def __init__(self, place: Place | None = None) -> None:
        super().__init__(place)
        self._saving = 0

    def action_judge(self, field: str) -> None:
        """Choose a grade."""
        if self.page and (sheet := self.current):
            self.app.push_screen(GradeScreen(self.page, sheet, field), partial(self._graded, sheet.key, field))

    def _graded(self, key: int, field: str, graded: Graded | None) -> None:
        if graded is not None:
            self._judge(key, field, graded)

    def action_guide(self) -> None:
        """Arrive at role, power, attitude and relationship by questions."""
        if self.page and (sheet := self.current):
            screen = GuideScreen(sheet.name, tuple(FIRST), of_stakeholder(self.page, sheet.key))
            self.app.push_screen(screen, partial(self._guided, sheet.key))

    def _guided(self, key: int, arrived: dict[str, Any] | None) -> None:
        if arrived is not None:
            from crmtui.commands import dmu

            self.change(partial(dmu.edit_stakeholder, self.workspace, key, arrived, Source.TUI, self.crm.today))

    def action_step(self, by: int) -> None:
        """The attitude one step better or worse; who was never judged becomes neutral."""
        if sheet := self.current:
            now = sheet.stakeholder.attitude
            value = 0 if now is None else max(min(ATTITUDE), min(max(ATTITUDE), now + by))
            if value != now:
                self._judge(sheet.key, "attitude", Graded(value))
                self.can_repeat(partial(self.action_step, by))

    def action_forget(self) -> None:
        """Nobody knows the attitude."""
        if self.current and self.current.stakeholder.attitude is not None:
            self._judge(self.current.key, "attitude", Graded(None))

    def _judge(self, key: int, field: str, graded: Graded) -> None:
        from crmtui.commands import dmu

        if self.page is None:
            return
        self.can_repeat(partial(self._judge_again, field, graded))
        basis, source = graded.basis, graded.according_to
        before = self.page.figures
        self.show(queries.judged(self.page, key, field, graded.value, self.crm.today, basis=basis, according_to=source))
        self.say_moved(before)
        grounds = dmu.Grounds(basis, source)
        self._save(
            partial(dmu.judge, self.workspace, key, field, graded.value, Source.TUI, self.crm.today, grounds=grounds)
        )

    def _judge_again(self, field: str, graded: Graded) -> None:
        if self._key is not None:
            self._judge(self._key, field, graded)

    def can_repeat(self, repeat: Callable[[], None]) -> None:
        """What `.` does from now on."""
        self._repeat = repeat
        self.refresh_bindings()

    def _save(self, work: Callable[[], None]) -> None:
        self._saving += 1
        self.crm.change(work, on_done=lambda _done: self._saved(), on_failed=self._refused)

    def _saved(self) -> None:
        self._saving -= 1
        self.reload()

    def _refused(self, error: CrmtuiError) -> None:
        self.crm.tell(str(error), is_wrong=True)
        self._saved()

    def show_read(self, page: Page | None) -> None:
        """What was read while judgements were being saved may lack them; it is read again after the last one."""
        if not self._saving:
            super().show_read(page)
