"""With whom something is done: the other one of a direct message, else somebody chosen.

Invariant: the answer is another person than oneself, or nothing happens.
"""

from __future__ import annotations

from collections.abc import Callable

from tui.core.ids import UserId
from tui.core.safe_text import safe_line
from tui.settings.i18n import _
from tui.ui.desks.desk import Desk
from tui.ui.palette import Palette
from tui.ui.screens.picker import Offer, Picker

MOST_PEOPLE = 20


class Whom(Desk):
    def ask(self, title: str, then: Callable[[UserId], None]) -> None:
        partner = self.client.channels.partner(self.channel_id)
        if partner:
            then(partner)
            return
        palette = Palette(self.screen.shared)

        def people(text: str) -> list[Offer]:
            client = self.client
            offers = (offer for offer in palette.places(text or "@") if self._user_of(offer.key))
            mine = client.account.user_id
            return [offer for offer in offers if self._user_of(offer.key) != mine][:MOST_PEOPLE]

        dialog = Picker(title, people, placeholder=_("Name of a colleague"), verb=_("Choose"))
        self.push(dialog, lambda key: then(self._user_of(key)) if key else None)

    def _user_of(self, key: str) -> UserId:
        kind, _colon, ident = key.partition(":")
        if kind == "user":
            return ident
        return self.client.channels.partner(ident) if kind == "channel" else ""

    def name(self, user_id: UserId) -> str:
        """Safe, for a sentence."""
        return safe_line(self.client.people.name(user_id), 60) or "?"
