"""Links to choose from: those of a message or of a channel, each with its number and its true target.

Invariant: the target is always shown, without tokens; what its text says stands beside it. A digit chooses at
once where it can mean one link only; other letters search.
"""

from __future__ import annotations

from collections.abc import Sequence

from tui.core.search import fold
from tui.settings.i18n import _
from tui.ui.screens.picker import Offer, Picker


class LinkList(Picker):
    """Answers with the key of an offer; their signs are numbered here."""

    def __init__(self, title: str, offers: Sequence[Offer], *, verb: str = "") -> None:
        self._offers = [
            Offer(offer.key, offer.title, offer.detail, f"{number} {offer.sign}".rstrip(), offer.status)
            for number, offer in enumerate(offers, 1)
        ]
        super().__init__(title, self._find_links, placeholder=_("Number or text"), verb=verb)

    def _find_links(self, text: str) -> list[Offer]:
        wanted = text.strip()
        if wanted.isdecimal():
            return [offer for offer in self._offers if offer.sign.partition(" ")[0].startswith(wanted)]
        words = fold(wanted).split()
        return [o for o in self._offers if all(word in fold(f"{o.title} {o.detail}") for word in words)]

    def _filter(self) -> None:
        super()._filter()
        found = self._find_links(self.editor.text)
        if self.editor.text.strip().isdecimal() and len(found) == 1 and self.is_current:
            self.dismiss(found[0].key)
