"""The left column: teams, and the channels of the open one in the server's categories.

Invariant: what is shown is what `client.sidebar` says; nothing is counted or sorted here.
"""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from tui.client.client import Client
from tui.client.wording import support
from tui.settings.i18n import _
from tui.ui.keys import bindings_of
from tui.ui.messages import CategoryToggled, ChannelChosen, SidebarAsked, TeamChosen
from tui.ui.widgets.list_keys import ListKeys
from tui.ui.widgets.row_list import RowList
from tui.ui.widgets.sidebar_rows import (
    ChannelItem,
    Item,
    SectionItem,
    SidebarPainter,
    TeamItem,
    items,
)


class Sidebar(ListKeys, Vertical, inherit_bindings=False):
    """Context `sidebar` of the table of keys."""

    BINDINGS = bindings_of("sidebar")

    def __init__(self, client: Client) -> None:
        super().__init__(id="sidebar")
        self._client = client
        self.list: RowList[Item] = RowList(SidebarPainter(), id="sidebar-list")

    def compose(self) -> ComposeResult:
        yield self.list

    def read(self) -> None:
        """Shows what the client says now."""
        team = self._client.teams.current()
        teams = [TeamItem(b.team_id, b.name, b.unread, b.current) for b in self._client.teams.badges()]
        sections = self._client.sidebar.sections(team.id) if team else ()
        if not teams:
            self.list.say(self._why_empty())
        self.list.set_rows(items(teams, sections))
        self.call_after_refresh(self._tell_in_sight)

    @on(RowList.Scrolled)
    def _tell_in_sight(self) -> None:
        """Only those whom the person can see are asked after."""
        rows = self.list.rows_in_sight
        self._client.sidebar.seen(row.row.channel_id for row in rows if isinstance(row, ChannelItem))

    def on_resize(self) -> None:
        self.call_after_refresh(self._tell_in_sight)

    def read_why_empty(self) -> None:
        """The line has changed: says anew why there is nothing, where there is nothing."""
        if not self.list.rows:
            self.read()

    def _why_empty(self) -> str:
        """No team is known: either none was fetched yet, or there is none."""
        kind = self._client.connection().kind
        if kind == "online":
            return support.no_team()
        return _("Fetching your teams …") if kind in ("connecting", "catching_up") else ""

    def point_at_channel(self, channel_id: str) -> None:
        """Puts the cursor on a channel, so that the arrow keys go on from there."""
        self.list.move_to(f"channel:{channel_id}")

    def action_do_first(self) -> None:
        self.list.move_first()

    def action_do_last(self) -> None:
        self.list.move_last()

    def action_do_toggle(self) -> None:
        """Folds the category under the cursor, or the one that the channel under it is in."""
        category_id = self._category_here()
        if category_id:
            self.post_message(CategoryToggled(category_id))
            self.list.move_to(f"category:{category_id}")

    def action_do_move(self) -> None:
        self._ask("move")

    def action_do_favour(self) -> None:
        self._ask("favour")

    def action_do_mute(self) -> None:
        self._ask("mute")

    def action_do_create(self) -> None:
        self._ask("create")

    def action_do_shift_up(self) -> None:
        self._ask("up")

    def action_do_shift_down(self) -> None:
        self._ask("down")

    def action_do_edit(self) -> None:
        self._ask("edit")

    def _ask(self, verb: str) -> None:
        row = self.list.cursor_row
        channel_id = row.row.channel_id if isinstance(row, ChannelItem) else ""
        self.post_message(SidebarAsked(verb, channel_id, self._category_here()))

    def action_do_open(self) -> None:
        row = self.list.cursor_row
        if isinstance(row, ChannelItem):
            self.post_message(ChannelChosen(row.row.channel_id))
        elif isinstance(row, TeamItem):
            self.post_message(TeamChosen(row.team_id))
        elif isinstance(row, SectionItem):
            self.action_do_toggle()

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_do_open()

    def _category_here(self) -> str:
        """Category of the row under the cursor, "" above the first."""
        found = ""
        for row in self.list.rows:
            if isinstance(row, SectionItem):
                found = row.category_id
            if row.key == self.list.cursor_key:
                return found
        return ""
