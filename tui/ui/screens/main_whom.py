"""With whom something is done, and what comes of a call that takes its time.

Invariant: `then` runs on the UI's thread and only after success; a failure is said in one line.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

from tui.client.wording.errors import sentence
from tui.core.ids import UserId
from tui.core.safe_text import safe_line
from tui.settings.i18n import _
from tui.ui.palette import Palette
from tui.ui.screens.main_posts import PostDesk
from tui.ui.screens.picker import Offer, Picker

T = TypeVar("T")
MOST_PEOPLE = 20


class Whom(PostDesk):
    def _ask_whom(self, title: str, then: Callable[[UserId], None]) -> None:
        partner = self.shared.client.channels.partner(self.channel_id)
        if partner:
            then(partner)
            return
        palette = Palette(self.shared)

        def people(text: str) -> list[Offer]:
            client = self.shared.client
            offers = (offer for offer in palette.places(text or "@") if self._user_of(offer.key))
            mine = client.account.user_id
            return [offer for offer in offers if self._user_of(offer.key) != mine][:MOST_PEOPLE]

        dialog = Picker(title, people, placeholder=_("Name of a colleague"), verb=_("Choose"))
        self.app.push_screen(dialog, lambda key: then(self._user_of(key)) if key else None)

    def _user_of(self, key: str) -> UserId:
        kind, _colon, ident = key.partition(":")
        if kind == "user":
            return ident
        return self.shared.client.channels.partner(ident) if kind == "channel" else ""

    def _person(self, user_id: UserId) -> str:
        return safe_line(self.shared.client.people.name(user_id), 60) or "?"

    def then(self, asked: Future[T], then: Callable[[T], None]) -> None:
        """`then` here with what comes of `asked`; a failure is said."""

        def back() -> None:
            error = None if asked.cancelled() else asked.exception()
            if error is not None:
                self.tell(sentence(error), alarm=True)
            elif not asked.cancelled():
                then(asked.result())

        if asked.done():
            back()
        else:
            asked.add_done_callback(lambda _done: self.app.call_later(back))
