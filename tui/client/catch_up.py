"""Everything unread in one list: mentions, threads, channels; read, put off, all at once, and back again.

Invariant: what is read here is gone from the list at once, but the server hears of it only by `settle`, so
that `undo` can bring back exactly what was; what is put off comes back when something new is written there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from tui.client.base import Base
from tui.client.channels import Channels, ReadUndo
from tui.client.counters import Counters
from tui.client.search import Search
from tui.client.threads import Threads
from tui.core.ids import ChannelId, Millis, PostId, TeamId, UserId
from tui.core.models import Channel, Post, Thread
from tui.core.unread import Unread
from tui.core.values import dataclass

LATER_KEY = "catch_up_later"
"""Where the desk keeps what was put off: key of the item to the time of its newest message then."""
MOST_MENTIONS = 30
DISK_SECONDS = 30.0


class Kind(StrEnum):
    MENTION = "mention"
    THREAD = "thread"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class CatchUpItem:
    """One row. Texts are hostile."""

    kind: Kind
    id: str
    """Post, root post or channel."""
    channel_id: ChannelId
    title: str
    """Of the channel."""
    unread: Unread = field(default_factory=Unread)
    at: Millis = 0
    """Of its newest message."""
    user_id: UserId = ""
    message: str = ""
    later: bool = False

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done, as it was before."""

    channels: ReadUndo = field(default_factory=ReadUndo)
    threads: tuple[Thread, ...] = ()
    mentions: tuple[PostId, ...] = ()
    later: Mapping[str, Millis] | None = None

    @property
    def count(self) -> int:
        return len(self.channels.before) + len(self.threads) + len(self.mentions)


