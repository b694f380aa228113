"""A screen on which contacts, actions and promises are due: the same keys do the same to all, one kind at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crmtui.domain.action_plan import PlanAction
from crmtui.tui.screens import action_desk, delivery_desk
from crmtui.tui.screens.action_desk import Chosen
from crmtui.tui.screens.contact_room import ContactRoom

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crmtui.queries.action_plan import Task
    from crmtui.queries.delivery import Due


class DueRoom(ContactRoom):
    """A screen with contacts, actions, promises and requests on it. It says which are chosen."""

    @property
    def chosen_actions(self) -> Sequence[Task]:
        """The marked actions, else the one under the cursor."""
        return ()

    @property
    def chosen_dues(self) -> Sequence[Due]:
        """The marked promises and requests, else the one under the cursor."""
        return ()

    @property
    def _is_of_actions(self) -> bool:
        """Whether what is chosen are actions and nothing else."""
        return bool(self.chosen_actions) and not self.chosen and not self.chosen_dues

    @property
    def _is_of_dues(self) -> bool:
        """Whether what is chosen are promises, or requests, and nothing else."""
        kinds = {due.kind for due in self.chosen_dues}
        return len(kinds) == 1 and not self.chosen and not self.chosen_actions

    def _told(self) -> Chosen:
        if self._is_of_dues:
            dues = self.chosen_dues
            titles = tuple(f"{one.name} · {one.account}" for one in dues)
            return Chosen(dues[0].kind, tuple(one.id for one in dues), titles)
        actions = self.chosen_actions
        lesson = actions[0].lesson if len(actions) == 1 else ""
        keys, titles = tuple(one.id for one in actions), tuple(f"{one.name} · {one.account}" for one in actions)
        return Chosen(PlanAction, keys, titles, lesson)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What does not fit what is chosen is not offered; nothing is done to both kinds at once."""
        others = len(self.chosen_actions) + len(self.chosen_dues)
        if action in ("finish", "move", "edit", "delete", "cancel", "reopen") and others:
            if not (self._is_of_actions or self._is_of_dues) or action in ("cancel", "reopen"):
                return False
            return action != "edit" or others == 1
        return super().check_action(action, parameters)

    def action_finish(self) -> None:
        """Ask what came of it, then mark it as done, kept or answered."""
        if self._is_of_actions:
            action_desk.finish(self, self._told(), self.unmark, self._told)
        elif self._is_of_dues:
            delivery_desk.settle(self, self._told(), self.unmark, self._told)
        else:
            super().action_finish()

    def action_move(self) -> None:
        """Ask for the day, then move."""
        if self._is_of_actions:
            action_desk.move(self, self._told(), self.unmark, self._told)
        elif self._is_of_dues:
            delivery_desk.move(self, self._told(), self.unmark, self._told)
        else:
            super().action_move()

    def action_edit(self) -> None:
        """Change what is chosen."""
        if self._is_of_actions:
            action_desk.edit(self, PlanAction, self.chosen_actions[0].id)
        elif self._is_of_dues:
            delivery_desk.edit(self, self.chosen_dues[0].kind, self.chosen_dues[0].id)
        else:
            super().action_edit()

    def action_delete(self) -> None:
        """Delete them; undo brings them back."""
        if self._is_of_actions or self._is_of_dues:
            action_desk.delete(self, self._told(), self.unmark)
        else:
            super().action_delete()
