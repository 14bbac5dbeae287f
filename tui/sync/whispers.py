"""Ephemeral messages: only for me, sent once, kept by no server.

Invariant: at most 50 a channel are held, in memory; an edit or deletion by the server withdraws them.
Read from any thread, written on the net lane.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from tui.core.changes import Change, ChangeKind
from tui.core.dialogs import IntegrationDialog
from tui.core.ids import ChannelId, PostId
from tui.core.models import Post

KEPT = 50


class Whispers:
    """Ephemeral posts, and the newest form that an integration wants filled in."""

    def __init__(self) -> None:
        self._posts: dict[ChannelId, deque[Post]] = {}
        self._dialogs: deque[IntegrationDialog] = deque(maxlen=1)

    def ask(self, dialogs: Iterable[IntegrationDialog]) -> tuple[Change, ...]:
        """Keeps a form until it is taken; a newer one replaces it."""
        before = len(self._dialogs)
        self._dialogs.extend(dialogs)
        return (Change(ChangeKind.DIALOG),) if len(self._dialogs) > before else ()

    def take_dialog(self) -> IntegrationDialog | None:
        """The form that waits, once."""
        try:
            return self._dialogs.popleft()
        except IndexError:
            return None

    def of(self, channel_id: ChannelId) -> tuple[Post, ...]:
        """Oldest first."""
        return tuple(self._posts.get(channel_id, ()))

    def put(self, posts: Iterable[Post]) -> tuple[Change, ...]:
        """Keeps new ones; one with a known id replaces the old."""
        changed: set[ChannelId] = set()
        for post in posts:
            self._drop({post.id})
            self._posts.setdefault(post.channel_id, deque(maxlen=KEPT)).append(post)
            changed.add(post.channel_id)
        return _changes(changed)

    def withdraw(self, post_ids: set[PostId]) -> tuple[Change, ...]:
        return _changes(self._drop(post_ids)) if post_ids else ()

    def _drop(self, post_ids: set[PostId]) -> set[ChannelId]:
        hit: set[ChannelId] = set()
        for channel_id, posts in self._posts.items():
            kept = [post for post in posts if post.id not in post_ids]
            if len(kept) < len(posts):
                self._posts[channel_id] = deque(kept, maxlen=KEPT)
                hit.add(channel_id)
        return hit


def _changes(channels: Iterable[ChannelId]) -> tuple[Change, ...]:
    anything = frozenset({""})
    return tuple(Change(ChangeKind.POSTS, channel_id, anything) for channel_id in sorted(channels))