class CatchUp:
    """Used on the UI's thread."""

    def __init__(
        self, base: Base, counters: Counters, channels: Channels, threads: Threads, search: Search
    ) -> None:
        self._base = base
        self._counters = counters
        self._channels = channels
        self._threads = threads
        self._search = search
        self._steps: list[Step] = []
        self._seen: set[PostId] = set()

    def items(self) -> tuple[CatchUpItem, ...]:
        """Mentions, threads, then channels, the newest first of each; what was put off comes last."""
        found = [*self._mentions(), *self._thread_items(), *self._channel_items()]
        return tuple(sorted(found, key=lambda item: item.later))

    def read(self, item: CatchUpItem) -> None:
        """It is read. A mention leaves its channel as it is."""
        match item.kind:
            case Kind.CHANNEL:
                self._steps.append(Step(channels=self._channels.read_here((item.channel_id,))))
            case Kind.THREAD:
                self._steps.append(Step(threads=self._threads.read_here((item.id,))))
            case Kind.MENTION:
                self._seen.add(item.id)
                self._steps.append(Step(mentions=(item.id,)))

    def put_off(self, item: CatchUpItem) -> None:
        """Later: down to the end of the list until something new is written there; once more brings it up."""
        before = self._later()
        after = {key: at for key, at in before.items() if key != item.key}
        if not item.later:
            after[item.key] = item.at
        self._steps.append(Step(later=before))
        self._keep_later(after)

    def read_all(self) -> Step:
        """Everything everywhere is read here; see `settle` and `undo`."""
        mentions = tuple(item.id for item in self._mentions())
        self._seen.update(mentions)
        channels = self._channels.mark_all_read()
        threads = self._threads.read_here([thread.id for thread in self._threads.all()])
        step = Step(channels, threads, mentions)
        if step.count:
            self._steps.append(step)
        return step

    @property
    def can_undo(self) -> bool:
        return bool(self._steps)

    def undo(self) -> bool:
        """Takes the last step back; False where there is none since the last `settle`."""
        if not self._steps:
            return False
        step = self._steps.pop()
        self._channels.undo_read(step.channels)
        self._threads.undo_read(step.threads)
        self._seen.difference_update(step.mentions)
        if step.later is not None:
            self._keep_later(step.later)
        return True

    def settle(self) -> None:
        """What was read stays read: the server is told. Call it when the list is left."""
        steps, self._steps = self._steps, []
        for step in steps:
            if step.channels.before:
                self._channels.confirm_read(step.channels)
            self._threads.tell_read(step.threads)

    def _mentions(self) -> list[CatchUpItem]:
        """Messages that name me, in channels that still count them."""
        loud = {key for key, (_, unread) in self._counters.by_channel().items() if unread.mentions}
        if not loud:
            return []
        rows = self._base.store.memberships.all()
        found = self._search.mentions(MOST_MENTIONS, ask=False)
        later = self._later()
        return [
            self._item(Kind.MENTION, post.id, post, Unread(), later)
            for post in found
            if post.channel_id in loud
            and post.id not in self._seen
            and post.user_id != self._base.me
            and post.create_at > rows[post.channel_id].last_viewed_at
            and not self._is_direct(post.channel_id)
        ]

    def _thread_items(self) -> list[CatchUpItem]:
        if not self._threads.collapsed:
            return []
        later, found = self._later(), []
        for thread in self._threads.all():
            unread = Unread(thread.unread_replies, thread.unread_mentions)
            if unread.bold:
                root = self._base.store.posts.get(thread.id)
                post = root or Post(thread.id, thread.channel_id, "", create_at=thread.last_reply_at)
                found.append(self._item(Kind.THREAD, thread.id, post, unread, later, thread.last_reply_at))
        return found

    def _channel_items(self) -> list[CatchUpItem]:
        later, found = self._later(), []
        for channel_id, (team_id, unread) in self._counters.by_channel().items():
            channel = self._base.store.channels.get(channel_id) if unread.bold else None
            if channel is not None:
                found.append(self._channel_item(channel, team_id, unread, later))
        return sorted(found, key=lambda item: (not item.unread.mentions, -item.at))

    def _channel_item(
        self, channel: Channel, team_id: TeamId, unread: Unread, later: Mapping[str, Millis]
    ) -> CatchUpItem:
        newest = self._base.store.posts.newest(channel.id, 1)
        known = newest[0] if newest and newest[0].create_at >= channel.last_post_at - 1 else None
        post = known or Post("", channel.id, "", create_at=channel.last_post_at)
        item = self._item(Kind.CHANNEL, channel.id, post, unread, later, channel.last_post_at)
        return item if not team_id else self._with_team(item, team_id)

    def _with_team(self, item: CatchUpItem, team_id: TeamId) -> CatchUpItem:
        """Channels of other teams name theirs."""
        if team_id == self._base.view.team_id:
            return item
        team = next((team for team in self._base.store.teams.all() if team.id == team_id), None)
        title = f"{item.title} · {team.display_name}" if team else item.title
        return CatchUpItem(
            item.kind,
            item.id,
            item.channel_id,
            title,
            item.unread,
            item.at,
            item.user_id,
            item.message,
            item.later,
        )

    def _item(
        self,
        kind: Kind,
        ident: str,
        post: Post,
        unread: Unread,
        later: Mapping[str, Millis],
        at: Millis = 0,
    ) -> CatchUpItem:
        newest = at or post.create_at
        return CatchUpItem(
            kind,
            ident,
            post.channel_id,
            self._channels.title(post.channel_id),
            unread,
            newest,
            post.user_id,
            post.message,
            later=later.get(f"{kind}:{ident}", -1) >= newest,
        )

    def _is_direct(self, channel_id: ChannelId) -> bool:
        channel = self._base.store.channels.get(channel_id)
        return channel is not None and channel.type == "D"

    def _later(self) -> dict[str, Millis]:
        """What was put off; nothing where the desk cannot be read."""
        try:
            held = json.loads(self._base.store.kept.get(LATER_KEY) or "{}")
            return {str(key): int(at) for key, at in held.items()}
        except (ValueError, TypeError, AttributeError):
            return {}

    def _keep_later(self, later: Mapping[str, Millis]) -> None:
        text = json.dumps(dict(later))
        if not self._base.store.read_only:
            self._base.store.write_desk(lambda desk: desk.kept.set(LATER_KEY, text)).result(DISK_SECONDS)
