"""What the palette and the switcher offer: actions, channels, people, teams, themes.

Invariant: offers are ranked by `core.search` or by the client; choosing one gives `kind:id`, nothing is run
here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tui.core.search import Candidate, rank
from tui.settings.i18n import _
from tui.settings.themes import ThemeSpec
from tui.ui.keys import shown_key
from tui.ui.screens.picker import Offer
from tui.ui.shared import Shared
from tui.ui.widgets.sidebar_rows import CHANNEL_SIGNS

MOST_ACTIONS, MOST_PLACES = 60, 20
_INWARD = frozenset({"up", "down", "confirm", "cancel", "send", "complete", "edit_last", "reply_last"})
"""Actions that only make sense as a key."""
_SIGNS = {"user": "@", "team": "●"}


class Palette:
    def __init__(self, shared: Shared, themes: Iterable[ThemeSpec] = ()) -> None:
        self._shared = shared
        self._themes = tuple(themes)

    def find(self, text: str) -> list[Offer]:
        """Actions first; places and themes too once something is typed."""
        actions = [
            Candidate("action", a.id, str(a.help), (a.id,), shown_key(a))
            for a in self._shared.keymap.actions
            if a.name not in _INWARD and a.context != "dialog"
        ]
        found = [self._offer(c) for c in rank(text, actions, MOST_ACTIONS)] if text else _in_order(actions)
        return [*found, *self.themes(text), *self.places(text)] if text.strip() else found

    def places(self, text: str) -> list[Offer]:
        """Channels, people, teams: unread and recent ones first."""
        return [self._offer(c) for c in self._shared.client.channels.find(text, MOST_PLACES)]

    def themes(self, text: str) -> list[Offer]:
        from tui.client.wording.themes import theme_title

        themes = [
            Candidate("theme", spec.name, theme_title(spec.name, spec.title), (spec.name, _("Theme")))
            for spec in self._themes
        ]
        found = rank(text, themes, len(themes)) if text else themes
        return [Offer(f"theme:{c.id}", c.title, _("Theme"), "◐") for c in found]

    def _offer(self, candidate: Candidate) -> Offer:
        key = f"{candidate.kind}:{candidate.id}"
        if candidate.kind == "action":
            return Offer(key, candidate.title, candidate.detail, "›")
        if candidate.kind == "channel":
            return self._channel_offer(key, candidate)
        return Offer(key, candidate.title, candidate.detail, _SIGNS.get(candidate.kind, "·"))

    def _channel_offer(self, key: str, candidate: Candidate) -> Offer:
        client = self._shared.client
        partner = client.channels.partner(candidate.id)
        status = (client.people.status(partner) or "offline") if partner else ""
        channel = client.channels.get(candidate.id)
        sign = CHANNEL_SIGNS.get(channel.type if channel else "", "#")
        return Offer(key, candidate.title, candidate.detail, sign, status)


def _in_order(actions: Sequence[Candidate]) -> list[Offer]:
    return [Offer(f"action:{c.id}", c.title, c.detail, "›") for c in actions]
