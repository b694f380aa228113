"""The room of accounts: all of them in a list, the one under the cursor at a glance."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content

from crmtui.queries import accounts as queries
from crmtui.text import N_, _, ngettext
from crmtui.tui import actions
from crmtui.tui.actions import bindings
from crmtui.tui.screens.base import RoomScreen
from crmtui.tui.screens.maps import MAP, open_map
from crmtui.tui.widgets.page import Pane
from crmtui.tui.widgets.record_table import RecordTable, of_noun
from crmtui.tui.widgets.told import Told, side
from crmtui.tui.widgets.window_list import WindowList

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from textual.app import ComposeResult

    from crmtui.queries.accounts import AccountPage


class AccountsScreen(RoomScreen):
    """All accounts."""

    ROOM = "accounts"
    HELP = N_(
        "All customers, and those who are to become some. Enter opens the page of one. Met is the share of its "
        "decision-making unit that had a contact in the last 90 days; the filter takes words and terms such as "
        "level:buyer owner:me tag:x last>60d pipeline>=10k."
    )
    BINDINGS: ClassVar = bindings(actions.CONTACT, MAP, actions.TAG, actions.WHY)
    DEFAULT_CSS = """
    AccountsScreen #side { width: 43; }
    AccountsScreen.-narrow #side { width: 52; }
    """
    AUTO_FOCUS = "WindowList"

    def __init__(self) -> None:
        super().__init__()
        self._page: AccountPage | None = None

    def compose_body(self) -> ComposeResult:
        """The list and the preview."""
        empty = _(
            "No accounts yet: the organisations that buy from you, or should. n writes down the first; I takes "
            "in files of another program."
        )
        hint = _("words, or level:buyer, owner:me, tag:x, last>60d, pipeline>=10k")
        yield Pane(of_noun(self, "accounts", empty, hint=hint), title=_("Accounts"), id="main")
        yield side(Told(id="told"), _("Preview"))

    @property
    def table(self) -> RecordTable:
        """The list with what can be done to its records."""
        return self.query_one(RecordTable)

    def begin(self) -> None:
        """The list reads by itself, and the preview follows its cursor."""

    def reload(self) -> None:
        """Read the list and the preview again."""
        self.table.reload()
        self._read_preview(self.table.list.current)

    # Reading

    @on(WindowList.Highlighted)
    def _highlighted(self, event: WindowList.Highlighted) -> None:
        self._read_preview(event.key)

    def _read_preview(self, key: int | None) -> None:
        if key is None:
            self.jobs.forget("preview")
            self._show_preview(None)
        else:
            work = partial(_read, self.workspace, key, self.crm.today)
            self.jobs.run("preview", work, on_done=self._show_preview, on_failed=lambda _gone: self._show_preview(None))

    def _show_preview(self, page: AccountPage | None) -> None:
        is_other = (page is None) != (self._page is None)
        is_another = not (page and self._page and page.account.id == self._page.account.id)
        self._page = page
        told = self.query_one(Told)
        if page:
            from crmtui.tui.widgets import account_facts

            told.tell(partial(account_facts.preview, page, self.crm.today), from_top=is_another)
        else:
            told.tell(Content())
        if is_other:
            self.refresh_bindings()

    @on(WindowList.Counted)
    @on(WindowList.Marked)
    def _tell(self) -> None:
        window = self.table.list
        parts = [ngettext("{count} account", "{count} accounts", window.count)] if window.is_complete else []
        if window.words:
            parts.append(_("filter: {words}").format(words=window.words))
        if window.marks:
            parts.append(ngettext("{count} marked", "{count} marked", len(window.marks)))
        self.say(" · ".join(parts))

    # Doing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What needs an account is not offered without one."""
        if action in ("tag", "why", "contact", "map"):
            return self._page is not None
        return super().check_action(action, parameters)

    def action_tag(self) -> None:
        """Tag those that are marked, or the one under the cursor."""
        from crmtui.tui.screens import tagging

        if keys := sorted(self.table.list.chosen):
            tagging.ask(self, keys, self._tag_again)

    def _tag_again(self, name: str) -> None:
        from crmtui.tui.screens import tagging

        if keys := sorted(self.table.list.chosen):
            tagging.put(self, keys, name, again=self._tag_again)

    def action_contact(self) -> None:
        """Write down a contact with the account under the cursor."""
        from crmtui.tui.screens import contact

        contact.log(self, contact.About(account_id=self.table.list.current))

    def action_map(self) -> None:
        """Open the map of the decision-making unit of the account under the cursor."""
        if (key := self.table.list.current) is not None:
            open_map(self, key)

    def action_why(self) -> None:
        """Tell what the figures of the preview are made of."""
        from crmtui.tui.screens.told import ToldScreen
        from crmtui.tui.widgets import account_reasons

        if self._page:
            self.app.push_screen(ToldScreen(self._page.account.name, account_reasons.reasons(self._page)))


def _read(path: Path, key: int, today: dt.date) -> AccountPage:
    """In a thread: an account for the preview, and the code that shows it, which the list does not wait for."""
    from crmtui.tui.widgets import account_facts  # noqa: F401 - loaded here, not on the thread that paints

    return queries.page(path, key, today)
