"""Which channels have a meeting that may be going on: for a sign in the sidebar.

Invariant: only new posts are looked at, each once; a sign changes with the steps of `meeting_times.STEPS`
and never claims that a meeting runs.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace

from tui.client.base import Base
from tui.client.hub import Changes
from tui.core.changes import ChangeKind
from tui.core.ids import ChannelId, PostId
from tui.core.meeting_times import LIFE, age_step, is_current
from tui.core.meetings import Meeting
from tui.core.models import Post
from tui.core.sidebar import SidebarSection

LOOK_BACK = 60
"""So many of a channel's newest posts are looked at when all of it may have changed."""
MOST_CHANNELS = 100
"""At the start, of the channels with the newest posts."""
SILENT = -1

Finder = Callable[[Post], Meeting | None]


class MeetingMarks:
    def __init__(self, base: Base) -> None:
        self._base = base
        self._lock = threading.Lock()
        self._posts: set[PostId] = set()
        self._channels: set[ChannelId] = set()
        self._current: dict[ChannelId, Meeting] | None = None
        self._drawn: tuple[tuple[SidebarSection, ...], dict[ChannelId, int], tuple[SidebarSection, ...]]
        self._drawn = ((), {}, ())
        self.find: Finder = lambda _post: None
        """Set by whoever knows meetings."""

    def hear(self, changes: Changes) -> None:
        """Notes which posts may be meetings; any thread."""
        with self._lock:
            for change in changes:
                if change.kind is ChangeKind.POSTS and change.ids - {""}:
                    self._posts |= change.ids
                elif change.kind is ChangeKind.POSTS:
                    self._channels.add(change.channel_id)

    def ages(self) -> dict[ChannelId, int]:
        """Channel → age in minutes of its newest meeting that may be going on, in steps."""
        now = self._base.clock.now()
        current = self._refreshed()
        for channel_id in [key for key, meeting in current.items() if not is_current(meeting, now)]:
            del current[channel_id]
        return {key: age_step(meeting.started_at, now) for key, meeting in current.items()}

    def on(self, sections: tuple[SidebarSection, ...]) -> tuple[SidebarSection, ...]:
        """`sections` with the ages in their rows; the same object as long as nothing has changed."""
        ages = self.ages()
        if not ages:
            return sections
        plain, held, drawn = self._drawn
        if plain is not sections or held != ages:
            drawn = tuple(_marked(section, ages) for section in sections)
            self._drawn = (sections, ages, drawn)
        return drawn

    def _refreshed(self) -> dict[ChannelId, Meeting]:
        with self._lock:
            posts, self._posts = self._posts, set()
            channels, self._channels = self._channels - {""}, set()
        if self._current is None:
            self._current = {}
            channels |= self._lately_used()
        current = self._current
        channels |= {channel_id for channel_id, held in current.items() if held.post_id in posts}
        for post in self._base.store.posts.with_links(posts) if posts else ():
            meeting, held = self._meeting(post), current.get(post.channel_id)
            if meeting is not None and (held is None or held.started_at <= meeting.started_at):
                current[post.channel_id] = meeting
        for channel_id in channels:
            self._read(channel_id, current)
        return current

    def _read(self, channel_id: ChannelId, current: dict[ChannelId, Meeting]) -> None:
        """The newest meeting of one channel, from its newest posts."""
        newest: Iterable[Post] = self._base.store.posts.newest(channel_id, LOOK_BACK)
        meeting = next((found for post in newest if (found := self._meeting(post))), None)
        if meeting is None:
            current.pop(channel_id, None)
        else:
            current[channel_id] = meeting

    def _meeting(self, post: Post) -> Meeting | None:
        """A post's meeting, if it may be going on; ordinary texts count where their host is known."""
        now = self._base.clock.now()
        if post.delete_at or post.create_at < now - LIFE:
            return None
        if not post.type.startswith("custom_") and "://" not in post.message:
            return None
        meeting = self.find(post)
        if meeting is None or not is_current(meeting, now):
            return None
        return meeting if post.type or meeting.certain else None

    def _lately_used(self) -> set[ChannelId]:
        since = self._base.clock.now() - LIFE
        store = self._base.store
        rows = [row for row in store.channels.all() if row.last_post_at >= since and not row.delete_at]
        rows.sort(key=lambda row: row.last_post_at, reverse=True)
        return {row.id for row in rows[:MOST_CHANNELS]}


def _marked(section: SidebarSection, ages: dict[ChannelId, int]) -> SidebarSection:
    if not any(row.channel_id in ages for row in section.rows):
        return section
    rows = (replace(row, meeting_age=ages.get(row.channel_id, SILENT)) for row in section.rows)
    return replace(section, rows=tuple(rows))
