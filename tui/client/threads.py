"""Threads that are followed, where the server collapses replies."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace

from tui.client.base import Base
from tui.client.refresh import Refresh
from tui.core.ids import PostId, TeamId
from tui.core.models import Thread
from tui.core.ports import ServerApi
from tui.core.unread import Unread
from tui.store import Tx


class Threads:
    def __init__(self, base: Base, refresh: Refresh) -> None:
        self._base = base
        self._refresh = refresh

    def all(self, team_id: TeamId = "") -> tuple[Thread, ...]:
        """Followed threads of a team (default: the open one), last answered first."""
        team = team_id or self._base.view.team_id
        if team and self._base.lookups.crt():
            self._refresh.ask(f"threads:{team}", lambda api: self._fetch(api, team))
        found = self._base.store.threads.of(team)
        return tuple(thread for thread in found if thread.is_following)

    def get(self, root_id: PostId) -> Thread | None:
        return self._base.store.threads.get(root_id)

    def unread(self, team_id: TeamId = "") -> Unread:
        """Unread replies and mentions in followed threads."""
        threads = self.all(team_id)
        return Unread(sum(t.unread_replies for t in threads), sum(t.unread_mentions for t in threads))

    def open(self, root_id: PostId) -> None:
        """A thread is on the screen: it is fetched as a whole and counts as read. "" = closed."""
        self._base.view.root_id = root_id
        self._base.lane.tell(lambda engine: engine.open_thread(root_id))
        if root_id and self._base.lookups.crt():
            self._mark_read(root_id)

    def follow(self, root_id: PostId, following: bool) -> Future[None]:
        """Follows a thread or no longer; needs the line."""
        team_id = self._team_of(root_id)

        async def tell(api: ServerApi) -> None:
            await api.follow_thread(self._base.me, team_id, root_id, following)

        return self._base.lane.ask(tell)

    async def _fetch(self, api: ServerApi, team_id: TeamId) -> None:
        threads = await api.fetch_threads(self._base.me, team_id)
        posts = [thread.post for thread in threads if thread.post is not None]

        def put(tx: Tx) -> None:
            tx.posts.put(posts, from_event=True)
            tx.threads.put(threads)

        self._base.change(put)

    def _mark_read(self, root_id: PostId) -> None:
        thread = self.get(root_id)
        if thread is None or not (thread.unread_replies or thread.unread_mentions):
            return
        at = max(thread.last_reply_at, thread.last_viewed_at)
        read = replace(thread, unread_replies=0, unread_mentions=0, last_viewed_at=at)
        self._base.change(lambda tx: tx.threads.put((read,)))
        team_id = self._team_of(root_id)
        self._base.lane.ask(lambda api: api.read_thread(self._base.me, team_id, root_id, at))

    def _team_of(self, root_id: PostId) -> TeamId:
        post = self._base.store.posts.get(root_id)
        channel = self._base.store.channels.get(post.channel_id) if post else None
        return (channel.team_id if channel else "") or self._base.view.team_id
