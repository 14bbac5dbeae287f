"""What the engine remembers about the events of this run: enough to take each of them once.

Counters are the one thing that is not idempotent by nature. A post is counted only if it is newer than the
counters the server last gave for its channel, and was not counted before.

Invariant: used by the store's writer thread only, except where a method says otherwise; bounded.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from tui.core.ids import ChannelId, Millis, PostId, TeamId, UserId
from tui.core.models import Channel, Post

REMEMBERED = 8192
EARLY = 200


class Memory:
    """`focus` is the channel on screen; it and `exploring` are set on the net lane, read by the writer (plain
    assignments)."""

    def __init__(self) -> None:
        self.focus: ChannelId = ""
        self.exploring = False
        """What is on screen does not count as read."""
        self.known_users: set[UserId] = set()
        self.visible_users: frozenset[UserId] = frozenset()
        self.generation = 0
        self.heard: dict[int, Millis] = {}
        """For each generation that has ended the newest server time that was known then."""
        self.loaded_teams: frozenset[TeamId] = frozenset()
        self._told: dict[ChannelId, Millis] = {}
        self._counted: OrderedDict[PostId, None] = OrderedDict()
        self._early: OrderedDict[PostId, Post] = OrderedDict()

    def counters_told(self, channels: Iterable[Channel]) -> None:
        """The server gave these counters: they include every post up to their `last_post_at`."""
        for channel in channels:
            self._told[channel.id] = max(channel.last_post_at, self._told.get(channel.id, 0))

    def count_once(self, post: Post) -> bool:
        """True iff this post is in no counter yet; remembers that it now is."""
        if post.id in self._counted or post.create_at <= self._told.get(post.channel_id, 0):
            return False
        _remember(self._counted, post.id)
        return True

    def keep_early(self, post: Post) -> None:
        """An edit of a post that we do not hold: it may have overtaken the post itself."""
        known = self._early.pop(post.id, post)
        self._early[post.id] = max(known, post, key=lambda version: version.update_at)
        if len(self._early) > EARLY:
            self._early.popitem(last=False)

    def early(self, post_id: PostId) -> Post | None:
        """The edit that came before its post; once."""
        return self._early.pop(post_id, None)

    def forget_counted(self) -> None:
        """All counters are about to be fetched."""
        self._told.clear()


def _remember(known: OrderedDict[str, None], key: str) -> None:
    known[key] = None
    known.move_to_end(key)
    if len(known) > REMEMBERED:
        known.popitem(last=False)
