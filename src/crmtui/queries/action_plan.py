"""The action plan of an account: objectives, the strategies towards them, and who does what until when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crmtui.store.reading import actions as rows
from crmtui.store.reading.actions import Goal, Task
from crmtui.store.reading.connections import reading
from crmtui.text import key as folded

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ActionPlan", "Goal", "Task", "page", "strategies"]


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """All of it.

    Attributes:
        goals: the objectives, open ones first, by day due.
        actions: all actions of the account, open ones first, by day due.
    """

    goals: tuple[Goal, ...]
    actions: tuple[Task, ...]

    def of(self, strategy_id: int | None) -> tuple[Task, ...]:
        """The actions of a strategy; those of none for None."""
        return tuple(action for action in self.actions if action.strategy_id == strategy_id)


def page(path: Path, account_id: int) -> ActionPlan:
    """The action plan of an account."""
    with reading(path) as connection:
        return ActionPlan(
            rows.goals(connection, account_id),
            rows.actions(connection, "x.account_id = :account", {"account": account_id}),
        )


def strategies(path: Path, account_id: int | None, words: str) -> list[tuple[int, str, str]]:
    """Strategies whose name, or whose objective, has the words: (key, name, objective); of an account, or of all."""
    with reading(path) as connection:
        found = rows.strategies(connection, account_id)
    wanted = folded(words)
    return [one for one in found if wanted in folded(one[1]) or wanted in folded(one[2])]
