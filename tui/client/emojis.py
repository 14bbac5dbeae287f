"""Emoji to choose from: the recent ones first, the system's and the server's own.

Invariant: names that go to the server are Mattermost's own (`core.emoji.normalise`); the server's own emoji
are asked for at most once a minute and kept in the cache.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from tui.client.base import Base
from tui.client.refresh import Refresh
from tui.core import emoji
from tui.core.changes import ChangeKind
from tui.core.ports import ServerApi

CUSTOM_MARK = "emoji_names"
RECENT_KEY = "recent_emoji"
MOST_RECENT = 27
DISK_SECONDS = 30.0
USUAL = ("+1", "heart", "tada", "smile", "joy", "eyes", "white_check_mark", "pray", "thinking_face", "-1")
"""For somebody who has not chosen any yet."""


@dataclass(frozen=True, slots=True)
class EmojiOffer:
    """`character` "" = one of the server's own, a picture that a terminal has only a name for."""

    name: str
    character: str = ""

    @property
    def custom(self) -> bool:
        return not self.character


class Emojis:
    def __init__(self, base: Base, refresh: Refresh) -> None:
        self._base = base
        self._refresh = refresh

    def find(self, text: str, limit: int = 60) -> list[EmojiOffer]:
        """Offers for what is typed; for nothing typed the recent ones, the usual ones, the server's own."""
        typed = text.strip().strip(":").lower()
        custom = self.custom()
        if not typed:
            names = dict.fromkeys((*self.recent(), *USUAL, *custom))
            return [self._offer(name) for name in list(names)[:limit]]
        recent = [name for name in self.recent() if typed in name]
        own = sorted((n for n in custom if typed in n), key=lambda n: (not n.startswith(typed), n))
        exact = [typed] if emoji.to_unicode(typed) else []
        system = [name for name, _char in emoji.complete(typed, limit)]
        names = dict.fromkeys(
            map(
                emoji.normalise, (*(n for n in recent if n.startswith(typed)), *exact, *own, *system, *recent)
            )
        )
        return [self._offer(name) for name in list(names)[:limit]]

    def custom(self) -> tuple[str, ...]:
        """Names of the server's own emoji, as far as they are known."""
        if self._base.lookups.config().flag("EnableCustomEmoji"):
            self._refresh.ask("emoji", self._fetch)
        return _names(self._base.store.marks.get(CUSTOM_MARK))

    def recent(self) -> tuple[str, ...]:
        """Those I chose last, the newest first; before the first choice here those of the web app."""
        kept = _names(self._base.store.kept.get(RECENT_KEY))
        return kept or self._recent_elsewhere()

    def used(self, name: str) -> None:
        """Remembers a choice."""
        plain = emoji.normalise(name.strip(":"))
        names = list(dict.fromkeys((plain, *self.recent())))[:MOST_RECENT]
        if not self._base.store.read_only:
            text = json.dumps(names)
            self._base.store.write_desk(lambda desk: desk.kept.set(RECENT_KEY, text)).result(DISK_SECONDS)

    def _recent_elsewhere(self) -> tuple[str, ...]:
        """The web app's own list: [{"name", "usageCount"}], the most used last."""
        told = self._base.lookups.preferences().text("recent_emojis", self._base.me)
        try:
            rows = json.loads(told or "[]")
            names = [str(row["name"]) for row in reversed(rows) if isinstance(row, dict) and "name" in row]
        except (ValueError, TypeError):
            return ()
        return tuple(name for name in names if emoji.NAME.fullmatch(name))

    def _offer(self, name: str) -> EmojiOffer:
        return EmojiOffer(name, emoji.to_unicode(name) or "")

    async def _fetch(self, api: ServerApi) -> None:
        names = [name for name in await api.fetch_emoji_names() if emoji.NAME.fullmatch(name)]
        text = json.dumps(names)
        if text != self._base.store.marks.get(CUSTOM_MARK):
            self._base.change(lambda tx: tx.marks.set(CUSTOM_MARK, text))
            self._base.hub.say(ChangeKind.EMOJI)


def _names(text: str) -> tuple[str, ...]:
    try:
        held = json.loads(text or "[]")
    except ValueError:
        return ()
    return tuple(name for name in held if isinstance(name, str)) if isinstance(held, list) else ()
