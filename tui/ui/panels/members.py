"""Who is in the open channel, with presence; Enter opens the direct channel.

Invariant: the list is asked for once per channel and visit; presence comes with the client's own changes.
"""

from __future__ import annotations

from concurrent.futures import Future

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from tui.core.ids import ChannelId
from tui.core.models import User
from tui.core.search import sort_key
from tui.settings.i18n import _
from tui.ui.keys import bindings_of
from tui.ui.messages import Failed, PersonChosen
from tui.ui.screens.picker import Offer, OfferPainter
from tui.ui.shared import Shared
from tui.ui.widgets.list_keys import ListKeys
from tui.ui.widgets.row_list import RowList

_ORDER = {"online": 0, "away": 1, "dnd": 1}


class Members(ListKeys, Vertical, inherit_bindings=False):
    """Context `panel` of the table of keys."""

    BINDINGS = bindings_of("panel")

    def __init__(self, shared: Shared) -> None:
        super().__init__(id="members")
        self._shared = shared
        self._asked_for: ChannelId = ""
        self._users: list[User] = []
        self.list: RowList[Offer] = RowList(OfferPainter(), id="members-list")

    def compose(self) -> ComposeResult:
        yield self.list

    def read(self) -> None:
        """The members of the channel that is open now."""
        channel_id = self._shared.client.channels.current()
        if channel_id != self._asked_for:
            self._asked_for, self._users = channel_id, []
            self.list.say(_("Asking the server …"))
            asked = self._shared.client.people.of_channel(channel_id)
            asked.add_done_callback(lambda done: self.app.call_later(self._answered, channel_id, done))
        self._show()

    def focus_inside(self) -> None:
        self.list.focus()

    def action_do_open(self) -> None:
        if self.list.cursor_key:
            self.post_message(PersonChosen(self.list.cursor_key))

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        event.stop()
        self.action_do_open()

    def _answered(self, channel_id: ChannelId, done: Future[list[User]]) -> None:
        if channel_id != self._asked_for or done.cancelled():
            return
        error = done.exception()
        if error is not None:
            self._asked_for = ""
            self.list.say(_("The members are only known while online."))
            self.post_message(Failed(error))
            return
        self._users = done.result()
        self._show()

    def _show(self) -> None:
        people = self._shared.client.people
        offers = [
            Offer(
                user.id,
                people.name(user.id) or user.username,
                f"@{user.username}",
                status=people.status(user.id) or "offline",
            )
            for user in self._users
        ]
        offers.sort(key=lambda offer: (_ORDER.get(offer.status, 2), sort_key(offer.title)))
        self.list.set_rows(offers)
