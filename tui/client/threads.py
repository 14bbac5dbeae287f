"""Threads: the inbox of those I follow, what is unread in them, and the one that is open.

Where the server collapses replies, it says which threads I follow and what is unread there. Where it does
not, they are the stored threads I have a part in, and what is unread follows the channel.

Invariant: what is read here is read at once and told to the server when it can be reached; while exploring,
opening a thread reads nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import Future
from dataclasses import replace
from typing import Any, TypeAlias

from tui.client.base import Base
from tui.client.refresh import Refresh
from tui.core.ids import PostId, TeamId
from tui.core.models import Post, Thread
from tui.core.ports import ServerApi
from tui.core.unread import Unread
from tui.store import Tx

ReadCall: TypeAlias = Callable[[ServerApi], Coroutine[Any, Any, None]]
MOST_OWN = 50
"""Threads in the inbox where the server does not collapse replies."""


class Threads:
    def __init__(self, base: Base, refresh: Refresh) -> None:
        self._base = base
        self._refresh = refresh

    @property
    def collapsed(self) -> bool:
        """Whether the server keeps threads apart for me."""
        return self._base.lookups.crt()

    def all(self, team_id: TeamId = "") -> tuple[Thread, ...]:
        """Followed threads of a team (default: the open one), last answered first."""
        team = team_id or self._base.view.team_id
        if team and self.collapsed:
            self._refresh.ask(f"threads:{team}", lambda api: self._fetch(api, team))
        found = self._base.store.threads.of(team)
        return tuple(thread for thread in found if thread.is_following)

    def inbox(self) -> tuple[Thread, ...]:
        """The threads to be listed: with something unread first, then the last answered."""
        found = self.all() if self.collapsed else self._own()
        return tuple(sorted(found, key=lambda thread: not _calls(thread)))

    def get(self, root_id: PostId) -> Thread | None:
        return self._base.store.threads.get(root_id)

    def is_followed(self, root_id: PostId) -> bool:
        thread = self.get(root_id)
        return thread is not None and thread.is_following

    def unread(self, team_id: TeamId = "") -> Unread:
        """Unread replies and mentions in followed threads."""
        threads = self.all(team_id)
        return Unread(sum(t.unread_replies for t in threads), sum(t.unread_mentions for t in threads))

    def next_unread(self) -> PostId:
        """The followed thread with something unread that was answered last, mentions first; "" = none."""
        calling = [thread for thread in self.all() if _calls(thread)] if self.collapsed else []
        loud = [thread for thread in calling if thread.unread_mentions]
        return next((thread.id for thread in (*loud, *calling)), "")

    def open(self, root_id: PostId) -> None:
        """A thread is on the screen: it is fetched as a whole and counts as read. "" = closed."""
        self._base.view.root_id = root_id
        self._base.lane.tell(lambda engine: engine.open_thread(root_id))
        if root_id and self.collapsed and not self._base.view.exploring:
            self.mark_read((root_id,))

    def follow(self, root_id: PostId, following: bool) -> Future[None]:
        """Follows a thread or no longer; shown when the server has said yes. Needs the line."""
        team_id = self._team_of(root_id)

        async def tell(api: ServerApi) -> None:
            await api.follow_thread(self._base.me, team_id, root_id, following)
            thread, root = self.get(root_id), self._base.store.posts.get(root_id)
            if thread is None and root is not None:
                thread = Thread(root_id, team_id, root.channel_id, root.reply_count, is_following=following)
            if thread is not None:
                changed = replace(thread, is_following=following)
                self._base.change(lambda tx: tx.threads.put((changed,)))

        return self._base.lane.ask(tell)

    def mark_read(self, root_ids: Iterable[PostId]) -> tuple[Thread, ...]:
        """Reads threads and tells the server; the rows as they were."""
        before = self.read_here(root_ids)
        self.tell_read(before)
        return before

    def read_here(self, root_ids: Iterable[PostId]) -> tuple[Thread, ...]:
        """Reads threads on this screen alone; the rows as they were, see `tell_read` and `undo_read`."""
        found = (self.get(root_id) for root_id in root_ids)
        before = tuple(thread for thread in found if thread is not None and _calls(thread))
        after = tuple(_read(thread) for thread in before)
        if after:
            self._base.change(lambda tx: tx.threads.put(after))
        return before

    def undo_read(self, before: tuple[Thread, ...]) -> None:
        self._base.change(lambda tx: tx.threads.put(before))

    def tell_read(self, before: Iterable[Thread]) -> None:
        """What `read_here` has read is read for the server, too."""
        for thread in before:
            team_id, at = self._team_of(thread.id), _read(thread).last_viewed_at
            self._base.lane.ask(_reading(self._base.me, team_id, thread.id, at))

    def mark_unread(self, post: Post) -> Future[None]:
        """Unread from this reply on. Fails with NotSupported on servers that cannot."""
        root_id = post.root_id or post.id
        team_id = self._team_of(root_id)
        return self._base.lane.ask(lambda api: api.unread_thread(self._base.me, team_id, root_id, post.id))

    def _own(self) -> tuple[Thread, ...]:
        """Threads of the store in which I wrote; unread replies are those the channel has not read."""
        store, me = self._base.store, self._base.me
        return tuple(
            thread
            for root_id in store.posts.my_threads(me, MOST_OWN)
            if (thread := self._own_thread(root_id)) is not None
        )

    def _own_thread(self, root_id: PostId) -> Thread | None:
        posts = self._base.store.posts.thread(root_id)
        if not posts or posts[0].id != root_id:
            return None
        root, replies = posts[0], posts[1:]
        row = self._base.store.memberships.get(root.channel_id)
        seen = row.last_viewed_at if row else 0
        fresh = sum(post.create_at > seen and post.user_id != self._base.me for post in replies)
        return Thread(
            root_id,
            self._team_of(root_id),
            root.channel_id,
            max(len(replies), root.reply_count),
            unread_replies=fresh,
            last_reply_at=replies[-1].create_at if replies else root.create_at,
            last_viewed_at=seen,
        )

    async def _fetch(self, api: ServerApi, team_id: TeamId) -> None:
        threads = await api.fetch_threads(self._base.me, team_id)
        posts = [thread.post for thread in threads if thread.post is not None]

        def put(tx: Tx) -> None:
            tx.posts.put(posts, from_event=True)
            tx.threads.put(threads)

        self._base.change(put)

    def _team_of(self, root_id: PostId) -> TeamId:
        post = self._base.store.posts.get(root_id)
        channel = self._base.store.channels.get(post.channel_id) if post else None
        return (channel.team_id if channel else "") or self._base.view.team_id


def _reading(me: str, team_id: TeamId, root_id: PostId, at: int) -> ReadCall:
    return lambda api: api.read_thread(me, team_id, root_id, at)


def _calls(thread: Thread) -> bool:
    return bool(thread.unread_replies or thread.unread_mentions)


def _read(thread: Thread) -> Thread:
    at = max(thread.last_reply_at, thread.last_viewed_at)
    return replace(thread, unread_replies=0, unread_mentions=0, last_viewed_at=at)
