"""Searching messages: in the store at once, on the server when the line is there."""

from __future__ import annotations

from concurrent.futures import Future

from tui.client.base import Base
from tui.client.refresh import Refresh
from tui.core.ids import TeamId
from tui.core.models import Post
from tui.core.ports import ServerApi
from tui.core.search import parse_query

MOST_WORDS = 10
"""Keywords of mine that are looked for."""


class Search:
    def __init__(self, base: Base, refresh: Refresh) -> None:
        self._base = base
        self._refresh = refresh

    def local(self, text: str, limit: int = 100) -> tuple[Post, ...]:
        """Stored messages, newest first; () for a query that asks for nothing."""
        query = parse_query(text)
        return () if query.is_empty else tuple(self._base.store.posts.search(query, limit))

    def server(self, text: str, team_id: TeamId = "") -> Future[tuple[Post, ...]]:
        """What the server finds, at most 100, newest first. The posts are kept in the store."""
        team = team_id or self._base.view.team_id
        zone_offset = self._base.lookups.formats().moment(self._base.clock.now()).utcoffset()
        offset = int(zone_offset.total_seconds()) if zone_offset else 0

        async def ask(api: ServerApi) -> tuple[Post, ...]:
            page = await api.search_posts(team, text, time_zone_offset=offset)
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
