"""Meetings in a channel, and which hosts meetings are known to be on."""

from __future__ import annotations

from urllib.parse import urlsplit

from tui.client.base import Base
from tui.core.ids import ChannelId
from tui.core.meetings import Meeting, meeting_of
from tui.core.models import Post

LOOK_BACK = 300
HOSTS_KEY = "meeting_hosts"
MOST_HOSTS = 20


class Meetings:
    def __init__(self, base: Base) -> None:
        self._base = base
        self._learnt: frozenset[str] | None = None

    def hosts(self) -> frozenset[str]:
        """Hosts whose links are meetings: from the settings, and learnt from the plugin's own posts."""
        own = self._base.config.jitsi
        named = {urlsplit(own.base_url).hostname or "", *(host.lower() for host in own.hosts)}
        return frozenset(named - {""}) | self._known()

    def of(self, post: Post) -> Meeting | None:
        """The meeting that a post announces."""
        meeting = meeting_of(post, self.hosts())
        if meeting is not None and post.type == "custom_jitsi":
            self._learn(meeting.host)
        return meeting

    def latest(self, channel_id: ChannelId) -> Meeting | None:
        """The newest meeting in a channel, ended ones left out."""
        for post in self._base.store.posts.newest(channel_id, LOOK_BACK):
            meeting = self.of(post)
            if meeting is not None and not meeting.ended_at:
                return meeting
        return None

    def _known(self) -> frozenset[str]:
        if self._learnt is None:
            kept = self._base.store.kept.get(HOSTS_KEY) or ""
            self._learnt = frozenset(host for host in kept.split("\n") if host)
        return self._learnt

    def _learn(self, host: str) -> None:
        known = self._known()
        if not host or host in known or len(known) >= MOST_HOSTS:
            return
        self._learnt = known | {host}
        text = "\n".join(sorted(self._learnt))
        self._base.note(lambda desk: desk.kept.set(HOSTS_KEY, text))
