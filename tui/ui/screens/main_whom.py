"""With whom something is done: the other one of a direct message, else somebody chosen.

Invariant: the answer is another person than oneself, or nothing happens.
"""

from __future__ import annotations

from collections.abc import Callable

from tui.core.ids import UserId
from tui.core.safe_text import safe_line
from tui.settings.i18n import _
from tui.ui.palette import Palette
from tui.ui.screens.main_posts import PostDesk
from tui.ui.screens.picker import Offer, Picker

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
