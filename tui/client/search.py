"""Searching messages: in the store at once, on the server when the line is there."""

from __future__ import annotations

import re
from concurrent.futures import Future
from dataclasses import replace

from tui.client.base import Base
from tui.client.refresh import Refresh
from tui.core.ids import TeamId
from tui.core.models import Post
from tui.core.ports import ServerApi
from tui.core.search import Candidate, parse_query, rank
from tui.core.search_help import offers

MOST_OFFERS, MOST_PEOPLE = 5, 30
_DIRECT = re.compile(r"\bin:([a-z0-9]+)__([a-z0-9]+)")
MOST_WORDS = 10
"""Keywords of mine that are looked for."""


class Search:
    def __init__(self, base: Base, refresh: Refresh) -> None:
        self._base = base
        self._refresh = refresh

    def local(self, text: str, limit: int = 100) -> tuple[Post, ...]:
        """Stored messages, newest first; () for a query that asks for nothing."""
        typed = parse_query(text)
        query = replace(typed, in_channels=self._here(typed.in_channels), not_in=self._here(typed.not_in))
        return () if query.is_empty else tuple(self._base.store.posts.search(query, limit))

    def offers(self, text: str) -> tuple[str, ...]:
        """What the last word of a query may become: modifiers, people, channels, days."""
        base = self._base

        def people(typed: str) -> list[str]:
            found = [user.username for user in base.store.users.search(typed.lower(), MOST_PEOPLE)]
            return sorted(found, key=lambda name: not name.startswith(typed.lower()))

        def channels(typed: str) -> list[str]:
            rows = base.store.channels.by_team(base.view.team_id)
            named = [Candidate("", c.name, c.display_name, (c.name,)) for c in rows if not c.delete_at]
            return [found.id for found in rank(typed, named, MOST_OFFERS)]

        today = base.lookups.formats().moment(base.clock.now()).date()
        return offers(text, today, people, channels, MOST_OFFERS)

    def _here(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Names of channels with those of the direct channels that `in:@ben` means."""
        users = (self._base.store.users.by_name(name) for name in names)
        return (*names, *("__".join(sorted((self._base.me, user.id))) for user in users if user))

    def _there(self, text: str) -> str:
        """A query as the server reads it: `in:@ben` for the address of a direct channel."""

        def named(match: re.Match[str]) -> str:
            other = next((i for i in match.groups() if i != self._base.me), self._base.me)
            user = self._base.lookups.users((other,)).get(other)
            return f"in:@{user.username}" if user else match.group()

        return _DIRECT.sub(named, text)

    def server(self, text: str, team_id: TeamId = "") -> Future[tuple[Post, ...]]:
        """What the server finds, at most 100, newest first. The posts are kept in the store."""
        team, terms = team_id or self._base.view.team_id, self._there(text)
        zone_offset = self._base.lookups.formats().moment(self._base.clock.now()).utcoffset()
        offset = int(zone_offset.total_seconds()) if zone_offset else 0

        async def ask(api: ServerApi) -> tuple[Post, ...]:
            page = await api.search_posts(team, terms, time_zone_offset=offset)
            found = [page.posts[post_id] for post_id in page.order if post_id in page.posts]
            self._base.change(lambda tx: tx.posts.put(found))
            return tuple(sorted(found, key=lambda post: (post.create_at, post.id), reverse=True))

        return self._base.lane.ask(ask)

    def mentions(self, limit: int = 100, *, ask: bool = True) -> tuple[Post, ...]:
        """Stored messages that name me or one of my keywords, newest first; with `ask` the server's, too."""
        words = self._my_words()
        if ask and words:
            self._refresh.ask("mentions", lambda api: self._fetch_mentions(api, words))
        found = {post.id: post for word in words for post in self.local(f'"{word}"', limit)}
        newest = sorted(found.values(), key=lambda post: (post.create_at, post.id), reverse=True)
        return tuple(newest[:limit])

    def _my_words(self) -> tuple[str, ...]:
        """What calls me: @name, and the keywords of my profile."""
        me = self._base.lookups.me()
        if me is None:
            return ()
        keys = (key.strip().replace('"', "") for key in me.notify_props.get("mention_keys", "").split(","))
        words = (f"@{me.username}", *(key for key in keys if key.lstrip("@").lower() != me.username.lower()))
        return tuple(dict.fromkeys(word for word in words if word))[:MOST_WORDS]

    async def _fetch_mentions(self, api: ServerApi, words: tuple[str, ...]) -> None:
        terms = " ".join(f'"{word}"' for word in words)
        page = await api.search_posts(self._base.view.team_id, terms, is_or_search=True)
        self._base.change(lambda tx: tx.posts.put(page.posts.values()))
